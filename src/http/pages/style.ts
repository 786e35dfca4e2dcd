/** The one style sheet of all pages; it goes inline, and its hash into the policy. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #5b6877; --line: #dfe4ea; --paper: #fff; --ground: #f5f6f8;
  --accent: #17537a; --soft: #e8f0f6; --late: #9a3412; --late-soft: #fdf0e7 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaef; --quiet: #9aa7b5; --line: #323c48; --paper: #1a2129;
  --ground: #12171d; --accent: #8cc4e8; --soft: #1f2f3c; --late: #f0a070; --late-soft: #33241b } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto,
  "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere }
main, .top, .bottom { max-width: 62rem; margin: 0 auto; padding: 0 1rem }
main.narrow, .narrow { max-width: 42rem }
.top { padding-top: 1.25rem; padding-bottom: .5rem; color: var(--quiet); font-size: .9rem }
.top a { color: inherit; text-decoration: none }
.bottom { padding-top: 1rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: .85rem }
h1 { font-size: 1.45rem; line-height: 1.25; margin: .5rem 0 .75rem; font-weight: 650 }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .5rem; font-weight: 650 }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; font-weight: 600 }
p { margin: 0 0 .75rem } dl + p { margin-top: .75rem } p:last-child { margin-bottom: 0 }
a { color: var(--accent); text-underline-offset: .15em }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.2rem; margin: 0 0 1rem }
.card:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent) }
.quiet { color: var(--quiet) } .small { font-size: .875rem } .nowrap { white-space: nowrap }
.card > h3:first-child { margin-top: 0 }
.label { margin: 0; color: var(--quiet) } .sum + .label { margin-top: .75rem }
.sum { font-size: 1.7rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; margin: 0 }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.tag { display: inline-block; border-radius: 999px; padding: .05rem .6rem; font-size: .82rem; background: var(--soft);
  color: var(--accent); white-space: nowrap }
.tag.late { background: var(--late-soft); color: var(--late) }
table { width: 100%; border-collapse: collapse; font-size: .94rem }
th { text-align: left; font-weight: 600; font-size: .82rem; color: var(--quiet); padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line) }
td { padding: .55rem .75rem .55rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
tr:last-child td { border-bottom: 0 } th:last-child, td:last-child { padding-right: 0 }
th.num { text-align: right }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.1rem; margin: 0 }
dt { color: var(--quiet) } dd { margin: 0 }
ul.plain { list-style: none; margin: 0; padding: 0 } ul.plain > li { padding: .8rem 0; border-bottom: 1px solid var(--line) }
ul.plain > li:last-child { border-bottom: 0; padding-bottom: 0 } ul.plain > li:first-child { padding-top: 0 }
.row { display: flex; flex-wrap: wrap; gap: .2rem 1rem; justify-content: space-between; align-items: baseline }
nav.tabs { display: flex; gap: .4rem; margin: 0 0 1rem; flex-wrap: wrap }
nav.tabs a { padding: .35rem .9rem; border-radius: 8px; border: 1px solid var(--line); text-decoration: none; background: var(--paper) }
nav.tabs a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--paper) }
nav.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .5rem }
nav.ways a { display: block; padding: .7rem .8rem; border: 1px solid var(--line); border-radius: 8px; text-decoration: none;
  text-align: center; background: var(--soft) }
iframe { display: block; width: 100%; height: 46rem; border: 1px solid var(--line); border-radius: 10px; background: #fff }
pre { margin: 0; white-space: pre-wrap; font: .84rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.method { display: inline-block; min-width: 4.8rem; font-weight: 650; color: var(--accent) }
summary { cursor: pointer } details > :not(summary) { margin-top: .5rem }
@media (max-width: 40rem) { table.stack thead { position: absolute; left: -999rem } table.stack tr { display: block;
  padding: .7rem 0; border-bottom: 1px solid var(--line) } table.stack tr:last-child { border-bottom: 0 }
  table.stack td { display: block; border: 0; padding: .05rem 0; text-align: left } iframe { height: 34rem }
  dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
@media print { body { background: #fff } .card { break-inside: avoid } nav { display: none } }
`;

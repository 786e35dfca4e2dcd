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
.top a { color: inherit; text-decoration: none } .top { display: flex; justify-content: space-between; gap: 1rem }
.bottom { padding-top: 1rem; padding-bottom: 2.5rem; color: var(--quiet); font-size: .85rem }
h1 { font-size: 1.45rem; line-height: 1.25; margin: .5rem 0 .75rem; font-weight: 650 }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .5rem; font-weight: 650 }
h3 { font-size: 1rem; margin: 1.1rem 0 .3rem; font-weight: 600 }
p { margin: 0 0 .75rem } dl + p { margin-top: .75rem } p:last-child { margin-bottom: 0 }
a { color: var(--accent); text-underline-offset: .15em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px }
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
nav.ways ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: .6rem; list-style: none; margin: 0 0 .75rem;
  padding: 0 }
nav.ways a { display: flex; align-items: center; justify-content: center; min-height: 3.25rem; height: 100%; padding: .6rem .8rem;
  border: 1px solid var(--line); border-radius: 10px; text-decoration: none; text-align: center; line-height: 1.3; background: var(--soft);
  font-weight: 500 } nav.ways li:first-child a, button, .button { background: var(--accent); border-color: var(--accent); color: var(--paper) }
nav.ways a:hover, .button:hover, button:hover { filter: brightness(.94) } nav.ways :target a { outline: 3px solid var(--accent); outline-offset: 2px }
button, .button { display: inline-block; font: inherit; font-weight: 600; padding: .7rem 1.4rem; border: 1px solid var(--accent);
  border-radius: 10px; text-decoration: none; cursor: pointer; line-height: 1.3 }
button.second, .button.second, button.copy { background: none; color: var(--accent) }
button.copy { padding: .1rem .6rem; font-size: .82rem; font-weight: 500; border-color: var(--line); border-radius: 6px }
.buttons { display: flex; flex-wrap: wrap; gap: .7rem; margin-top: 1.25rem }
.field { margin: 0 0 1.25rem; border: 0; padding: 0; min-width: 0 } .field > label, legend { display: block; font-weight: 600; padding: 0; margin: 0 0 .3rem }
.hint, .choice small { color: var(--quiet); font-size: .875rem; margin: 0 0 .4rem } .choice small { display: block; margin: 0 }
input, textarea { font: inherit; color: inherit; background: var(--paper) } input:not([type=checkbox], [type=radio]), textarea { display: block;
  width: 100%; max-width: 26rem; min-height: 2.9rem; padding: .55rem .75rem; border: 1px solid var(--quiet); border-radius: 8px }
textarea { max-width: none } input[type=file] { border-style: dashed } [aria-invalid] { border-color: var(--late) !important }
.choices { border: 1px solid var(--line); border-radius: 10px } .choice + .choice { border-top: 1px solid var(--line) }
.choice > label { display: flex; gap: .75rem; align-items: flex-start; padding: .7rem .85rem; cursor: pointer }
.choice input[type=checkbox], .choice input[type=radio] { width: 1.2rem; height: 1.2rem; margin: .15rem 0 0; flex: none; accent-color: var(--accent) }
.choice .field { margin: 0; padding: 0 .85rem .85rem 2.8rem } .choice .field label { font-weight: 400; font-size: .875rem }
.choice:has(> label input[type=checkbox]:not(:checked)) .field { display: none }
.pair { display: grid; grid-template-columns: 1.3fr 1fr; gap: 0 .8rem } .pair .field { margin: 0 } .pair label { font-weight: 400; font-size: .875rem }
.mistakes { border: 2px solid var(--late); border-radius: 10px; padding: .9rem 1.1rem; margin: .5rem 0 1rem; background: var(--paper) }
.mistakes p, .mistakes ul { margin: 0 } .mistakes ul { padding-left: 1.2rem } .mistakes a, .mistake { color: var(--late) }
.mistake { font-weight: 600; font-size: .9rem; margin: 0 0 .35rem }
.said { font-size: 1.1rem; font-weight: 500; line-height: 1.45 } .understood { border-left: 4px solid var(--accent) }
.answer { margin-top: .5rem; padding: .55rem .8rem; background: var(--soft); border-radius: 8px; font-size: .92rem } .answer p { margin: 0 }
.links { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .35rem 0 0 } .statement { margin-top: .9rem } .statement a { margin-left: .6rem }
.totals { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem } .totals p { margin: 0 }
.all { user-select: all } .group + .group { margin-left: .35em } dl.bank { align-items: baseline; margin-bottom: .75rem } .row.small, small { word-break: keep-all } dl.bank dd { display: flex; flex-wrap: wrap; gap: .1rem .7rem;
  align-items: baseline; font-variant-numeric: tabular-nums }
figure { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; margin: 1.1rem 0 } figcaption { flex: 1 1 12rem }
.qr { width: 11rem; height: 11rem; border: 1px solid var(--line); border-radius: 10px; background: #fff; flex: none }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0 }
iframe { display: block; width: 100%; height: 46rem; border: 1px solid var(--line); border-radius: 10px; background: #fff }
pre { margin: 0; white-space: pre-wrap; font: .84rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
.method { display: inline-block; min-width: 4.8rem; font-weight: 650; color: var(--accent) }
summary { cursor: pointer } details > :not(summary) { margin-top: .5rem }
@media (max-width: 40rem) { table.stack thead { position: absolute; left: -999rem } table.stack tr { display: block;
  padding: .7rem 0; border-bottom: 1px solid var(--line) } table.stack tr:last-child { border-bottom: 0 }
  table.stack td { display: block; border: 0; padding: .05rem 0; text-align: left } iframe { height: 34rem }
  dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } nav.ways ul { grid-template-columns: 1fr 1fr }
  nav.ways li:first-child, nav.ways li:last-child:nth-child(even) { grid-column: 1 / -1 } .buttons > * { flex: 1 1 auto; text-align: center } .pair input { padding: .55rem .5rem } }
@media print { body { background: #fff } .card { break-inside: avoid } .card:has(table) { break-inside: auto }
  tr { break-inside: avoid } h2 { break-after: avoid } nav { display: none } }
`;

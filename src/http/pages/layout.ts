import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { STYLE } from "./style.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE_TAG = raw(`<style>${STYLE}</style>`);

/** A whole page: no script, nothing loaded from anywhere. */
export function layout(page: {
  title: string;
  lang: string;
  isNarrow?: boolean;
  top: Html;
  main: Html;
  bottom?: Html;
}): Html {
  const width = page.isNarrow ? "narrow" : "";
  return html`<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
${STYLE_TAG}
</head>
<body>
<header class="top ${width}">${page.top}</header>
<main class="${width}">${page.main}</main>
<footer class="bottom ${width}">${page.bottom ?? ""}</footer>
</body>
</html>`;
}

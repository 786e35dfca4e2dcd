import fc from "fast-check";
import type { ReadHtml } from "./html-text.ts";

const PIECES = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</td></tr></table>",
  "<!--",
  "-->",
  "<![endif]-->",
  "&lt;",
  "&#60;",
  "{{subject}}",
  "{{{html}}}",
  "{{#asked}}",
  "[[colon]]",
  "{count, plural, other {#}}",
  "'{'",
  "$&",
  "$1",
  "\r\nBcc: thief@evil.example",
  "\n\nIBAN: XX00 EVIL",
  "\u2028",
  "\u0085",
  "\0",
  "\u001b[2J",
  "\u202egpj.exe",
  "\u2066",
  "\ud800",
  "\ufeff",
  "\u{e0041}",
  "Müller & Söhne",
  "蓝海",
  "👩‍👩‍👧",
  "נה",
  " ",
  "A",
];
/** Text that tries to be markup, a template, a header or another line. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary" })), { minLength: 1, maxLength: 5 })
  .map((pieces) => `x${pieces.join("")}`);
/** Addresses that lead elsewhere than to the web, or out of their attribute. */
export const hostileUrl = fc.oneof(
  hostileText,
  fc.constantFrom(
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
  ),
  hostileText.map((text) => `https://pay.example/${text}`),
  hostileText.map((text) => `https://${text}`),
);

/** Elements with the names of their attributes; links may lead anywhere. */
export function tagsIn({ elements }: ReadHtml): Set<string> {
  return new Set(
    elements
      .map(
        ({ tagName, attrs }) =>
          `${tagName} ${attrs
            .map(({ name }) => name)
            .sort()
            .join(" ")}`,
      )
      .concat("a href", "a href style", "a href style target"),
  );
}

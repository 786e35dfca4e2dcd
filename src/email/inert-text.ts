const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
// Zero-width joiners stay: several scripts need them. Everything else invisible (bidi overrides above all) can disguise text.
const INVISIBLE = /(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{NChar}]/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** Text from outside as one line without control, line-breaking or direction-changing characters. */
export function inertLine(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  return text.replace(CONTROLS, " ").replace(INVISIBLE, "").trim();
}

/** The same for text that has lines, such as an address; empty ones are dropped. */
export function inertLines(text: string): string[] {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map(inertLine)
    .filter((line) => line !== "");
}

/** The address in its normal, percent-encoded form if it is one of the web's, else null: `javascript:` never becomes a link. */
export function webLink(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed && (parsed.protocol === "https:" || parsed.protocol === "http:") ? parsed.href : null;
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ESCAPES[sign]!) : text;
}

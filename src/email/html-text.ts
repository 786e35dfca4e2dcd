/** HTML as the text a reader sees: one pass, nothing run or loaded, quoted blocks marked as mail programs mark them in text. */

const LONGEST = 400_000;
const UNSEEN = new Set([
  "head",
  "style",
  "script",
  "title",
  "noscript",
  "template",
  "svg",
  "object",
  "textarea",
  "select",
]);
const BLOCKS = new Set(
  "p div br tr li h1 h2 h3 h4 h5 h6 ul ol table section article header footer pre address dd dt dl form hr center body".split(
    " ",
  ),
);
const PARAGRAPHS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"]);
const LATIN =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo " +
  "frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve " +
  "Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute " +
  "ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const ENTITIES = new Map<string, string>([
  ...LATIN.split(" ").map((name, index) => [name, String.fromCharCode(160 + index)] as const),
  ...Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    euro: "€",
    hellip: "…",
    ndash: "–",
    mdash: "—",
  }),
  ...Object.entries({
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    bull: "•",
    oelig: "œ",
    OElig: "Œ",
    zwnj: "",
    zwj: "",
  }),
]);
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt)?\s*(?:;|["']|$)/i;
const QUOTE_STARTS =
  /\b(?:id|class)\s*=\s*["']?[^"'>]{0,80}(?:divRplyFwdMsg|appendonsend|OutlookMessageHeader|isReplyContent|mail-editor-reference-message-container|ntes_not_fresh_bg_color)/i;

const FOXMAIL_SIGNS = /width\s*:\s*210px/i;
const SIGNATURES =
  /\b(?:id|class)\s*=\s*["']?[^"'>]{0,80}(?:gmail_signature|protonmail_signature_block|moz-signature|ms-outlook-mobile-signature)/i;

type Reading = { lines: string[]; line: string; depth: number; hidden: string | null; hiddenDepth: number };

/** The text of an HTML mail. Takes any text; longer than 400,000 characters it is cut. */
export function htmlToText(html: string): string {
  const source = html.slice(0, LONGEST);
  const reading: Reading = { lines: [], line: "", depth: 0, hidden: null, hiddenDepth: 0 };
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf("<", at);
    if (open < 0) {
      addText(reading, source.slice(at));
      break;
    }
    addText(reading, source.slice(at, open));
    at = readMarkup(reading, source, open);
  }
  breakLine(reading);
  return reading.lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Reads what starts with "<" and answers where it ends. What never closes is taken as text. */
function readMarkup(reading: Reading, source: string, open: number): number {
  if (source.startsWith("<!--", open)) {
    const end = source.indexOf("-->", open + 4);
    return end < 0 ? source.length : end + 3;
  }
  if (!/[a-z/!?]/i.test(source[open + 1] ?? "")) {
    addText(reading, "<");
    return open + 1;
  }
  const close = source.indexOf(">", open);
  if (close < 0) return source.length;
  readTag(reading, source.slice(open + 1, Math.min(close, open + 2000)));
  return close + 1;
}

function readTag(reading: Reading, tag: string): void {
  const name = /^\/?([a-z][a-z0-9]{0,20})/i.exec(tag)?.[1]?.toLowerCase();
  if (!name) return;
  const isEnd = tag.startsWith("/");
  if (reading.hidden !== null) {
    leaveHidden(reading, name, { isEnd, isEmpty: tag.endsWith("/") });
    return;
  }
  if (!isEnd && hides(name, tag)) {
    reading.hidden = name;
    reading.hiddenDepth = 1;
    return;
  }
  if (name === "blockquote") {
    breakLine(reading);
    reading.depth = isEnd ? Math.max(0, reading.depth - 1) : Math.min(20, reading.depth + 1);
  } else if (BLOCKS.has(name)) breakLine(reading);
  else if (name === "td" || name === "th") reading.line += " ";
  if (PARAGRAPHS.has(name)) reading.lines.push(quoteMarks(reading));
  if (!isEnd && QUOTE_STARTS.test(tag)) reading.lines.push("-----Original Message-----");
  if (name === "hr" && FOXMAIL_SIGNS.test(tag)) reading.lines.push("-- ");
  if (!isEnd && name === "li") reading.line = "- ";
}

function hides(name: string, tag: string): boolean {
  if (UNSEEN.has(name)) return !tag.endsWith("/");
  return (
    name !== "br" &&
    name !== "img" &&
    name !== "hr" &&
    name !== "input" &&
    (HIDDEN.test(tag) || SIGNATURES.test(tag)) &&
    !tag.endsWith("/")
  );
}

function leaveHidden(
  reading: Reading,
  name: string,
  { isEnd, isEmpty }: { isEnd: boolean; isEmpty: boolean },
): void {
  if (name !== reading.hidden || isEmpty) return;
  reading.hiddenDepth += isEnd ? -1 : Number(!UNSEEN.has(name));
  if (reading.hiddenDepth <= 0) reading.hidden = null;
}

function addText(reading: Reading, text: string): void {
  if (reading.hidden !== null || text === "") return;
  reading.line += decodeEntities(text.replace(/[ \t\r\n\f]+/g, " "));
}

function breakLine(reading: Reading): void {
  const text = reading.line.replace(/ {2,}/g, " ").trim();
  if (text) reading.lines.push(`${quoteMarks(reading)}${text}`);
  reading.line = "";
}

function quoteMarks({ depth }: Reading): string {
  return depth > 0 ? `${">".repeat(depth)} ` : "";
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}[0-9]{0,2}));?/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES.get(name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
        ? String.fromCodePoint(code)
        : "\ufffd";
    },
  );
}

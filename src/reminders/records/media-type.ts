import { fileTypeFromBuffer } from "file-type";
import { AppError } from "../../errors.ts";

/** What a document is, by its content; `extensions` are those that its name may have, the usual one first. */
export type MediaType = { mediaType: string; extensions: readonly string[] };

const OFFICE = "application/vnd.openxmlformats-officedocument";
const TEXT: MediaType = { mediaType: "text/plain", extensions: ["txt", "log", "md"] };
const CSV: MediaType = { mediaType: "text/csv", extensions: ["csv"] };
const XML: MediaType = { mediaType: "application/xml", extensions: ["xml"] };
const MAIL: MediaType = { mediaType: "message/rfc822", extensions: ["eml"] };

const BINARY: MediaType[] = [
  { mediaType: "application/pdf", extensions: ["pdf"] },
  { mediaType: "image/png", extensions: ["png"] },
  { mediaType: "image/jpeg", extensions: ["jpg", "jpeg"] },
  { mediaType: "image/gif", extensions: ["gif"] },
  { mediaType: "image/webp", extensions: ["webp"] },
  { mediaType: "image/tiff", extensions: ["tif", "tiff"] },
  { mediaType: "image/heic", extensions: ["heic", "heif"] },
  { mediaType: "image/heif", extensions: ["heif", "heic"] },
  { mediaType: `${OFFICE}.wordprocessingml.document`, extensions: ["docx"] },
  { mediaType: `${OFFICE}.spreadsheetml.sheet`, extensions: ["xlsx"] },
];

const ACCEPTED =
  "accepted are PDF, PNG, JPEG, GIF, WebP, TIFF, HEIC, DOCX, XLSX, mail (EML), CSV, XML and plain text";
// Forms that are text and run or carry more than text.
const NO_PLAIN_TEXT = /rtf|postscript|eps|regedit/;
const PROGRAM = "it is a program";
const PAGE = "it is a web page or an SVG picture, which may carry scripts: print it to PDF";
const OTHERS: [RegExp, string][] = [
  [
    /msdownload|x-elf|mach-binary|java-|wasm|android|flash|chrome-extension|xpinstall|shortcut|alias|regedit/,
    PROGRAM,
  ],
  [/macro/, "it carries macros: save it without them, or as PDF"],
  [/x-cfb|rtf|opendocument|outlook/, "it may carry macros: save it as PDF, DOCX or XLSX, a mail as EML"],
  [
    /zip|tar|rar|compressed|x-compress|x-xz|lz|zstd|iso9660|diskimage/,
    "it is an archive: attach what is in it, file by file",
  ],
];

const RUNS_IN_BROWSERS =
  /<(!doctype\s+html|\?xml-stylesheet|(\w+:)?(html|head|body|script|iframe|svg))[\s/>]/i;

/** Settles what a document is from its content, whatever its name says. Throws `invalid` for what is not accepted, and says why. */
export async function settleMediaType(content: Uint8Array, name: string): Promise<MediaType> {
  const found = await fileTypeFromBuffer(content);
  const accepted = BINARY.find(({ mediaType }) => mediaType === found?.mime);
  if (accepted) return accepted;
  // A text may begin with the two letters of another form, as "BM" does.
  const text = found && NO_PLAIN_TEXT.test(found.mime) ? null : readText(content);
  if (text !== null) return settleText(text, name);
  const why = OTHERS.find(([form]) => found && form.test(found.mime))?.[1];
  throw refused(why ?? (found ? `it is a .${found.ext} file` : "nobody knows this form of file"));
}

function settleText(text: string, name: string): MediaType {
  if (/^(#!|@echo off)/i.test(text)) throw refused(PROGRAM);
  if (isMail(text)) return MAIL;
  if (RUNS_IN_BROWSERS.test(text)) throw refused(PAGE);
  if (/^\s*<\?xml\s/.test(text)) return XML;
  return /\.csv$/i.test(name) ? CSV : TEXT;
}

/** Headers first, with a sender among them and what only mail has. */
function isMail(text: string): boolean {
  const [head = ""] = text.split(/\r?\n\r?\n/, 1);
  const names = head.split(/\r?\n(?![ \t])/).map((line) => /^([!-9;-~]+):/.exec(line)?.[1]?.toLowerCase());
  const has = (...wanted: string[]) => wanted.some((one) => names.includes(one));
  return !names.includes(undefined) && has("from") && has("date", "received", "message-id");
}

/** The text of a file; null where it holds what no text does. Other encodings than Unicode's read well enough to judge. */
function readText(content: Uint8Array): string | null {
  const [first, second] = content;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = isWide ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  const text = new TextDecoder(encoding).decode(content);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what makes a text
  return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
}

function refused(why: string): AppError {
  return new AppError("invalid", `this file is not taken: ${why}; ${ACCEPTED}`);
}

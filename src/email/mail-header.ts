import { AppError } from "../errors.ts";
import { inertLine } from "./inert-text.ts";
import type { MailAddress } from "./mail-address.ts";

const LINE_LIMIT = 76;
const ENCODED_WORD_LIMIT = 75;
const WRAPPING = "=?UTF-8?B??=".length;
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;

/** Free text as a header line (RFC 5322, 2.2.1); encoded words (RFC 2047) where it is not plain ASCII. */
export function textHeader(name: string, text: string): string {
  const line = inertLine(text).replace(/ {2,}/g, " ");
  const room = LINE_LIMIT - name.length - 2;
  return fold(name, needsEncoding(line) ? encodedWords(line, room) : line.split(" "));
}

/** A list of addresses as a header line; names quoted or encoded as they need. The addresses are ASCII. */
export function addressHeader(name: string, addresses: MailAddress[]): string {
  const parts = addresses.flatMap((address, index) => {
    const comma = index < addresses.length - 1 ? "," : "";
    return [...phrase(address.name, LINE_LIMIT - name.length - 2), `<${address.email}>${comma}`];
  });
  return fold(name, parts);
}

/** Parts that are joined by blanks and can be told apart by them, such as message ids. Printable ASCII only. */
export function plainHeader(name: string, value: string): string {
  if (!/^[!-9;-~]+$/.test(name))
    throw new AppError("invalid", "a header name has characters that are not allowed");
  if (!/^[\x20-\x7e]*$/.test(value)) {
    throw new AppError("invalid", `the header ${name} has characters that are not allowed`);
  }
  return fold(name, value.trim().split(/ +/));
}

function needsEncoding(text: string): boolean {
  return /[^\x20-\x7e]|=\?/.test(text) || text.split(" ").some((word) => word.length > LINE_LIMIT - 2);
}

function phrase(name: string | null, room: number): string[] {
  const text = inertLine(name ?? "").replace(/ {2,}/g, " ");
  if (text === "") return [];
  if (needsEncoding(text)) return encodedWords(text, room);
  if (ATOMS.test(text)) return text.split(" ");
  return `"${text.replace(/["\\]/g, "\\$&")}"`.split(" ");
}

/** Words of at most 75 characters, never cut within a character; the first fits behind the header's name. */
function encodedWords(text: string, room: number): string[] {
  const words: string[] = [];
  let bytesLeft = bytesThatFit(room);
  let chunk = "";
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (size > bytesLeft) {
      words.push(encodedWord(chunk));
      chunk = "";
      bytesLeft = bytesThatFit(ENCODED_WORD_LIMIT);
    }
    chunk += character;
    bytesLeft -= size;
  }
  words.push(encodedWord(chunk));
  return words;
}

function bytesThatFit(room: number): number {
  return Math.floor((Math.min(room, ENCODED_WORD_LIMIT) - WRAPPING) / 4) * 3;
}

function encodedWord(text: string): string {
  return `=?UTF-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
}

function fold(name: string, parts: string[]): string {
  let header = `${name}:`;
  let column = header.length;
  for (const part of parts) {
    if (part === "") continue;
    if (column + 1 + part.length > LINE_LIMIT && column > name.length + 1) {
      header += "\r\n";
      column = 0;
    }
    header += ` ${part}`;
    column += part.length + 1;
  }
  return header;
}

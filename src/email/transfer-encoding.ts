const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;
const DOT = 46;
const EQUALS = 61;
const TILDE = 126;
const LINE_LIMIT = 76;
const HEX = Buffer.from("0123456789ABCDEF");
// Quoted-printable triples a byte that is not ASCII, base64 adds a third to every byte.
const BASE64_PAYS_ABOVE = 1 / 6;

export type EncodedBody = { encoding: "quoted-printable" | "base64"; body: Buffer };

/** Text as 7-bit lines of at most 76 characters, CRLF between them, in whichever encoding is shorter (RFC 2045, 6.7 and 6.8). */
export function encodeBody(text: string): EncodedBody {
  const bytes = Buffer.from(text.replace(/\r\n|\r|\n/g, "\r\n"), "utf8");
  const beyondAscii = bytes.length - text.length;
  // Each character beyond ASCII adds one byte or more to the length, so the difference is a lower bound.
  if (beyondAscii > bytes.length * BASE64_PAYS_ABOVE) return { encoding: "base64", body: base64Lines(bytes) };
  return { encoding: "quoted-printable", body: quotedPrintable(bytes) };
}

/** Bytes as base64 in lines of at most 76 characters, CRLF between them (RFC 2045, 6.8). */
export function base64Lines(bytes: Uint8Array): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE_LIMIT) lines.push(text.slice(at, at + LINE_LIMIT));
  return Buffer.from(lines.join("\r\n"), "latin1");
}

const LITERAL = 1;
const BLANK = 2;
// A dot that starts a line has a meaning in SMTP.
const STOP = 3;
const KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === SPACE || byte === TAB) return BLANK;
  if (byte === DOT) return STOP;
  return byte > SPACE && byte <= TILDE && byte !== EQUALS ? LITERAL : 0;
});

function quotedPrintable(bytes: Buffer): Buffer {
  const end = bytes.length;
  const out = Buffer.allocUnsafe(end * 3 + Math.ceil(end / 24) * 3 + 3);
  let size = 0;
  let lineStart = 0;
  for (let at = 0; at < end; at++) {
    const byte = bytes[at]!;
    const kind = KIND[byte]!;
    const room = lineStart + LINE_LIMIT - 1 - size;
    // Most bytes are: they are spared all other questions.
    if (kind === LITERAL && room > 0) {
      out[size++] = byte;
      continue;
    }
    if (byte === CR && bytes[at + 1] === LF) {
      out[size++] = CR;
      out[size++] = LF;
      lineStart = size;
      at++;
      continue;
    }
    const isLiteral =
      kind === LITERAL ||
      (kind === BLANK && at + 1 < end && bytes[at + 1] !== CR) ||
      (kind === STOP && size > lineStart && room > 0);
    if (room < (isLiteral ? 1 : 3)) {
      out[size++] = EQUALS;
      out[size++] = CR;
      out[size++] = LF;
      lineStart = size;
    }
    if (isLiteral) out[size++] = byte;
    else {
      out[size++] = EQUALS;
      out[size++] = HEX[byte >> 4]!;
      out[size++] = HEX[byte & 15]!;
    }
  }
  return out.subarray(0, size);
}

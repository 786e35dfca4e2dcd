const LONGEST_MAIL = 10 * 1024 * 1024;
// The parser takes a tenth of a millisecond for a short line, and a second for a megabyte.
const MOST_BYTES = 256 * 1024;
const MOST_LINES = 4000;
const MOST_ENCODED_LINES = 1500;
const ENCODED_LENGTH = { from: 56, to: 78 };
const NEWLINE = 10;
const BLANK = 32;

/**
 * A raw message short enough to be parsed at once: of long attachments in base64 the beginning, so that what was written behind them
 * is still there, then no more than 4,000 lines and 256 KB. Of what is longer than 10 MB the rest is not looked at. Answers whether
 * anything but attachments was left out, too.
 */
export function shortenMail(raw: Uint8Array): { bytes: Uint8Array; isCut: boolean } {
  const bytes = raw.subarray(0, LONGEST_MAIL);
  const short = new Uint8Array(Math.min(bytes.length, MOST_BYTES));
  let length = 0;
  let encoded = 0;
  let lines = 0;
  let start = 0;
  while (start < bytes.length && lines < MOST_LINES && length < MOST_BYTES) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    start = end;
    encoded = isEncoded(line) ? encoded + 1 : 0;
    if (encoded > MOST_ENCODED_LINES) continue;
    const part = line.subarray(0, MOST_BYTES - length);
    short.set(part, length);
    length += part.length;
    lines++;
  }
  return { bytes: short.subarray(0, length), isCut: start < bytes.length || raw.length > bytes.length };
}

function isEncoded(line: Uint8Array): boolean {
  return line.length >= ENCODED_LENGTH.from && line.length <= ENCODED_LENGTH.to && !line.includes(BLANK);
}

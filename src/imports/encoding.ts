import { AppError } from "../errors.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "windows-1252";

const EXCEL_SIGNATURES = ["PK\u0003\u0004", "\u00d0\u00cf\u0011\u00e0"];
const UTF8_SEQUENCE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;
const HIGH_RUN = /[\x80-\xff]+/g;
const CHINESE_RUN = /^(?:[\xa1-\xf7][\xa1-\xfe])+$/;

/**
 * Tells how a text file is written, from all its bytes: UTF-8 and UTF-16 with or without a byte order mark, Windows-1252, and
 * GB 18030 as Chinese spreadsheets save it. Throws AppError `invalid` for workbooks, binary files and damaged UTF-8.
 */
export async function detectEncoding(chunks: AsyncIterable<Uint8Array>, fileName: string): Promise<Encoding> {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let last: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (!last) {
      const told = encodingOfHead(latin1(chunk.subarray(0, 4096)), fileName);
      if (told) return told;
    }
    last = chunk;
    if (!isDecodable(strict, chunk)) return legacyEncoding(latin1(chunk), fileName);
  }
  return !last || isDecodable(strict) ? "utf-8" : legacyEncoding(latin1(last), fileName);
}

function encodingOfHead(head: string, fileName: string): Encoding | undefined {
  if (EXCEL_SIGNATURES.some((signature) => head.startsWith(signature))) {
    throw new AppError("invalid", `${fileName} is an Excel workbook; save it as CSV and import that`);
  }
  if (head.startsWith("\xff\xfe")) return "utf-16le";
  if (head.startsWith("\xfe\xff")) return "utf-16be";
  if (!head.includes("\0")) return undefined;
  // Without a mark, UTF-16 shows by the empty halves of its ASCII characters: all delimiters have one.
  if (/^(?:[^\0]\0){2}/.test(head)) return "utf-16le";
  if (/^(?:\0[^\0]){2}/.test(head)) return "utf-16be";
  throw new AppError("invalid", `${fileName} is no text file; save it as CSV in UTF-8`);
}

function legacyEncoding(sample: string, fileName: string): Encoding {
  const inSequences = (sample.match(UTF8_SEQUENCE) ?? []).join("").length;
  const runs = sample.match(HIGH_RUN) ?? [];
  const highBytes = runs.join("").length;
  if (inSequences > highBytes / 2) {
    throw new AppError(
      "invalid",
      `${fileName} is UTF-8 with damaged characters in it; save it again as UTF-8`,
    );
  }
  const chinese = runs.filter((run) => CHINESE_RUN.test(run)).length;
  // In European words one or two such letters stand together, in Chinese names at least two characters of two bytes.
  return chinese > runs.length * 0.9 && highBytes >= 4 * runs.length ? "gb18030" : "windows-1252";
}

function isDecodable(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

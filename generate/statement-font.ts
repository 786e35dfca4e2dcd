import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import subsetFont from "subset-font";
import type { GeneratedFile } from "./generate.ts";

const SOURCE = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";

/**
 * The font of printed statements: the characters of GB 2312 (both levels, since company names like 鑫 are of the second) and its
 * symbols, and the alphabets of Europe. Whole it would be 10 MB.
 */
export async function generateStatementFont(): Promise<GeneratedFile> {
  const font = await readFile(createRequire(import.meta.url).resolve(SOURCE));
  const content = await subsetFont(font, `${chinese()}${european()}`, { targetFormat: "truetype" });
  return {
    path: "assets/statement-font.ttf.br",
    content,
    pack: (bytes) => brotliCompressSync(bytes),
    unpack: (bytes) => brotliDecompressSync(bytes),
  };
}

const [SYMBOLS, LAST_SYMBOLS, HANZI, LAST_HANZI] = [0xa1, 0xa9, 0xb0, 0xf7];

function chinese(): string {
  const decoder = new TextDecoder("gb2312");
  const rows = [...range(SYMBOLS, LAST_SYMBOLS), ...range(HANZI, LAST_HANZI)];
  const cells = rows.flatMap((row) => range(0xa1, 0xfe).flatMap((cell) => [row, cell]));
  return decoder.decode(new Uint8Array(cells)).replaceAll("\ufffd", "");
}

/** Latin with its extensions, Greek, Cyrillic, punctuation and signs of currencies. */
function european(): string {
  const blocks = [range(0x20, 0x24f), range(0x370, 0x52f), range(0x2000, 0x20cf)];
  return String.fromCodePoint(...blocks.flat());
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import subsetFont from "subset-font";
import type { GeneratedFile } from "./generate.ts";

const require = createRequire(import.meta.url);

/**
 * The Chinese font of printed statements: GB 2312 with both levels (company names like 鑫 are of the second), its symbols, 〇, and
 * Latin letters without rare accents. Whole it would be 10 MB.
 */
export function generateChineseFont(): Promise<GeneratedFile> {
  const source = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";
  const latin = String.fromCodePoint(...range(0x20, 0xff));
  return subsetOf(source, "assets/chinese.ttf.br", `${latin}${chinese()}〇`);
}

/** What the Chinese one lacks: the alphabets of Europe, their punctuation, and signs of currencies. */
export function generateEuropeanFont(): Promise<GeneratedFile> {
  const blocks = [range(0x20, 0x52f), range(0x1e00, 0x1fff), range(0x2000, 0x20cf), range(0x2100, 0x214f)];
  const signs = String.fromCodePoint(...blocks.flat());
  return subsetOf("pdfmake/fonts/Roboto/Roboto-Regular.ttf", "assets/european.ttf.br", signs);
}

async function subsetOf(source: string, path: string, signs: string): Promise<GeneratedFile> {
  const font = await readFile(require.resolve(source));
  return {
    path,
    content: await subsetFont(font, signs, { targetFormat: "truetype" }),
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

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

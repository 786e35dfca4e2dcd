import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { PdfContent } from "pdfmake";
import type { ReadAsset } from "../runtime.ts";

const FONTS = { European: "european.ttf.br", Chinese: "chinese.ttf.br" };

/**
 * What is set in the European font, the rest being the Chinese one's: all that it has; in a Chinese text only words that the Chinese
 * font cannot write, since a line looks uneven with two fonts.
 */
const EUROPEAN = /[\u0020-\u052f\u1e00-\u20cf\u2100-\u214f]+/g;
const EUROPEAN_AMONG_CHINESE = /[^\s\u2e80-\uffff]*[\u0100-\u052f\u1e00-\u1fff][^\s\u2e80-\uffff]*/g;

export type PdfPrinter = Awaited<ReturnType<typeof load>>;

let loaded: PdfPrinter | undefined;

/** What turns a document of pdfmake's into a PDF; the library and its fonts are loaded with the first one. */
export async function openPrinter(readAsset: ReadAsset): Promise<PdfPrinter> {
  // Kept once it is there, not on the way: on Workers a request may not wait for what another one reads.
  loaded ??= await load(readAsset);
  return loaded;
}

async function load(readAsset: ReadAsset) {
  const { default: pdfmake } = await import("pdfmake");
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  for (const [font, asset] of Object.entries(FONTS)) {
    pdfmake.virtualfs.writeFileSync(font, await promisify(brotliDecompress)(await readAsset(asset)));
    pdfmake.fonts = { ...pdfmake.fonts, [font]: { normal: font } };
  }
  return pdfmake;
}

/** Sets a text, each part of it in the font that has its signs. */
export type Print = (text: string, style?: Record<string, unknown>) => PdfContent;

export function printIn(locale: string): Print {
  const european = /^zh\b/.test(locale) ? EUROPEAN_AMONG_CHINESE : EUROPEAN;
  return (text, style = {}) => {
    const parts: PdfContent[] = [];
    let end = 0;
    const chinese = (to: number) => to > end && parts.push({ text: text.slice(end, to), font: "Chinese" });
    for (const { 0: run, index } of text.matchAll(european)) {
      chinese(index);
      parts.push({ text: run, font: "European" });
      end = index + run.length;
    }
    chinese(text.length);
    return { text: parts, ...style };
  };
}

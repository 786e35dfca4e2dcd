export const DOCUMENT_KINDS = ["contract", "order", "delivery_note", "invoice", "proof", "other"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** The most that one document may weigh, in bytes. */
export const LARGEST_DOCUMENT_BYTES = 10 * 1024 * 1024;

/** The most documents that one invoice takes from our side. */
export const MOST_DOCUMENTS = 50;

/** The most that it takes from the debtor, counted apart so that neither side can shut the other out. */
export const MOST_DEBTOR_DOCUMENTS = 20;

const LONGEST_NAME = 100;
// Characters that no file name has on Windows, and those that show nothing or turn the reading direction ("exe.pdf" for "fdp.exe").
const UNSAFE = /[<>:"|?*]/g;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name under which a file can be kept anywhere: no folders, nothing invisible, at most 100 characters. It ends as its content
 * asks: with one of these extensions (without a dot), else the first of them is put after it, so that no script passes for a text.
 */
export function documentName(given: string, extensions: readonly string[]): string {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1)!;
  const clean = last.replace(INVISIBLE, "").replace(UNSAFE, "_").replace(/\s+/g, " ");
  const whole = clean.replace(/^[. ]+|[. ]+$/g, "") || "document";
  const named = RESERVED.test(whole) ? `_${whole}` : whole;
  const extension = extensions.find((one) => named.toLowerCase().endsWith(`.${one}`));
  const ending = extension ? named.slice(-extension.length - 1) : `.${extensions[0]}`;
  const stem = extension ? named.slice(0, -ending.length) : named;
  return shortened(stem, LONGEST_NAME - ending.length) + ending;
}

/** By characters, not by halves of them. */
function shortened(text: string, length: number): string {
  return [...text].slice(0, length).join("").trimEnd();
}

import { isAttribution, isSeparator, mayStartAttribution, startsHeaderBlock } from "./quote-headers.ts";
import { isDashedName, isSignatureMark, startsSignature } from "./signatures.ts";

const LONGEST_TEXT = 100_000;
const LONGEST_LINE = 4000;
const MOST_WRAPPED = 4;
const FULL_LINE = 60;
const QUOTED = /^\s{0,4}[>＞]/u;
const RULE = /^[\s>*]{0,4}[-_=*~─—]{3,}[\s*]{0,4}$/u;
// What is not seen, or seen as a blank, and would hide a quote's mark from a pattern.
const UNSEEN = /[\u200b-\u200f\u2060\ufeff\u00ad]|(?![\t\n])\p{Cc}/gu;
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u3000]/gu;

/**
 * What a person wrote in the newest part of a mail: without quotes, whether the answer stands above, below or between them,
 * without what mail programs put above a quote, and without signatures. Takes any text; longer than 100,000 characters it is cut.
 */
export function visibleText(mail: string): string {
  const lines = linesOf(mail);
  const kept: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const quoted = quotedLines(lines, at);
    if (quoted > 0) {
      at += quoted;
      continue;
    }
    const lead = attributionLines(lines, at);
    if (lead > 0) {
      if (!isQuotedBelow(lines, at + lead)) break;
      at += lead;
      continue;
    }
    if (isSeparator(lines[at]!) || startsHeaderBlock(lines, at) || signs(lines, at, kept)) break;
    kept.push(lines[at]!.trimEnd());
    at++;
  }
  return joined(kept);
}

function linesOf(mail: string): string[] {
  const text = mail
    .slice(0, LONGEST_TEXT)
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(UNSEEN, "")
    .replaceAll("&nbsp;", " ")
    .replace(BLANKS, " ");
  return text.split("\n").map((line) => line.slice(0, LONGEST_LINE));
}

/** How many lines from here on are quoted, the tails of quoted lines that a program wrapped included. */
function quotedLines(lines: readonly string[], at: number): number {
  let end = at;
  while (end < lines.length && (QUOTED.test(lines[end]!) || (end > at && isTail(lines, end)))) end++;
  return end - at;
}

function isTail(lines: readonly string[], at: number): boolean {
  const before = lines[at - 1]!;
  const after = lines[at + 1];
  if (!QUOTED.test(before) || before.length < FULL_LINE || !/^\p{Ll}/u.test(lines[at]!)) return false;
  return after === undefined || !after.trim() || QUOTED.test(after);
}

/** How many lines from here on introduce a quote; 0 where none do. */
function attributionLines(lines: readonly string[], at: number): number {
  if (isAttribution(lines[at]!)) return 1;
  if (!mayStartAttribution(lines[at]!.trim())) return 0;
  let text = lines[at]!.trim();
  for (let count = 2; count <= MOST_WRAPPED; count++) {
    const next = lines[at + count - 1]?.trim();
    if (!next || startsAnother(next)) return 0;
    text += ` ${next}`;
    if (isAttribution(text)) return count;
  }
  return 0;
}

/** The tail of a wrapped address, ">:", looks like a quote. */
function startsAnother(line: string): boolean {
  if (QUOTED.test(line)) return !/^>\s{0,3}[:：]$/.test(line);
  return mayStartAttribution(line) && isAttribution(line);
}

function isQuotedBelow(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from, from + 12).find((line) => line.trim());
  return next !== undefined && QUOTED.test(next);
}

/** A signature ends a mail; one above all the words is a letterhead. */
function signs(lines: readonly string[], at: number, kept: readonly string[]): boolean {
  if (isSignatureMark(lines[at]!)) return true;
  return startsSignature(lines, at) && kept.some((line) => line.trim());
}

function joined(kept: string[]): string {
  dropTrailing(kept, (line) => RULE.test(line));
  dropTrailing(kept, isDashedName);
  dropAddress(kept);
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Foxmail signs with the address alone, below what was said. */
function dropAddress(lines: string[]): void {
  const isSigned = /^[^\s@]{1,64}@[^\s@]{1,200}$/.test(lines.at(-1)?.trim() ?? "");
  if (
    isSigned &&
    !lines.at(-2)?.trim() &&
    /[.。!！?？]$/u.test(lines.findLast((line, at) => at < lines.length - 1 && line.trim())?.trim() ?? "")
  )
    lines.pop();
}

function dropTrailing(lines: string[], isUnwanted: (line: string) => boolean): void {
  while (lines.length && (!lines.at(-1)!.trim() || (lines.length > 1 && isUnwanted(lines.at(-1)!))))
    lines.pop();
}

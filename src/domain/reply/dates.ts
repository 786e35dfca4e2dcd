import type { CivilDay } from "../civil-date.ts";
import { datePatterns } from "./date-patterns.ts";
import type { Language } from "./language.ts";
import { type DateSense, resolveDate } from "./resolve-date.ts";

/** A day that a text names, and where in it. */
export type FoundDate = { on: CivilDay; at: number; text: string };

type Candidate = FoundDate & { isWeekday: boolean };

// "Friday, 27 November", "11月27日(金)": the weekday only repeats the date beside it.
const BESIDE = /^[\s,(（、.]{0,3}(?:the |den |dem |der |le |el |día |dia )?$/iu;

/**
 * The days a sentence names, in its order, as its language says them; of phrases that overlap the longest counts. Takes text of any
 * kind, in small letters; what no calendar has is left out.
 */
export function findDates(sentence: string, language: Language | "other", sense: DateSense): FoundDate[] {
  const found = withoutOverlaps(candidates(sentence, language, sense));
  return found
    .filter((one, index) => !one.isWeekday || !repeatsNeighbour(found, index, sentence))
    .map(({ on, at, text }) => ({ on, at, text }));
}

function candidates(sentence: string, language: Language | "other", sense: DateSense): Candidate[] {
  const found: Candidate[] = [];
  for (const { pattern, meaning, read } of datePatterns(language)) {
    for (const match of sentence.matchAll(pattern)) {
      const on = resolveDate(meaning, read(match.groups ?? {}), sense);
      if (on !== null) found.push({ on, at: match.index, text: match[0], isWeekday: "weekday" in meaning });
    }
  }
  return found;
}

function withoutOverlaps(found: Candidate[]): Candidate[] {
  const kept: Candidate[] = [];
  for (const one of found.toSorted((left, right) => right.text.length - left.text.length)) {
    const isFree = kept.every(
      (other) => one.at >= other.at + other.text.length || other.at >= one.at + one.text.length,
    );
    if (isFree) kept.push(one);
  }
  return kept.sort((left, right) => left.at - right.at);
}

function repeatsNeighbour(found: readonly Candidate[], index: number, sentence: string): boolean {
  const isBeside = (left: Candidate | undefined, right: Candidate | undefined) =>
    left !== undefined &&
    right !== undefined &&
    left.isWeekday !== right.isWeekday &&
    BESIDE.test(sentence.slice(left.at + left.text.length, right.at));
  return isBeside(found[index - 1], found[index]) || isBeside(found[index], found[index + 1]);
}

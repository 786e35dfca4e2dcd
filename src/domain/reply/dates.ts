import type { CivilDay } from "../civil-date.ts";
import { datePatterns } from "./date-patterns.ts";
import type { Meaning } from "./date-words/date-rule.ts";
import type { Language } from "./language.ts";
import { type DateSense, resolveDate } from "./resolve-date.ts";

/**
 * A day that a text names, and where in it: of a weekday or a number alone, which may be over as well, the next to come; of a period
 * the last.
 */
export type FoundDate = {
  on: CivilDay;
  at: number;
  text: string;
  isWeekday: boolean;
  isEither: boolean;
  isPeriod: boolean;
};

// "Friday, 27 November", "11月27日(金)": the weekday only repeats the date beside it.
const BESIDE = /^[\s,(（、.]{0,3}(?:the |den |dem |der |le |el |día |dia )?$/iu;

/**
 * The days a sentence names, in its order, as its language says them; of phrases that overlap the longest counts. Takes text of any
 * kind, in small letters; what no calendar has is left out.
 */
export function findDates(sentence: string, language: Language | "other", sense: DateSense): FoundDate[] {
  const found = withoutOverlaps(candidates(sentence, language, sense));
  return found.filter((one, index) => !one.isWeekday || !repeatsNeighbour(found, index, sentence));
}

function candidates(sentence: string, language: Language | "other", sense: DateSense): FoundDate[] {
  const found: FoundDate[] = [];
  for (const { pattern, meaning, read } of datePatterns(language)) {
    for (const match of sentence.matchAll(pattern)) {
      const on = resolveDate(meaning, read(match.groups ?? {}), sense);
      if (on !== null) found.push({ on, at: match.index, text: match[0], ...shapeOf(meaning) });
    }
  }
  return found;
}

function shapeOf(meaning: Meaning): Pick<FoundDate, "isWeekday" | "isEither" | "isPeriod"> {
  const isWeekday = "weekday" in meaning;
  return {
    isWeekday,
    isEither: isWeekday || ("dayOf" in meaning && meaning.dayOf === "coming"),
    isPeriod: "end" in meaning || "part" in meaning,
  };
}

function withoutOverlaps(found: FoundDate[]): FoundDate[] {
  const kept: FoundDate[] = [];
  for (const one of found.toSorted((left, right) => right.text.length - left.text.length)) {
    const isFree = kept.every(
      (other) => one.at >= other.at + other.text.length || other.at >= one.at + one.text.length,
    );
    if (isFree) kept.push(one);
  }
  return kept.sort((left, right) => left.at - right.at);
}

function repeatsNeighbour(found: readonly FoundDate[], index: number, sentence: string): boolean {
  const isBeside = (left: FoundDate | undefined, right: FoundDate | undefined) =>
    left !== undefined &&
    right !== undefined &&
    left.isWeekday !== right.isWeekday &&
    BESIDE.test(sentence.slice(left.at + left.text.length, right.at));
  return isBeside(found[index - 1], found[index]) || isBeside(found[index], found[index + 1]);
}

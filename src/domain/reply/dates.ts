import type { CivilDay } from "../civil-date.ts";
import { datePatterns } from "./date-patterns.ts";
import type { Language } from "./language.ts";
import { type DateSense, resolveDate } from "./resolve-date.ts";

/** A day that a text names, and where in it. */
export type FoundDate = { on: CivilDay; at: number; text: string };

type Candidate = FoundDate & { isWeekday: boolean };

// "Friday, 27 November", "11月27日(金)": the weekday only repeats the date beside it.
const BESIDE = /^[\s,(（、.]{0,3}(?:the |den |dem |der |le |el |día |dia )?$/iu;

/** The days a sentence names, in its order, as its language says them. Takes text of any kind; what no calendar has is left out. */
export function findDates(sentence: string, language: Language, sense: DateSense): FoundDate[] {
  let text = sentence;
  const found: Candidate[] = [];
  for (const { pattern, meaning, read } of datePatterns(language)) {
    for (const match of [...text.matchAll(pattern)]) {
      const { index: at, 0: said, groups } = match;
      const on = resolveDate(meaning, read(groups ?? {}), sense);
      if (on === null) continue;
      found.push({ on, at, text: said, isWeekday: "weekday" in meaning });
      text = text.slice(0, at) + "\u0000".repeat(said.length) + text.slice(at + said.length);
    }
  }
  found.sort((one, other) => one.at - other.at);
  return found
    .filter((one, index) => !one.isWeekday || !repeatsNeighbour(found, index, sentence))
    .map(({ on, at, text: said }) => ({ on, at, text: said }));
}

function repeatsNeighbour(found: readonly Candidate[], index: number, sentence: string): boolean {
  const isBeside = (left: Candidate | undefined, right: Candidate | undefined) =>
    left !== undefined &&
    right !== undefined &&
    left.isWeekday !== right.isWeekday &&
    BESIDE.test(sentence.slice(left.at + left.text.length, right.at));
  return isBeside(found[index - 1], found[index]) || isBeside(found[index], found[index + 1]);
}

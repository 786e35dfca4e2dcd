import type { DateWords, Meaning } from "./date-words/date-rule.ts";
import { DE } from "./date-words/de.ts";
import { EN } from "./date-words/en.ts";
import { ES } from "./date-words/es.ts";
import { FR } from "./date-words/fr.ts";
import { JA } from "./date-words/ja.ts";
import { otherDateWords } from "./date-words/other.ts";
import { ZH } from "./date-words/zh.ts";
import type { Language } from "./language.ts";

/** What a phrase caught: the numbers in it, months and weekdays counted from 1. */
export type Caught = {
  day?: number;
  month?: number;
  year?: number;
  weekday?: number;
  count?: number;
  first?: number;
  second?: number;
};

export type DatePattern = { pattern: RegExp; meaning: Meaning; read(groups: Record<string, string>): Caught };

const WORDS: Record<Language, DateWords> = { en: EN, zh: ZH, de: DE, fr: FR, es: ES, ja: JA };
// The small letters of Latin script, and digits.
const WORD = "[a-zß-öø-ƿ\\d]";
const known = new Map<Language | "other", DatePattern[]>();

/** The date patterns of a language, or of all others that have numbers and names of months alone, made at their first use. */
export function datePatterns(language: Language | "other"): DatePattern[] {
  const patterns = known.get(language) ?? compile(language === "other" ? otherDateWords() : WORDS[language]);
  known.set(language, patterns);
  return patterns;
}

function compile(words: DateWords): DatePattern[] {
  const read = reader(words);
  return words.phrases.map(([phrase, meaning]) => {
    const source = expand(phrase, words);
    const pattern = words.isSpaced ? `(?<!${WORD})(?:${source})(?!${WORD})` : `(?:${source})`;
    return { pattern: new RegExp(pattern, "gu"), meaning, read };
  });
}

/** Each macro becomes a group of its own name: the same name twice is not understood everywhere. */
function expand(phrase: string, words: DateWords): string {
  let groups = 0;
  const alternatives = (list: readonly string[]) => [...list].reverse().join("|");
  const macros: Record<string, string> = {
    day: "0?[1-9](?!\\d)|[12]\\d|3[01]",
    month: alternatives(words.months),
    monthNumber: "0?[1-9](?!\\d)|1[0-2]",
    monthWord: alternatives(words.months),
    year: "20\\d\\d",
    year2: "20\\d\\d|\\d\\d(?!\\d)",
    weekday: words.weekdays.join("|"),
    count: `\\d{1,3}|${Object.keys(words.counts)
      .sort((one, other) => other.length - one.length)
      .join("|")}`,
  };
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}_${groups++}>${macros[name]})`);
}

function reader(words: DateWords): (groups: Record<string, string>) => Caught {
  const months = words.months.map(whole);
  const weekdays = words.weekdays.map(whole);
  const place = (list: RegExp[], text: string) => list.findIndex((one) => one.test(text)) + 1;
  return (groups) => {
    const caught: Caught = {};
    for (const [name, text] of Object.entries(groups)) {
      if (text === undefined) continue;
      if (/^day_/.test(name)) caught.day = Number(text);
      else if (/^monthNumber_/.test(name)) caught.month = Number(text);
      else if (/^month(?:Word)?_/.test(name)) caught.month = place(months, text);
      else if (/^year2?_|^y$/.test(name)) caught.year = fullYear(Number(text));
      else if (/^weekday_/.test(name)) caught.weekday = place(weekdays, text);
      else if (/^count_/.test(name)) caught.count = words.counts[text.toLowerCase()] ?? Number(text);
      else if (name === "a") caught.first = Number(text);
      else if (name === "b") caught.second = Number(text);
    }
    return caught;
  };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "u");
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

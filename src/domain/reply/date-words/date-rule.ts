/**
 * How a phrase names a day. A pattern may hold the macros {day}, {month}, {year}, {weekday} and {count}; what they catch is used by
 * the meaning: `day` so many days from the day of writing; `in` so many {count} of a unit; `end` the last day of a period, of its
 * working days where it is a week; `weekday` the {weekday} to come, of this week or of the next; `last` the last {weekday} of the
 * month; `dayOf` {day} or {count} of this or a later month; `part` a part of the {month}, or of the month so many ahead; `date`
 * day, month and year; `numeric` two numbers whose order the language, or evidence, decides; `week` a week by its number.
 */
export type Meaning =
  | { day: number }
  | { in: "days" | "workdays" | "weeks" | "months" }
  | { end: "week" | "weekend" | "month" | "year"; ahead: number }
  | { weekday: "coming" | "this" | "next" }
  | { last: "weekday" }
  | { dayOf: number | "coming" }
  | { part: "start" | "middle" | "end"; ahead?: number }
  | { date: "words" | "numbers" }
  | { numeric: "day first" | "month first" | "by evidence" }
  | { week: "number" };

/** The words of a language for days: months and weekdays (Monday first) as alternatives of a pattern, numbers, phrases. */
export type DateWords = {
  months: readonly string[];
  weekdays: readonly string[];
  counts: Readonly<Record<string, number>>;
  /** Whether words are divided by blanks, so that a phrase has to begin and end with one. */
  isSpaced: boolean;
  /** The first that matches a stretch of text wins. */
  phrases: readonly (readonly [pattern: string, meaning: Meaning])[];
};

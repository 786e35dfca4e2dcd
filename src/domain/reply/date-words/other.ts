import type { DateWords } from "./date-rule.ts";

const LOCALES = "it pt nl pl ru uk tr sv da nb fi cs sk hu ro el id".split(" ");
const MONTHS = Array.from({ length: 12 }, (_, month) => month);

/** Dates as languages write them whose other words are not known: numbers, and the names of months beside a day. */
export function otherDateWords(): DateWords {
  return {
    months: MONTHS.map((month) => LOCALES.map((locale) => monthName(locale, month)).join("|")),
    weekdays: ["\\b\\B"],
    counts: {},
    isSpaced: true,
    phrases: [
      ["{year}[-/.년] ?{monthNumber}[-/.월] ?{day}일?", { date: "numbers" }],
      ["{monthNumber}월 ?{day}일", { date: "numbers" }],
      ["{day}\\.?(?: de| di)? {month}(?:(?: de)? {year})?", { date: "words" }],
      ["(?<a>\\d{1,2})[/.-] ?(?<b>\\d{1,2})[/.-] ?(?<y>20\\d\\d|\\d\\d)(?!\\d)", { numeric: "by evidence" }],
      ["(?<a>\\d{1,2})[/.](?<b>\\d{1,2})\\.?(?![\\d.])", { numeric: "by evidence" }],
    ],
  };
}

/** The month as it stands beside a day, in small letters. */
function monthName(locale: string, month: number): string {
  const parts = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  const name = parts.formatToParts(Date.UTC(2026, month, 1)).find(({ type }) => type === "month")!.value;
  return name.toLowerCase().replace(/[^\p{L}]/gu, "");
}

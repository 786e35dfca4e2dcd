import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import Holidays from "date-holidays";
import type { GeneratedFile } from "./generate.ts";

// From the years that an import may bring for a replay, through the ten that a policy may look ahead.
const FIRST_YEAR = 2010;
const LAST_YEAR = 2035;
const DAY_MS = 86_400_000;

// Where the days kept by nearly everybody are written down under a region: nine in ten live in England and Wales.
const REGIONS: Record<string, string> = { GB: "ENG" };
// Decided anew each year and swapped with weekends: only the official table knows them.
const OFFICIAL_ONLY = "CN";

type DatesByName = Map<string, Set<string>>;
type ChineseDays = { holidays: Record<string, string>; workdays: Record<string, string> };

/** Public holidays of all countries as one small module. */
export async function generateHolidays(): Promise<GeneratedFile> {
  const china = await readChineseDays();
  const names = new Map<string, number>();
  const off = Object.keys(new Holidays().getCountries())
    .filter((country) => country !== OFFICIAL_ONLY)
    .sort()
    .map((country) => [country, encode(publicHolidays(country), names)]);
  const table = {
    off: Object.fromEntries(off),
    china: {
      lastYear: Math.max(...Object.keys(china.holidays).map((date) => Number(date.slice(0, 4)))),
      off: encode(datesByName(china.holidays), names),
      makeUp: encode(datesByName(china.workdays), names),
    },
  };
  return { path: "src/domain/holidays.generated.ts", content: await moduleText([...names.keys()], table) };
}

/** Dates by the holiday's English name, else its local one. Half days (from noon) are days on which people work. */
function publicHolidays(country: string): DatesByName {
  const source = new Holidays(country, REGIONS[country] ?? "");
  source.setLanguages(["en"]);
  const named: Record<string, string> = {};
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    for (const { date, start, end, name, type } of source.getHolidays(year)) {
      if (type !== "public" || !date.includes(" 00:00:00")) continue;
      const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
      // An hour is forgiven: the day on which clocks go forward has 23.
      const days = Math.floor((end.getTime() - start.getTime() + DAY_MS / 24) / DAY_MS);
      for (let i = 0; i < days; i++) named[new Date(first + i * DAY_MS).toISOString().slice(0, 10)] ??= name;
    }
  }
  return datesByName(named);
}

async function readChineseDays(): Promise<ChineseDays> {
  const path = createRequire(import.meta.url).resolve("chinese-days/dist/chinese-days.json");
  const { holidays, workdays }: ChineseDays = JSON.parse(await readFile(path, "utf8"));
  return { holidays: officialNames(holidays), workdays: officialNames(workdays) };
}

/** Entries read `English,中文,days`; the Chinese name is the official one, but for three that are cut short. */
function officialNames(days: Record<string, string>): Record<string, string> {
  const named = ([date, text]: [string, string]) => {
    const name = text.split(",")[1] ?? text;
    return [date, /^(清明|端午|中秋)$/.test(name) ? `${name}节` : name];
  };
  return Object.fromEntries(Object.entries(days).map(named));
}

function datesByName(named: Record<string, string>): DatesByName {
  const dates: DatesByName = new Map();
  for (const [date, name] of Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const year = Number(date.slice(0, 4));
    if (year < FIRST_YEAR || year > LAST_YEAR) continue;
    dates.set(name, (dates.get(name) ?? new Set()).add(date));
  }
  return dates;
}

/** `name:MMDD,MMDD.years;…`: the name's index and, where a date is not kept every year, the years as bits; all in base 36. */
function encode(dates: DatesByName, names: Map<string, number>): string {
  const everyYear = 2 ** (LAST_YEAR - FIRST_YEAR + 1) - 1;
  const parts: string[] = [];
  for (const [name, days] of dates) {
    if (!names.has(name)) names.set(name, names.size);
    const years = new Map<string, number>();
    for (const day of days) {
      const date = day.slice(5, 7) + day.slice(8, 10);
      years.set(date, (years.get(date) ?? 0) + 2 ** (Number(day.slice(0, 4)) - FIRST_YEAR));
    }
    const list = [...years].map(([date, bits]) =>
      bits === everyYear ? date : `${date}.${bits.toString(36)}`,
    );
    parts.push(`${names.get(name)!.toString(36)}:${list.join(",")}`);
  }
  return parts.join(";");
}

async function moduleText(names: string[], table: object): Promise<string> {
  const versions = await Promise.all(["date-holidays", "chinese-days"].map(versionOf));
  return `/*!
Public holidays. Made by generate/holidays.ts; not to be edited.
All countries but China: a table computed with date-holidays ${versions[0]} (commenthol, https://github.com/commenthol/date-holidays),
whose data rests on Wikipedia articles named in its LICENSE and is under CC BY-SA 3.0
(https://creativecommons.org/licenses/by-sa/3.0/). Changed: computed for ${FIRST_YEAR} to ${LAST_YEAR}, public full days only.
This table is under the same licence.
China: days announced by the State Council, from chinese-days ${versions[1]} (https://github.com/vsme/chinese-days),
MIT License, Copyright (c) 2024 Yawei sun.
${await mitPermission()}
*/
export const FIRST_YEAR = ${FIRST_YEAR};
export const LAST_YEAR = ${LAST_YEAR};
export const NAMES: string[] = ${JSON.stringify(names, null, 1)};
export const TABLE: {
  off: Record<string, string>;
  china: { lastYear: number; off: string; makeUp: string };
} = ${JSON.stringify(table, null, 1)};
`;
}

async function versionOf(name: string): Promise<string> {
  return JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version;
}

async function mitPermission(): Promise<string> {
  const text = await readFile("node_modules/chinese-days/LICENSE", "utf8");
  return text.slice(text.indexOf("Permission is hereby granted")).trim();
}

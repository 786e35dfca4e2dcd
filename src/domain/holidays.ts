import { type CivilDay, DAY_MS } from "./civil-date.ts";
import { FIRST_YEAR, LAST_YEAR, NAMES, TABLE } from "./holidays.generated.ts";

/** What is known of one country and year. Without data `covered` is false, which is not the same as no holidays. */
export type Holidays = {
  covered: boolean;
  /** Days off with their names: in English, those of China as announced. */
  off: Map<CivilDay, string>;
  /** Working days that make up for a day off, with the holiday's name. */
  makeUp: Map<CivilDay, string>;
};

type Country = { lastYear: number; off: string; makeUp: string };

const MAX_KEPT = 2048;
const NO_DATA: Holidays = { covered: false, off: new Map(), makeUp: new Map() };

const kept = new Map<string, Holidays>();

/** The public holidays kept in the whole country (ISO 3166 alpha-2) in one year. */
export function holidaysOf(country: string, year: number): Holidays {
  const key = country + year;
  const known = kept.get(key);
  if (known) return known;
  const data = countryData(country);
  if (!data || year < FIRST_YEAR || year > data.lastYear) return NO_DATA;
  if (kept.size >= MAX_KEPT) kept.clear();
  const holidays = { covered: true, off: decode(data.off, year), makeUp: decode(data.makeUp, year) };
  kept.set(key, holidays);
  return holidays;
}

/** The countries of which holidays are known, in order of their codes. */
export function countries(): string[] {
  return [...Object.keys(TABLE.off), "CN"].sort();
}

function countryData(country: string): Country | undefined {
  if (country === "CN") return TABLE.china;
  if (!Object.hasOwn(TABLE.off, country)) return undefined;
  return { lastYear: LAST_YEAR, off: TABLE.off[country]!, makeUp: "" };
}

/** Reads `name:MMDD,MMDD.years;…` (see generate/holidays.ts) for one year, in order of the days. */
function decode(text: string, year: number): Map<CivilDay, string> {
  const bit = 1 << (year - FIRST_YEAR);
  const days: [CivilDay, string][] = [];
  for (const part of text.split(";").filter(Boolean)) {
    const [name = "", dates = ""] = part.split(":");
    for (const date of dates.split(",")) {
      const [monthDay = "", years] = date.split(".");
      if (years !== undefined && (Number.parseInt(years, 36) & bit) === 0) continue;
      const at = Date.UTC(year, Number(monthDay.slice(0, 2)) - 1, Number(monthDay.slice(2)));
      days.push([at / DAY_MS, NAMES[Number.parseInt(name, 36)]!]);
    }
  }
  return new Map(days.sort(([a], [b]) => a - b));
}

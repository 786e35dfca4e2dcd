import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formatCivilDay, parseCivilDay, weekdayOf, yearOf } from "../../src/domain/civil-date.ts";
import { countries, holidaysOf } from "../../src/domain/holidays.ts";

const dates = (days: Map<number, string>) => [...days.keys()].map(formatCivilDay);
const named = (days: Map<number, string>) =>
  Object.fromEntries([...days].map(([day, name]) => [formatCivilDay(day), name]));

describe("public holidays", () => {
  // Each list is what the country's government publishes for the year.
  test.each([
    ["US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25"],
    ["GB", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"],
    ["DE", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"],
    ["FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25"],
    [
      "HK",
      2026,
      "01-01 02-17 02-18 02-19 04-03 04-04 04-06 04-07 05-01 05-25 06-19 07-01 09-26 10-01 10-19 12-25 12-26",
    ],
    [
      "JP",
      2026,
      "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
    ],
  ])("of %s in %i", (country, year, days) => {
    expect(dates(holidaysOf(country, year).off).map((date) => date.slice(5))).toEqual(days.split(" "));
  });

  test("carry a name on every day, in order, and only in their year", () => {
    for (const country of countries()) {
      for (const year of [2010, 2026, 2035]) {
        const { covered, off } = holidaysOf(country, year);
        if (!covered) continue;
        const days = [...off.keys()];
        expect([country, days]).toEqual([country, days.toSorted((a, b) => a - b)]);
        expect([country, dates(off).filter((date) => !date.startsWith(`${year}-`))]).toEqual([country, []]);
        expect([country, [...off.values()].filter((name) => !name?.trim())]).toEqual([country, []]);
        expect([country, days.length >= 3 && days.length <= 35]).toEqual([country, true]);
      }
    }
  });

  test("of several days are all there", () => {
    const names = named(holidaysOf("TR", 2026).off);
    expect(Object.keys(names).filter((date) => names[date]?.includes("Eid al-Adha"))).toEqual([
      "2026-05-27",
      "2026-05-28",
      "2026-05-29",
      "2026-05-30",
    ]);
  });

  test("do not include half days, on which people work", () => {
    expect(dates(holidaysOf("IS", 2026).off)).not.toContain("2026-12-24");
  });

  test.each([
    ["ZZ", 2026],
    ["", 2026],
    ["constructor", 2026],
    ["DE", 2009],
    ["DE", 2036],
    ["CN", 2009],
    ["CN", 2027],
    ["CN", 2035],
  ])("of %j in %i are not known, which is not the same as none", (country, year) => {
    expect(holidaysOf(country, year)).toEqual({ covered: false, off: new Map(), makeUp: new Map() });
  });

  test("are known for two hundred countries", () => {
    expect(countries()).toHaveLength(207);
    expect(countries()).toEqual(expect.arrayContaining(["CN", "HK", "TW", "DE", "US", "AE"]));
  });

  test("cost a Worker less than 60 KB", () => {
    const bytes = gzipSync(readFileSync("src/domain/holidays.generated.ts")).length;
    expect(bytes).toBeLessThan(60_000);
  });
});

describe("China's days off and make-up working days", () => {
  test("of 2026 are those that the State Council announced", () => {
    const { covered, off, makeUp } = holidaysOf("CN", 2026);
    expect(covered).toBe(true);
    expect(named(makeUp)).toEqual({
      "2026-01-04": "元旦",
      "2026-02-14": "春节",
      "2026-02-28": "春节",
      "2026-05-09": "劳动节",
      "2026-09-20": "国庆节",
      "2026-10-10": "国庆节",
    });
    expect(off.size).toBe(33);
    expect(named(off)["2026-02-15"]).toBe("春节");
  });

  const folder = process.env.DUNWELL_SAMPLES && `${process.env.DUNWELL_SAMPLES}/holidays`;
  const years = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026];
  const skipped =
    folder && existsSync(folder) ? "" : " (skipped: DUNWELL_SAMPLES names no folder with holidays)";

  // Days off are compared where they matter: whether a weekend that touches them is listed differs from table to table.
  test.skipIf(skipped).each(years)(`of %i agree with an independent table${skipped}`, (year) => {
    const read = (of: number): { days: { date: string; isOffDay: boolean }[] } =>
      JSON.parse(readFileSync(`${folder}/${of}.json`, "utf8"));
    // The last days of a year may be announced with the next one's.
    const table = new Map(
      [...read(year).days, ...read(year + 1).days].map((day) => [day.date, day.isOffDay]),
    );
    const { off, makeUp } = holidaysOf("CN", year);
    for (let day = parseCivilDay(`${year}-01-01`)!; yearOf(day) === year; day++) {
      const date = formatCivilDay(day);
      const isWeekday = !["sat", "sun"].includes(weekdayOf(day));
      const isOff = table.get(date) ?? !isWeekday;
      expect([date, makeUp.has(day) || (isWeekday && !off.has(day))]).toEqual([date, !isOff]);
    }
  });
});

import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { formatCivilDay, parseCivilDay, WEEKDAYS, weekdayOf, yearOf } from "../../src/domain/civil-date.ts";

const EPOCH = Temporal.PlainDate.from("1970-01-01");
const anyDay = fc.integer({ min: parseCivilDay("1900-01-01")!, max: parseCivilDay("2199-12-31")! });
const judge = (day: number) => EPOCH.add({ days: day });

describe("a civil day", () => {
  test("counts from 1970-01-01", () => {
    expect(parseCivilDay("1970-01-01")).toBe(0);
    expect(parseCivilDay("1969-12-31")).toBe(-1);
    expect(parseCivilDay("2026-11-22")).toBe(20_779);
  });

  test.each([
    "2026-02-29",
    "2026-02-30",
    "2026-04-31",
    "1900-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "26-01-01",
    "2026/01/01",
    "20260101",
    " 2026-01-01",
    "2026-01-01 ",
    "2026-01-01T00:00:00Z",
    "+002026-01-01",
    "２０２６-01-01",
    "31/02/2026",
    "",
  ])("is refused as %j", (text) => {
    expect(parseCivilDay(text)).toBeNull();
  });

  test("knows leap days", () => {
    expect(parseCivilDay("2028-02-29")).not.toBeNull();
    expect(parseCivilDay("2000-02-29")).not.toBeNull();
  });

  test("reads, writes, and knows its weekday and year as Temporal does", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = judge(day);
        expect(formatCivilDay(day)).toBe(date.toString());
        expect(parseCivilDay(date.toString())).toBe(day);
        expect(weekdayOf(day)).toBe(WEEKDAYS[date.dayOfWeek % 7]);
        expect(yearOf(day)).toBe(date.year);
      }),
    );
  });
});

import { expect, it } from "vitest";
import { listCalendar } from "../../../src/reminders/forecast/list-calendar.ts";

it("lists holidays on weekdays and make-up days on weekends, and nothing else", () => {
  const { isCovered, days } = listCalendar({ country: "CN", year: 2026 });
  expect(isCovered).toBe(true);
  for (const { date, sending } of days) {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    expect([date, sending]).toEqual([date, weekday === 0 || weekday === 6]);
  }
  expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).sort());
});

it("leaves out a holiday that falls on a weekend", () => {
  const dates = listCalendar({ country: "DE", year: 2026 }).days.map(({ date }) => date);
  expect(dates).toContain("2026-12-25");
  expect(dates).not.toContain("2026-12-26");
});

it("tells a year without data from a year without holidays", () => {
  expect(listCalendar({ country: "DE", year: 2099 })).toEqual({ isCovered: false, days: [] });
});

import { describe, expect, it } from "vitest";
import type { CalendarRules } from "../../../src/domain/calendar.ts";
import { findUnreachedZones, isReached, ticksFrom } from "../../../src/reminders/sending/unreached-zones.ts";
import { tellStory } from "../../support/story.ts";

const ticks = ticksFrom(Date.parse("2026-03-02T10:07:00Z"));
const rules = (from: string, until: string, days: CalendarRules["days"] = ["mon"]): CalendarRules => ({
  days,
  from,
  until,
  holidays: true,
  rollDueDate: true,
});

describe("a clock that ticks on the quarter", () => {
  it.each(["Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"])(
    "reaches a quarter of an hour in %s, whatever minute it begins",
    (zone) => {
      expect(isReached({ rules: rules("09:01", "09:16"), zone, ticks })).toBe(true);
    },
  );

  it("never reaches hours between two ticks", () => {
    expect(isReached({ rules: rules("09:01", "09:15"), zone: "Asia/Kathmandu", ticks })).toBe(false);
  });

  it("never reaches a weekday on which it does not tick", () => {
    const sundays = ticks.filter((at) => new Date(at).getUTCDay() === 0);
    expect(isReached({ rules: rules("00:00", "24:00"), zone: "UTC", ticks: sundays })).toBe(false);
  });
});

it("names the policy and the zone that no tick reaches, and counts who lives there", async () => {
  const story = await tellStory({
    policy: { calendar: { days: ["mon"], from: "09:01", until: "09:10" } },
  });
  expect(await findUnreachedZones(story)).toEqual([
    { policy: "standard", zone: "Europe/Berlin", customers: 1 },
  ]);
});

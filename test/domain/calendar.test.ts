import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CalendarRules, createCalendar } from "../../src/domain/calendar.ts";
import { formatCivilDay, parseCivilDay, WEEKDAYS } from "../../src/domain/civil-date.ts";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { civilDayAt } from "../../src/domain/zone.ts";

const OFFICE = STANDARD_POLICY.calendar;
const ALWAYS: CalendarRules = {
  days: [...WEEKDAYS],
  from: "00:00",
  until: "24:00",
  holidays: false,
  rollDueDate: false,
};

const day = (iso: string) => parseCivilDay(iso)!;
const at = (iso: string) => Date.parse(iso);
const german = createCalendar({ rules: OFFICE, zone: "Europe/Berlin", country: "DE" });
const chinese = createCalendar({ rules: OFFICE, zone: "Asia/Shanghai", country: "CN" });
const nowhere = createCalendar({ rules: OFFICE, zone: "UTC", country: null });

describe("sending days", () => {
  test.each([
    ["2026-11-20", true, "a Friday"],
    ["2026-11-21", false, "a Saturday"],
    ["2026-04-03", false, "Good Friday"],
    ["2026-04-06", false, "Easter Monday"],
    ["2026-12-24", true, "no public holiday, only Christmas Eve"],
  ])("in Germany: %s is %s, %s", (date, isSending) => {
    expect(german.isSendingDay(day(date))).toBe(isSending);
  });

  test.each([
    ["2026-10-01", false, "National Day"],
    ["2026-10-10", true, "a Saturday worked to make up for it"],
    ["2026-09-20", true, "a Sunday worked to make up for it"],
    ["2026-10-17", false, "a Saturday like any other"],
    ["2027-10-01", true, "not announced yet"],
  ])("in China: %s is %s, %s", (date, isSending) => {
    expect(chinese.isSendingDay(day(date))).toBe(isSending);
  });

  test("are all the days of the week where the rules name all and no holidays", () => {
    const always = createCalendar({ rules: ALWAYS, zone: "UTC", country: "DE" });
    expect(always.isSendingDay(day("2026-12-25"))).toBe(true);
    expect(always.offDayName(day("2026-12-25"))).toBeNull();
    expect(always.missingHolidayData(day("2026-12-25"))).toBeNull();
  });

  test("do not include a make-up day where holidays do not count", () => {
    const plain = createCalendar({
      rules: { ...OFFICE, holidays: false },
      zone: "Asia/Shanghai",
      country: "CN",
    });
    expect(plain.isSendingDay(day("2026-10-10"))).toBe(false);
    expect(plain.isSendingDay(day("2026-10-01"))).toBe(true);
  });

  test("follow the country in any spelling of its code", () => {
    const german = createCalendar({ rules: OFFICE, zone: "Europe/Berlin", country: "de" });
    expect(german.isSendingDay(day("2026-04-03"))).toBe(false);
  });
});

describe("moving over a calendar", () => {
  test("rolls forward and back over Easter", () => {
    expect(formatCivilDay(german.next(day("2026-04-03")))).toBe("2026-04-07");
    expect(formatCivilDay(german.previous(day("2026-04-06")))).toBe("2026-04-02");
    expect(german.next(day("2026-04-02"))).toBe(day("2026-04-02"));
    expect(german.previous(day("2026-04-02"))).toBe(day("2026-04-02"));
  });

  test("adds sending days from any day, and takes them off", () => {
    expect(formatCivilDay(german.add(day("2026-04-02"), 1))).toBe("2026-04-07");
    expect(formatCivilDay(german.add(day("2026-04-04"), 2))).toBe("2026-04-08");
    expect(formatCivilDay(german.add(day("2026-04-07"), -1))).toBe("2026-04-02");
    expect(german.add(day("2026-04-04"), 0)).toBe(day("2026-04-04"));
  });

  test("counts after the first day, through the last", () => {
    expect(german.countBetween(day("2026-04-02"), day("2026-04-07"))).toBe(1);
    expect(german.countBetween(day("2026-11-16"), day("2026-11-20"))).toBe(4);
    expect(german.countBetween(day("2026-11-20"), day("2026-11-20"))).toBe(0);
    expect(german.countBetween(day("2026-11-20"), day("2026-11-16"))).toBe(0);
  });

  test("lands on sending days, and counting undoes adding", () => {
    const start = fc.integer({ min: day("2012-01-01"), max: day("2034-01-01") });
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(german, chinese, nowhere),
        (from, n, calendar) => {
          const reached = calendar.add(from, n);
          expect(calendar.isSendingDay(reached)).toBe(true);
          expect(calendar.countBetween(from, reached)).toBe(n);
          expect(calendar.add(calendar.next(from), 0)).toBe(calendar.next(from));
          expect(calendar.countBetween(from, calendar.next(from) - 1)).toBe(0);
          expect(calendar.previous(from)).toBeLessThanOrEqual(from);
          expect(calendar.add(from, -n)).toBeLessThan(from);
          expect(calendar.countBetween(calendar.add(from, -n) - 1, from - 1)).toBe(n);
        },
      ),
    );
  });

  test("is refused where no day is ever one", () => {
    const never = createCalendar({ rules: { ...OFFICE, days: [] }, zone: "UTC", country: null });
    expect(() => never.next(day("2026-01-01"))).toThrow("no sending day");
  });
});

describe("hours", () => {
  const newYork = createCalendar({ rules: OFFICE, zone: "America/New_York", country: "US" });

  test("open at the first minute and are over at the last, in the zone", () => {
    expect(newYork.isOpenAt(at("2026-11-20T13:59:59.999Z"))).toBe(false);
    expect(newYork.isOpenAt(at("2026-11-20T14:00:00Z"))).toBe(true);
    expect(newYork.isOpenAt(at("2026-11-20T21:59:59.999Z"))).toBe(true);
    expect(newYork.isOpenAt(at("2026-11-20T22:00:00Z"))).toBe(false);
  });

  test("move with daylight saving", () => {
    expect(newYork.opensAt(day("2026-03-06"))).toBe(at("2026-03-06T14:00:00Z"));
    expect(newYork.opensAt(day("2026-03-09"))).toBe(at("2026-03-09T13:00:00Z"));
    expect(newYork.closesAt(day("2026-03-09"))).toBe(at("2026-03-09T21:00:00Z"));
  });

  test("say nothing of the day", () => {
    expect(newYork.isOpenAt(at("2026-11-22T15:00:00Z"))).toBe(true);
  });

  test("from 00:00 to 24:00 never close, not on the days when the clocks change either", () => {
    const zone = fc.constantFrom(
      "Europe/Berlin",
      "Pacific/Apia",
      "Asia/Kathmandu",
      "America/Sao_Paulo",
      "Australia/Lord_Howe",
    );
    fc.assert(
      fc.property(zone, fc.integer({ min: at("2005-01-01"), max: at("2040-01-01") }), (zone, moment) => {
        const always = createCalendar({ rules: ALWAYS, zone, country: null });
        const today = civilDayAt(moment, zone);
        expect(always.isOpenAt(moment)).toBe(true);
        expect(always.opensAt(today)).toBeLessThanOrEqual(moment);
        expect(always.closesAt(today)).toBeGreaterThan(moment);
        expect(always.closesAt(today)).toBe(always.opensAt(today + 1));
      }),
    );
  });

  test("are open from opening to closing in every zone", () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    fc.assert(
      fc.property(zone, fc.integer({ min: day("2015-01-01"), max: day("2035-01-01") }), (zone, on) => {
        const calendar = createCalendar({ rules: OFFICE, zone, country: null });
        expect(calendar.isOpenAt(calendar.opensAt(on))).toBe(true);
        expect(calendar.isOpenAt(calendar.opensAt(on) - 1)).toBe(false);
        expect(calendar.isOpenAt(calendar.closesAt(on) - 1)).toBe(true);
        expect(calendar.isOpenAt(calendar.closesAt(on))).toBe(false);
        expect(civilDayAt(calendar.opensAt(on), zone)).toBe(on);
      }),
    );
  });
});

describe("what a calendar does not know", () => {
  test("is said for an unknown country", () => {
    expect(nowhere.missingHolidayData(day("2026-01-01"))).toBe(
      "The customer's country is not known, so no public holidays are assumed.",
    );
    expect(nowhere.isSendingDay(day("2026-01-01"))).toBe(true);
  });

  test("is said for a year without data", () => {
    expect(chinese.missingHolidayData(day("2026-12-31"))).toBeNull();
    expect(chinese.missingHolidayData(day("2027-01-01"))).toBe(
      "There is no holiday data for CN in 2027, so no public holidays are assumed.",
    );
  });

  test("is said for a country without data", () => {
    const calendar = createCalendar({ rules: OFFICE, zone: "UTC", country: "ZZ" });
    expect(calendar.missingHolidayData(day("2026-01-01"))).toContain("no holiday data for ZZ in 2026");
  });
});

test("the name of a day off is that of the holiday, and a plain weekend has none", () => {
  expect(german.offDayName(day("2026-12-25"))).toBe("Christmas Day");
  expect(chinese.offDayName(day("2026-10-01"))).toBe("国庆节");
  expect(chinese.offDayName(day("2026-10-10"))).toBeNull();
  expect(german.offDayName(day("2026-11-21"))).toBeNull();
});

test("the calendar of the same rules, zone and country is made once", () => {
  const made = createCalendar({ rules: OFFICE, zone: "Europe/Berlin", country: "DE" });
  expect(made).toBe(german);
  expect(createCalendar({ rules: { ...OFFICE }, zone: "Europe/Berlin", country: "DE" })).not.toBe(german);
});

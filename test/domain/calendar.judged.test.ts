import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { type CalendarRules, createCalendar } from "../../src/domain/calendar.ts";
import { WEEKDAYS } from "../../src/domain/civil-date.ts";
import { civilDayAt } from "../../src/domain/zone.ts";

// Temporal, which shares no line with the product, judges days and hours in every zone, near changes of the clocks above all.

const EPOCH = Temporal.PlainDate.from("1970-01-01");
const ISO_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const HOUR_MS = 3_600_000;

const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => n * 15);
const rules = fc
  .record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), one: quarter, other: quarter })
  .map(({ days, one, other }): CalendarRules => {
    const [from, until] = [Math.min(one, other), Math.max(one, other) + 15];
    return { days, from: clockFace(from), until: clockFace(until), holidays: false, rollDueDate: false };
  });
const nearChange = fc
  .tuple(
    zone,
    fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2060, 0) }),
    fc.integer({ min: -30, max: 30 }),
  )
  .map(([timeZone, at, hours]) => {
    const change = judged(at, timeZone).getTimeZoneTransition("next");
    return { timeZone, at: (change?.epochMilliseconds ?? at) + hours * HOUR_MS + (at % HOUR_MS) };
  });

function clockFace(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function judged(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

/** `14:15`, and 24:00 after every time. */
function isWithin(time: string, { from, until }: CalendarRules): boolean {
  return from <= time && time < until;
}

test("a moment is within hours and on a sending day where Temporal's clock says so", () => {
  fc.assert(
    fc.property(nearChange, rules, ({ timeZone, at }, hours) => {
      const calendar = createCalendar({ rules: hours, zone: timeZone, country: null });
      const local = judged(at, timeZone);
      const time = local.toPlainTime().toString({ smallestUnit: "minute" });
      expect([timeZone, time, calendar.isOpenAt(at)]).toEqual([timeZone, time, isWithin(time, hours)]);
      const isSending = (hours.days as string[]).includes(ISO_WEEKDAYS[local.dayOfWeek - 1]!);
      expect(calendar.isSendingDay(civilDayAt(at, timeZone))).toBe(isSending);
    }),
    { numRuns: 200 },
  );
});

test("the first sending day from a day on, and the one so many later, are those that Temporal counts", () => {
  const start = fc.integer({ min: 0, max: 30_000 });
  fc.assert(
    fc.property(rules, start, fc.integer({ min: 1, max: 25 }), (hours, day, n) => {
      const calendar = createCalendar({ rules: hours, zone: "UTC", country: null });
      const isSending = (date: Temporal.PlainDate) =>
        (hours.days as string[]).includes(ISO_WEEKDAYS[date.dayOfWeek - 1]!);
      let date = EPOCH.add({ days: day });
      while (!isSending(date)) date = date.add({ days: 1 });
      expect(calendar.next(day)).toBe(EPOCH.until(date).days);
      date = EPOCH.add({ days: day });
      for (let left = n; left > 0; ) {
        date = date.add({ days: 1 });
        if (isSending(date)) left--;
      }
      expect(calendar.add(day, n)).toBe(EPOCH.until(date).days);
      expect(calendar.countBetween(day, EPOCH.until(date).days)).toBe(n);
    }),
  );
});

test("hours open at the first moment at which Temporal's clock shows them, or the first after a gap", () => {
  fc.assert(
    fc.property(nearChange, rules, ({ timeZone, at }, hours) => {
      const calendar = createCalendar({ rules: hours, zone: timeZone, country: null });
      const date = judged(at, timeZone).toPlainDate();
      const opening = calendar.opensAt(EPOCH.until(date).days);
      const before = judged(opening - 1, timeZone).toPlainDateTime();
      const after = judged(opening, timeZone).toPlainDateTime();
      const wanted = date.toPlainDateTime(hours.from);
      expect(Temporal.PlainDateTime.compare(before, wanted)).toBe(-1);
      expect(Temporal.PlainDateTime.compare(after, wanted)).not.toBe(-1);
    }),
    { numRuns: 100 },
  );
});

import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { parseCivilDay } from "../../src/domain/civil-date.ts";
import { civilDayAt, instantOf, isZone, minuteOfDayAt } from "../../src/domain/zone.ts";

const EPOCH = Temporal.PlainDate.from("1970-01-01");
const ZONES = Intl.supportedValuesOf("timeZone");
const HARD_ZONES = [
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Pacific/Kiritimati",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Africa/Casablanca",
  "Pacific/Chatham",
  "Asia/Pyongyang",
  "Africa/Cairo",
  "Asia/Beirut",
  "America/Sao_Paulo",
  "Europe/Dublin",
  "Antarctica/Troll",
  "Pacific/Niue",
  "America/New_York",
  "Europe/Berlin",
  "UTC",
];
const from1970 = { min: 0, max: Date.UTC(2100, 0, 1) };
const anyZone = fc.oneof(fc.constantFrom(...HARD_ZONES), fc.constantFrom(...ZONES));
const anyInstant = fc.integer(from1970);

/** Moments within four hours of a change of the zone's clocks, where there is one. */
const zoneAndInstant = fc
  .tuple(anyZone, anyInstant, fc.integer({ min: -4 * 3_600_000, max: 4 * 3_600_000 }), fc.boolean())
  .map(([zone, at, distance, isNearChange]) => {
    const change = isNearChange ? judgedAt(at, zone).getTimeZoneTransition("next") : null;
    return { zone, at: change ? Math.max(0, change.epochMilliseconds + distance) : at };
  });

function judgedAt(at: number, zone: string) {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function dayOf(date: Temporal.PlainDate): number {
  return EPOCH.until(date).days;
}

/** The earlier of two, and the moment of the change when the local time is skipped. */
function judgedInstantOf(day: number, minute: number, zone: string): number {
  const local = EPOCH.add({ days: day }).toPlainDateTime().add({ minutes: minute });
  const earlier = local.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition("next")!.epochMilliseconds;
}

const at = (iso: string) => Date.parse(iso);
const day = (iso: string) => parseCivilDay(iso)!;

describe("the civil day and minute of a moment", () => {
  test("are those of Temporal in every zone, near changes of the clocks and far from them", () => {
    fc.assert(
      fc.property(zoneAndInstant, ({ zone, at }) => {
        const judged = judgedAt(at, zone);
        expect([zone, civilDayAt(at, zone)]).toEqual([zone, dayOf(judged.toPlainDate())]);
        expect([zone, minuteOfDayAt(at, zone)]).toEqual([zone, judged.hour * 60 + judged.minute]);
      }),
      { numRuns: 1500 },
    );
  });

  test("differ by a day on both sides of the date line", () => {
    const noon = at("2026-11-22T11:30:00Z");
    expect(civilDayAt(noon, "Pacific/Kiritimati")).toBe(day("2026-11-23"));
    expect(civilDayAt(noon, "Pacific/Niue")).toBe(day("2026-11-22"));
    expect(minuteOfDayAt(noon, "Asia/Kathmandu")).toBe(17 * 60 + 15);
  });

  test("are right for moments before 1970", () => {
    expect(civilDayAt(-1, "UTC")).toBe(-1);
    expect(minuteOfDayAt(-1, "UTC")).toBe(1439);
  });

  test("are right within a quarter of an hour in which the clocks changed", () => {
    expect(minuteOfDayAt(at("2010-03-14T03:30:30Z"), "America/St_Johns")).toBe(0);
    expect(minuteOfDayAt(at("2010-03-14T03:31:00Z"), "America/St_Johns")).toBe(61);
  });
});

describe("the moment of a civil day and minute", () => {
  test("is that of Temporal in every zone, near changes of the clocks and far from them", () => {
    const local = fc.tuple(zoneAndInstant, fc.integer({ min: -180, max: 180 }));
    fc.assert(
      fc.property(local, ([{ zone, at }, shift]) => {
        const plain = judgedAt(at, zone).toPlainDateTime().add({ minutes: shift });
        const civil = dayOf(plain.toPlainDate());
        const minute = plain.hour * 60 + plain.minute;
        const which = `${zone} ${plain.toString()}`;
        expect([which, instantOf(civil, minute, zone)]).toEqual([
          which,
          judgedInstantOf(civil, minute, zone),
        ]);
      }),
      { numRuns: 1500 },
    );
  });

  test.each([
    ["a skipped time is the first after the gap", "2026-03-29", 150, "Europe/Berlin", "2026-03-29T01:00:00Z"],
    ["a repeated time is the earlier", "2026-10-25", 150, "Europe/Berlin", "2026-10-25T00:30:00Z"],
    [
      "a repeated time in the west is the earlier",
      "2026-11-01",
      90,
      "America/New_York",
      "2026-11-01T05:30:00Z",
    ],
    ["a gap of half an hour", "2026-10-04", 135, "Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
    ["a skipped midnight", "2018-11-04", 0, "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
    ["24:00 before a skipped midnight", "2018-11-03", 1440, "America/Sao_Paulo", "2018-11-04T03:00:00Z"],
    ["a day that was skipped whole", "2011-12-30", 540, "Pacific/Apia", "2011-12-30T10:00:00Z"],
    ["24:00 is the next midnight", "2026-11-22", 1440, "Asia/Kathmandu", "2026-11-22T18:15:00Z"],
  ])("%s", (_, date, minute, zone, expected) => {
    expect(new Date(instantOf(day(date), minute, zone)).toISOString()).toBe(new Date(expected).toISOString());
  });
});

describe("a zone's name", () => {
  test.each(["Europe/Berlin", "Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires"])(
    "%s is known",
    (name) => {
      expect(isZone(name)).toBe(true);
    },
  );

  test.each(["", "Berlin", "Europe/Atlantis", "Mars/Olympus", "Europe/Berlin ", "CN"])(
    "%j is refused",
    (name) => {
      expect(isZone(name)).toBe(false);
      expect(() => civilDayAt(0, name)).toThrow(`unknown time zone "${name}"`);
    },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCalendar } from "../../src/domain/calendar.ts";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { instalmentFault, keptInstalments, planBound, proposePlan } from "../../src/domain/plan.ts";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { day } from "../support/cast.ts";

const german = createCalendar({ rules: STANDARD_POLICY.calendar, zone: "Europe/Berlin", country: "DE" });
const rules = STANDARD_POLICY.plans;
const today = day("2026-03-05");
const amount = (minor: number) => `EUR ${(minor / 100).toFixed(2)}`;
const plan = (...instalments: [iso: string, amountMinor: number][]) =>
  instalments.map(([iso, amountMinor]) => ({ on: day(iso), amountMinor }));

describe("instalments nobody could agree to", () => {
  test.each([
    ["none", [], "a plan has at least one instalment"],
    ["one of nothing", plan(["2026-03-10", 0]), "every instalment is above 0"],
    ["one in the past", plan(["2026-03-04", 90_000]), "the first instalment is not before today, 2026-03-05"],
    [
      "two on one day",
      plan(["2026-03-10", 45_000], ["2026-03-10", 45_000]),
      "each instalment is on a later day than the one before",
    ],
    [
      "a cent too little",
      plan(["2026-03-10", 45_000], ["2026-04-10", 44_999]),
      "the instalments come to EUR 899.99; what is open comes to EUR 900.00",
    ],
    ["good ones", plan(["2026-03-05", 45_000], ["2026-04-10", 45_000]), null],
  ])("%s", (_name, instalments, fault) => {
    expect(instalmentFault({ instalments, totalMinor: 90_000, today, amount })).toBe(fault);
  });
});

describe("the bounds of a plan", () => {
  const bound = (instalments: ReturnType<typeof plan>) => planBound(instalments, { today, rules, amount });
  test.each([
    [
      "as wide as they are",
      plan(["2026-03-12", 27_000], ["2026-04-10", 31_500], ["2026-06-03", 31_500]),
      null,
    ],
    [
      "too many",
      plan(["2026-03-10", 30_000], ["2026-03-11", 20_000], ["2026-03-12", 20_000], ["2026-03-13", 20_000]),
      "a plan has 3 instalments at most",
    ],
    [
      "too small a first one",
      plan(["2026-03-12", 26_999], ["2026-04-10", 63_001]),
      "the first instalment is EUR 270.00 at least",
    ],
    [
      "too late a first one",
      plan(["2026-03-13", 45_000], ["2026-04-10", 45_000]),
      "the first instalment is on 2026-03-12 at the latest",
    ],
    [
      "too late a last one",
      plan(["2026-03-12", 45_000], ["2026-06-04", 45_000]),
      "the last instalment is on 2026-06-03 at the latest",
    ],
  ])("%s", (_name, instalments, fault) => {
    expect(bound(instalments)).toBe(fault);
  });
});

describe("a plan that is proposed", () => {
  const propose = (totalMinor: number, count: number) =>
    proposePlan({ totalMinor, count, today, calendar: german, rules });

  test("starts with its share, goes on in equal parts a month apart, and leaves the odd cents to the last", () => {
    const said = propose(100_001, 3).map(({ on, amountMinor }) => `${formatCivilDay(on)} ${amountMinor}`);
    expect(said).toEqual(["2026-03-12 33334", "2026-04-10 33333", "2026-05-11 33334"]);
  });

  test("is within the policy's bounds, on sending days, and comes to the total, whatever is owed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 700 }),
        fc.record({
          maxInstalments: fc.integer({ min: 1, max: 12 }),
          minFirstShare: fc.double({ min: 0, max: 1, noNaN: true }),
          firstWithinDays: fc.integer({ min: 5, max: 40 }),
          maxDays: fc.integer({ min: 45, max: 365 }),
        }),
        (totalMinor, count, later, bounds) => {
          const on = today + later;
          const instalments = proposePlan({ totalMinor, count, today: on, calendar: german, rules: bounds });
          expect(instalmentFault({ instalments, totalMinor, today: on, amount })).toBeNull();
          expect(planBound(instalments, { today: on, rules: bounds, amount })).toBeNull();
          expect(instalments.every((instalment) => german.isSendingDay(instalment.on))).toBe(true);
        },
      ),
    );
  });
});

describe("the instalments that are kept", () => {
  const terms = plan(["2026-03-12", 30_000], ["2026-04-10", 30_000], ["2026-05-11", 30_000]).map(
    (instalment) => ({
      ...instalment,
      lastDay: instalment.on + 2,
    }),
  );
  const money = (paid: [iso: string, minor: number][], creditedMinor = 0, leftMinor = 1) => ({
    paidByMinor: (lastDay: number) =>
      paid.filter(([iso]) => day(iso) <= lastDay).reduce((sum, [, minor]) => sum + minor, 0),
    creditedMinor,
    leftMinor,
  });
  test.each([
    ["none without money", money([]), 0],
    ["one, in time", money([["2026-03-14", 30_000]]), 1],
    ["none by less", money([["2026-03-14", 29_999]]), 0],
    ["none by money a day late", money([["2026-03-15", 30_000]]), 0],
    ["two by money ahead", money([["2026-03-10", 60_000]]), 2],
    [
      "all by what is left after a credit note",
      money(
        [
          ["2026-03-10", 30_000],
          ["2026-04-10", 30_000],
        ],
        30_000,
      ),
      3,
    ],
    ["not the first by a credit note", money([], 30_000), 0],
    ["all where nothing is left", money([], 0, 0), 3],
  ])("%s", (_name, came, kept) => {
    expect(keptInstalments(terms, came)).toBe(kept);
  });
});

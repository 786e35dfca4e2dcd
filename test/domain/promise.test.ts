import { describe, expect, test } from "vitest";
import { createCalendar } from "../../src/domain/calendar.ts";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import { DISPUTE_MOVES } from "../../src/domain/dispute.ts";
import { moved } from "../../src/domain/moves.ts";
import { PLAN_MOVES } from "../../src/domain/plan.ts";
import { STANDARD_POLICY } from "../../src/domain/policy.ts";
import { judgePromise, lastDayOf, PROMISE_MOVES, suggestDates, whyBeyond } from "../../src/domain/promise.ts";
import { day } from "../support/cast.ts";

const german = createCalendar({ rules: STANDARD_POLICY.calendar, zone: "Europe/Berlin", country: "DE" });
const rules = STANDARD_POLICY.promises;

describe("the moves of a promise, a dispute and a plan", () => {
  test.each([
    [PROMISE_MOVES, "asked", ["accepted", "declined", "withdrawn"]],
    [PROMISE_MOVES, "open", ["broken", "changed", "kept", "partly_kept", "withdrawn"]],
    [PROMISE_MOVES, "kept", []],
    [PROMISE_MOVES, "partly_kept", []],
    [PROMISE_MOVES, "broken", []],
    [PROMISE_MOVES, "withdrawn", []],
    [PROMISE_MOVES, "declined", []],
    [DISPUTE_MOVES, "open", ["accepted", "rejected", "settled", "withdrawn"]],
    [DISPUTE_MOVES, "accepted", []],
    [DISPUTE_MOVES, "rejected", []],
    [PLAN_MOVES, "asked", ["agreed", "declined", "withdrawn"]],
    [PLAN_MOVES, "agreed", ["defaulted", "fulfilled", "withdrawn"]],
    [PLAN_MOVES, "fulfilled", []],
    [PLAN_MOVES, "defaulted", []],
  ])("%# allow these and no others", (moves, state, events) => {
    expect(Object.keys((moves as Record<string, object>)[state]!).sort()).toEqual(events);
  });

  test("are refused where they are not legal, in words that say what is", () => {
    expect(moved(PROMISE_MOVES, "open", "kept", "promise prm_1")).toBe("kept");
    expect(() => moved(PROMISE_MOVES, "partly_kept", "withdrawn", "promise prm_1")).toThrow(
      "promise prm_1 is partly kept and cannot be withdrawn: nothing can follow",
    );
    expect(() => moved(PLAN_MOVES, "asked", "fulfilled", "plan pln_1")).toThrow(
      "plan pln_1 is asked and cannot be fulfilled: it can be agreed, declined, withdrawn",
    );
  });
});

describe("the bounds of a promise", () => {
  const today = day("2026-03-05");
  test.each([
    ["today", today, 0, null],
    ["the last day allowed", today + 30, 1, null],
    ["a day later", today + 31, 0, "a promise reaches 30 days ahead at most, to 2026-04-04"],
    ["a third one", today, 2, "2 promises for an invoice are the most, and as many were made before"],
  ])("%s", (_name, on, madeBefore, beyond) => {
    expect(whyBeyond({ on, today, madeBefore, rules })).toBe(beyond);
  });

  test.each([
    ["2026-03-13", "2026-03-17"],
    ["2026-03-14", "2026-03-17"],
    ["2026-04-02", "2026-04-08"],
    ["2026-04-03", "2026-04-08"],
  ])("money for %s is in time through %s, two sending days later", (on, lastDay) => {
    expect(formatCivilDay(lastDayOf(day(on), rules, german))).toBe(lastDay);
  });
});

describe("the days that are offered", () => {
  test.each([
    ["2026-03-03", "2026-03-06 2026-03-10 2026-03-13 2026-03-31"],
    ["2026-03-06", "2026-03-13 2026-03-31"],
    ["2026-03-07", "2026-03-13 2026-03-20 2026-03-31"],
    ["2026-03-31", "2026-04-02 2026-04-07 2026-04-10"],
    ["2026-12-20", "2026-12-24 2026-12-31"],
  ])("on %s are sending days after today, distinct and in order", (today, offered) => {
    expect(suggestDates(day(today), german, rules).map(formatCivilDay).join(" ")).toBe(offered);
  });

  test("reach no further than the policy allows", () => {
    const short = { maxDaysAhead: 5 };
    expect(suggestDates(day("2026-03-03"), german, short).map(formatCivilDay)).toEqual(["2026-03-06"]);
  });
});

describe("money judges a promise of 600.00", () => {
  const money = {
    promisedMinor: 60_000,
    paidMinor: 0,
    creditedMinor: 0,
    disputedMinor: 0,
    leftMinor: 100_000,
  };
  test.each([
    ["all of it", { paidMinor: 60_000, leftMinor: 40_000 }, "kept", 0],
    ["more", { paidMinor: 70_000, leftMinor: 30_000 }, "kept", 0],
    ["less", { paidMinor: 59_999, leftMinor: 40_001 }, "partly_kept", 1],
    ["nothing", {}, "broken", 60_000],
    ["money that went back", { paidMinor: -100 }, "broken", 60_100],
    [
      "a credit note and the rest",
      { creditedMinor: 10_000, paidMinor: 50_000, leftMinor: 40_000 },
      "kept",
      0,
    ],
    [
      "a credit note for what was disputed beside it",
      { creditedMinor: 40_000, disputedMinor: 40_000, leftMinor: 60_000 },
      "broken",
      60_000,
    ],
    ["nothing left to pay", { paidMinor: 10_000, leftMinor: 0 }, "kept", 0],
    ["less than that left to pay", { leftMinor: 20_000 }, "broken", 20_000],
  ])("%s", (_name, came, verdict, missingMinor) => {
    expect(judgePromise({ ...money, ...came })).toEqual({ verdict, missingMinor });
  });
});

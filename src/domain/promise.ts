import type { Calendar } from "./calendar.ts";
import { type CivilDay, DAY_MS, formatCivilDay, WEEKDAYS, weekdayOf } from "./civil-date.ts";
import type { Moves } from "./moves.ts";
import type { Policy } from "./policy.ts";
import { type Instant, instantOf } from "./zone.ts";

export type PromiseState = "asked" | "open" | "kept" | "partly_kept" | "broken" | "withdrawn" | "declined";

export type PromiseEvent =
  | "accepted"
  | "declined"
  | "withdrawn"
  | "changed"
  | "kept"
  | "partly_kept"
  | "broken";

/** `asked` is beyond the policy's bounds and waits for finance; a changed promise ends, and another takes its place. */
export const PROMISE_MOVES: Moves<PromiseState, PromiseEvent> = {
  asked: { accepted: "open", declined: "declined", withdrawn: "withdrawn" },
  open: {
    withdrawn: "withdrawn",
    changed: "withdrawn",
    kept: "kept",
    partly_kept: "partly_kept",
    broken: "broken",
  },
  kept: {},
  partly_kept: {},
  broken: {},
  withdrawn: {},
  declined: {},
};

const MINUTES_A_DAY = 24 * 60;

/** Why finance has to decide about a promise for this day: a sentence naming the bound; null within the policy's bounds. */
export function whyBeyond(input: {
  on: CivilDay;
  today: CivilDay;
  /** Promises made for the invoice before; a change of one is not another. */
  madeBefore: number;
  rules: Policy["promises"];
}): string | null {
  const { on, today, madeBefore, rules } = input;
  const { maxDaysAhead, maxPerInvoice } = rules;
  if (on > today + maxDaysAhead) {
    return `a promise reaches ${maxDaysAhead} days ahead at most, to ${formatCivilDay(today + maxDaysAhead)}`;
  }
  if (madeBefore >= maxPerInvoice) {
    return `${maxPerInvoice} promises for an invoice are the most, and as many were made before`;
  }
  return null;
}

/** The last day on which money counts as in time: the promised day plus grace in sending days. */
export function lastDayOf(on: CivilDay, rules: Policy["promises"], calendar: Calendar): CivilDay {
  return calendar.add(on, rules.graceDays);
}

/** Payment data complete up to this moment judges what had time through `lastDay`: the end of that day in the zone. */
export function judgedFrom(lastDay: CivilDay, zone: string): Instant {
  return instantOf(lastDay, MINUTES_A_DAY, zone);
}

/**
 * Days to offer to somebody who promises: Friday of this week and of the next, in a week, the month's end; each a sending day
 * after today, distinct, in order, within the days that the policy allows.
 */
export function suggestDates(
  today: CivilDay,
  calendar: Calendar,
  { maxDaysAhead }: Pick<Policy["promises"], "maxDaysAhead">,
): CivilDay[] {
  const friday = today + ((FRIDAY - WEEKDAYS.indexOf(weekdayOf(today)) + 7) % 7);
  const wanted = [friday, friday + 7, today + 7, monthsEnd(today)].map((day) => calendar.previous(day));
  const usable = wanted.filter((day) => day > today && day <= today + maxDaysAhead);
  return [...new Set(usable)].sort((a, b) => a - b);
}

/** Money on the promised invoice, minor units: what counts towards the promise, and what changed the claim meanwhile. */
export type PromisedMoney = {
  promisedMinor: number;
  /** Payments less refunds, dated from the day of the promise through its last day. */
  paidMinor: number;
  /** Credit notes since the promise was made. */
  creditedMinor: number;
  /** What was disputed beside it: credit notes go there first. */
  disputedMinor: number;
  /** What was left to pay of the invoice at the end of the last day, disputed by nobody. */
  leftMinor: number;
};

/**
 * What the money says of a promise: kept where all of it came in time after credit notes, or nothing was left to pay then;
 * `missingMinor` is what did not come.
 */
export function judgePromise(money: PromisedMoney): {
  verdict: "kept" | "partly_kept" | "broken";
  missingMinor: number;
} {
  const { promisedMinor, paidMinor, creditedMinor, disputedMinor, leftMinor } = money;
  const dueMinor = promisedMinor - Math.max(0, creditedMinor - disputedMinor);
  const missingMinor = Math.max(0, Math.min(dueMinor - paidMinor, leftMinor));
  if (missingMinor === 0) return { verdict: "kept", missingMinor };
  return { verdict: paidMinor > 0 ? "partly_kept" : "broken", missingMinor };
}

const FRIDAY = WEEKDAYS.indexOf("fri");

function monthsEnd(day: CivilDay): CivilDay {
  const [year, month] = formatCivilDay(day).split("-").map(Number);
  return Date.UTC(year!, month!, 0) / DAY_MS;
}

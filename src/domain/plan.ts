import type { Calendar } from "./calendar.ts";
import { type CivilDay, formatCivilDay } from "./civil-date.ts";
import type { Moves } from "./moves.ts";
import type { Policy } from "./policy.ts";

export type PlanState = "asked" | "agreed" | "declined" | "fulfilled" | "defaulted" | "withdrawn";
export type PlanEvent = "agreed" | "declined" | "withdrawn" | "fulfilled" | "defaulted";

/** A plan is asked for, then agreed or declined; an agreed one ends when all is paid, or an instalment did not come. */
export const PLAN_MOVES: Moves<PlanState, PlanEvent> = {
  asked: { agreed: "agreed", declined: "declined", withdrawn: "withdrawn" },
  agreed: { fulfilled: "fulfilled", defaulted: "defaulted", withdrawn: "withdrawn" },
  declined: {},
  fulfilled: {},
  defaulted: {},
  withdrawn: {},
};

export type Instalment = { on: CivilDay; amountMinor: number };

/** What is wrong with instalments whoever sets them: a sentence saying what would be right; null when nothing is. */
export function instalmentFault(input: {
  instalments: Instalment[];
  totalMinor: number;
  today: CivilDay;
  /** An amount in words, for the sentence. */
  amount: (minor: number) => string;
}): string | null {
  const { instalments, totalMinor, today, amount } = input;
  if (instalments.length === 0) return "a plan has at least one instalment";
  if (instalments.some(({ amountMinor }) => !Number.isSafeInteger(amountMinor) || amountMinor <= 0)) {
    return "every instalment is above 0";
  }
  if (instalments[0]!.on < today) return `the first instalment is not before today, ${formatCivilDay(today)}`;
  if (instalments.some(({ on }, i) => i > 0 && on <= instalments[i - 1]!.on)) {
    return "each instalment is on a later day than the one before";
  }
  const sum = instalments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  if (sum === totalMinor) return null;
  return `the instalments come to ${amount(sum)}; what is open comes to ${amount(totalMinor)}`;
}

/** Which bound of the policy a plan asked for by a debtor exceeds, as a sentence; null within them. */
export function planBound(
  instalments: Instalment[],
  { today, rules, amount }: { today: CivilDay; rules: Policy["plans"]; amount: (minor: number) => string },
): string | null {
  const { maxInstalments, minFirstShare, firstWithinDays, maxDays } = rules;
  const total = instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const least = firstShareOf(total, minFirstShare);
  if (instalments.length > maxInstalments) return `a plan has ${maxInstalments} instalments at most`;
  if (instalments[0]!.amountMinor < least) return `the first instalment is ${amount(least)} at least`;
  if (instalments[0]!.on > today + firstWithinDays) {
    return `the first instalment is on ${formatCivilDay(today + firstWithinDays)} at the latest`;
  }
  if (instalments.at(-1)!.on > today + maxDays) {
    return `the last instalment is on ${formatCivilDay(today + maxDays)} at the latest`;
  }
  return null;
}

/**
 * A plan within the policy's bounds to start from: `count` instalments (as many as the policy allows, at most one a minor unit), the first
 * its share or an equal part, whichever is more, the others equal, what rounding leaves on the last; on sending days, spread
 * evenly from the first to the last day allowed, or monthly where that is sooner.
 */
export function proposePlan(input: {
  totalMinor: number;
  count: number;
  today: CivilDay;
  calendar: Calendar;
  rules: Policy["plans"];
}): Instalment[] {
  const { totalMinor, today, calendar, rules } = input;
  const count = Math.max(1, Math.min(input.count, rules.maxInstalments, totalMinor));
  const firstOn = firstDay(today, calendar, rules);
  const gap = count === 1 ? 0 : Math.min(30, Math.floor((today + rules.maxDays - firstOn) / (count - 1)));
  const first = count === 1 ? totalMinor : firstAmount(totalMinor, count, rules.minFirstShare);
  const each = count === 1 ? 0 : Math.floor((totalMinor - first) / (count - 1));
  const instalments: Instalment[] = [{ on: firstOn, amountMinor: first }];
  for (let i = 1; i < count; i++) {
    const isLast = i === count - 1;
    const amountMinor = isLast ? totalMinor - first - each * (count - 2) : each;
    const on = calendar.previous(firstOn + gap * i);
    if (on <= instalments.at(-1)!.on || amountMinor <= 0) {
      instalments.at(-1)!.amountMinor += amountMinor;
      continue;
    }
    instalments.push({ on, amountMinor });
  }
  return instalments;
}

function firstDay(today: CivilDay, calendar: Calendar, { firstWithinDays }: Policy["plans"]): CivilDay {
  const latest = calendar.previous(today + firstWithinDays);
  return latest > today ? latest : calendar.next(today);
}

function firstAmount(totalMinor: number, count: number, minFirstShare: number): number {
  return Math.min(
    totalMinor,
    Math.max(firstShareOf(totalMinor, minFirstShare), Math.ceil(totalMinor / count)),
  );
}

/** The least first instalment, rounded up; a share like 0.3 is taken as written, not as the nearest binary fraction. */
export function firstShareOf(totalMinor: number, share: number): number {
  return Math.ceil(Number((totalMinor * share).toFixed(6)));
}

/** Money on the invoices of a plan since it was agreed, minor units; `creditedMinor` are credit notes and what became void. */
export type PlanMoney = {
  paidByMinor: (lastDay: CivilDay) => number;
  creditedMinor: number;
  leftMinor: number;
};

/**
 * How far the money has come: instalments are covered in order by all the money that came by their last day, credit notes spare
 * the last ones. Returns how many are kept.
 */
export function keptInstalments(
  instalments: (Instalment & { lastDay: CivilDay })[],
  { paidByMinor, creditedMinor, leftMinor }: PlanMoney,
): number {
  if (leftMinor <= 0) return instalments.length;
  const total = instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  let owed = 0;
  let kept = 0;
  for (const { amountMinor, lastDay } of instalments) {
    owed += amountMinor;
    if (paidByMinor(lastDay) < Math.min(owed, Math.max(0, total - creditedMinor))) break;
    kept++;
  }
  return kept;
}

import type { CivilDay } from "./civil-date.ts";
import type { Hold, HoldKind } from "./facts.ts";
import { civilDayAt } from "./zone.ts";

/** Whether a recorded hold holds on this day of the customer's zone. */
export function isActive(hold: Hold, today: CivilDay): boolean {
  if (hold.endedAt !== null) return false;
  return hold.until === null || today <= hold.until;
}

/** The civil days that a hold covered or will cover, both inclusive; an open end is Infinity. */
export function daysOf(hold: Hold, zone: string): { first: CivilDay; last: CivilDay } {
  const until = hold.until ?? Number.POSITIVE_INFINITY;
  const ended = hold.endedAt === null ? Number.POSITIVE_INFINITY : civilDayAt(hold.endedAt, zone);
  return { first: civilDayAt(hold.from, zone), last: Math.min(until, ended) };
}

/** Only a promise or a dispute can hold a share; every other kind holds the whole invoice. */
export function canHoldShare(kind: HoldKind): boolean {
  return kind === "promise" || kind === "dispute";
}

/** The share of `balanceMinor` that promises and disputes keep out of what is asked, minor units. */
export function heldShare(holds: Hold[], balanceMinor: number): number {
  let held = 0;
  for (const hold of holds) {
    if (!canHoldShare(hold.kind)) continue;
    held += hold.amountMinor ?? balanceMinor;
  }
  return Math.min(held, balanceMinor);
}

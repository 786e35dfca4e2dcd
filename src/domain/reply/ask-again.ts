import type { Calendar } from "../calendar.ts";
import type { CivilDay } from "../civil-date.ts";
import type { Instant } from "../zone.ts";

type HeldDays = { today: CivilDay; until: CivilDay; calendar: Calendar };

/**
 * When the account owner is asked again about a reply that holds invoices from today through `until`: on the sending day before the last.
 * Finance is asked on the last, `lastAskAgainAt`. Where there is no day between, both are asked on the last; null where that is today.
 */
export function firstAskAgainAt({ today, until, calendar }: HeldDays): Instant | null {
  if (until <= today) return null;
  const before = calendar.previous(until - 1);
  return before > today ? calendar.opensAt(before) : lastAskAgainAt({ until, calendar });
}

export function lastAskAgainAt({ until, calendar }: Omit<HeldDays, "today">): Instant {
  return calendar.opensAt(until);
}

import type { AgeBucket } from "./age.ts";
import type { AlertInvoice, AlertKind } from "./alert.ts";
import type { Calendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import { civilDayAt, type Instant, instantOf } from "./zone.ts";

/** Something of a day: what falls due, or what is promised for it. `amount` is `EUR 1,200.00`, `on` an ISO date. */
export type DigestLine = { on: string; customer: string; number: string; amount: string };

/** What one person reads in the morning, as facts. Amounts of the aging are minor units. */
export type Digest = {
  /** ISO date. */
  on: string;
  /** Reminders that left since the last digest, by invoice. */
  sent: AlertInvoice[];
  /** Other routine news since then. */
  news: { kind: AlertKind; customer: string | null; invoices: AlertInvoice[] }[];
  /** Invoices that fall due from today through the sixth day after. */
  dueThisWeek: DigestLine[];
  /** How many more there are than are listed. */
  dueMore: number;
  /** Promised for today, instalments too. */
  promises: DigestLine[];
  promisesMore: number;
  /** What waits for this person, the oldest first. */
  waiting: {
    kind: AlertKind;
    customer: string | null;
    numbers: string[];
    daysOverdue: number;
    since: string;
  }[];
  waitingMore: number;
  aging: { currency: string; buckets: Record<AgeBucket, number>; totalMinor: number }[];
  /** Totals by currency in the digest of a week ago, or of the last day before that. */
  lastWeek: { on: string; totals: Record<string, number> } | null;
};

const MORNING_MINUTE = 8 * 60 + 30;

/** Whether a digest says anything: how much is open alone is no news. */
export function hasNews({ sent, news, dueThisWeek, promises, waiting }: Digest): boolean {
  return [sent, news, dueThisWeek, promises, waiting].some((part) => part.length > 0);
}

/**
 * The day whose digest is made now, null for none, and when to look next: half past eight on sending days. One missed in the morning is
 * made later that day, never on another. `digestAt` 0 is somebody's first: it waits for a morning.
 */
export function digestDay(input: { digestAt: Instant; at: Instant; calendar: Calendar }): {
  on: CivilDay | null;
  nextAt: Instant;
} {
  const { digestAt, at, calendar } = input;
  const today = civilDayAt(at, calendar.zone);
  const morningOf = (day: CivilDay) => instantOf(day, MORNING_MINUTE, calendar.zone);
  const isMade = digestAt > 0 && calendar.isSendingDay(today) && at >= morningOf(today);
  const isAhead = calendar.isSendingDay(today) && at < morningOf(today);
  const nextAt = morningOf(isAhead ? today : calendar.next(today + 1));
  return { on: isMade ? today : null, nextAt };
}

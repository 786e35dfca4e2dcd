import type { LedgerKind } from "./ledger.ts";
import type { Instant } from "./zone.ts";

/** What other systems are told: each follows from one entry of the ledger, but for the first, which follows from the calendar. */
export const EVENT_TYPES = [
  "invoice.overdue",
  "invoice.paid",
  "invoice.reopened",
  "promise.made",
  "promise.kept",
  "promise.partly_kept",
  "promise.broken",
  "promise.withdrawn",
  "dispute.opened",
  "dispute.closed",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Ids, amounts and days; nothing of a person. */
export type EventData = Record<string, string | null | undefined>;
export type OutgoingEvent = { type: EventType; data: EventData };

/** Entries that an event may follow from. */
export const TOLD_KINDS = [
  "payment_recorded",
  "promise_made",
  "promise_ended",
  "dispute_opened",
  "dispute_closed",
] as const satisfies LedgerKind[];
type ToldKind = (typeof TOLD_KINDS)[number];

/** What others are told of a ledger entry; null where nothing. Amounts are decimals in the invoice's currency. */
export function eventOf({ kind, data }: { kind: ToldKind; data: EventData }): OutgoingEvent | null {
  return READERS[kind](data);
}

const READERS: Record<ToldKind, (data: EventData) => OutgoingEvent | null> = {
  payment_recorded: moneyEvent,
  promise_made: ({ promise, amount, on, last_day }) => ({
    type: "promise.made",
    data: { promise, amount, on, last_day },
  }),
  promise_ended: ({ promise, as = "" }) => {
    const type = PROMISE_ENDS[as!];
    return type ? { type, data: { promise } } : null;
  },
  dispute_opened: ({ dispute, amount, reason }) => ({
    type: "dispute.opened",
    data: { dispute, amount, reason: dispute ? reason : undefined },
  }),
  dispute_closed: ({ dispute, as = "settled", credit }) => ({
    type: "dispute.closed",
    data: { dispute, as, credit },
  }),
};

/** A promise that finance declined was never made. */
const PROMISE_ENDS: Record<string, EventType> = {
  kept: "promise.kept",
  partly_kept: "promise.partly_kept",
  broken: "promise.broken",
  withdrawn: "promise.withdrawn",
  changed: "promise.withdrawn",
};

function moneyEvent({ kind, amount, allocated, balance, paid_on }: EventData): OutgoingEvent | null {
  const [allocatedAmount, left] = [Number(allocated), Number(balance)];
  const data = { kind, amount, balance, paid_on };
  if (allocatedAmount > 0 && left === 0) return { type: "invoice.paid", data };
  if (allocatedAmount < 0 && left === -allocatedAmount) return { type: "invoice.reopened", data };
  return null;
}

/** The body that is signed: https://www.standardwebhooks.com, "payload structure". */
export function bodyOf({ type, data }: OutgoingEvent, at: Instant): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
// The schedule that Standard Webhooks recommends, from where a tick can keep it: some three days in all.
const RETRY_AFTER_MS = [
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
];
const MOST_JITTER = 0.2;

/** How long to wait after so many tries that failed, up to a fifth longer so that they do not all come at once; null to give up. */
export function retryAfterMs(tries: number, random: number): number | null {
  const wait = RETRY_AFTER_MS[tries - 1];
  return wait === undefined ? null : Math.round(wait * (1 + random * MOST_JITTER));
}

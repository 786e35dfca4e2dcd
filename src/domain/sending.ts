import type { Instant } from "./zone.ts";

/** What the mail provider lets the account send, by its own word and our sends since. */
export type Quota = {
  /** Recipients a second; null where it is not known. */
  perSecond: number | null;
  /** Recipients in 24 hours; null where there is no limit or none is known. */
  perDay: number | null;
  sentInDay: number;
  askedAt: Instant;
};

/** Keeps mails from a provider that fails: while it is open nothing leaves, then one mail is let through. */
export type Circuit = {
  /** In a row, up to now. */
  failures: number;
  /** How often it has opened: the number of the present or the last outage. */
  outage: number;
  /** Since when it has been open; null while it is closed. */
  openedAt: Instant | null;
  openUntil: Instant | null;
  /** Mails let through in vain since it opened. */
  probes: number;
};

export type SendingState = {
  quota: Quota | null;
  circuit: Circuit;
  /** This process has seen a mail taken since it read the rest. */
  hasTaken: boolean;
};

export const CLOSED: Circuit = { failures: 0, outage: 0, openedAt: null, openUntil: null, probes: 0 };

/** Failures in a row that open the circuit. */
export const MOST_FAILURES = 5;

const MINUTE_MS = 60_000;
const FIRST_PAUSE_MS = 10 * MINUTE_MS;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
const ASK_AGAIN_MS = 5 * MINUTE_MS;
const ASK_AGAIN_USED_UP_MS = MINUTE_MS;

/** For how long the provider's answer to a mail is waited for. */
export const ANSWER_WITHIN_MS = 30_000;
/** How long one process has for the mail that it lets through. */
export const PROBE_MS = 2 * MINUTE_MS;
/** The provider's window of 24 hours rolls: there may be room again at any time, so it is looked at every hour. */
export const LIMIT_LASTS_MS = 60 * MINUTE_MS;

/** Whether mails may leave: `half_open` lets one through. An end that no pause can have comes from a wrong clock and counts as over. */
export function phaseOf({ openUntil }: Circuit, at: Instant): "closed" | "open" | "half_open" {
  if (openUntil === null) return "closed";
  const leftMs = openUntil - at;
  return leftMs > 0 && leftMs <= LONGEST_PAUSE_MS ? "open" : "half_open";
}

/** The circuit after mails were tried, of which the last `failures` in a row failed, those before them included. */
export function afterAttempts(circuit: Circuit, failures: number, at: Instant): Circuit {
  const { outage, openedAt, openUntil } = circuit;
  if (failures < MOST_FAILURES) return { ...CLOSED, failures, outage };
  const isOpening = openUntil === null;
  const probes = isOpening ? 0 : circuit.probes + 1;
  return {
    failures,
    outage: isOpening ? outage + 1 : outage,
    openedAt: isOpening ? at : openedAt,
    openUntil: at + Math.min(FIRST_PAUSE_MS * 2 ** probes, LONGEST_PAUSE_MS),
    probes,
  };
}

/** Whether the provider has to be asked again for its limits. */
export function mustAsk(quota: Quota | null, at: Instant): boolean {
  if (quota === null) return true;
  const ageMs = at - quota.askedAt;
  return ageMs < 0 || ageMs >= (isLimitReached(quota, at) ? ASK_AGAIN_USED_UP_MS : ASK_AGAIN_MS);
}

export function isLimitReached(quota: Quota | null, at: Instant): boolean {
  return roomInDay(quota, at) === 0;
}

/** To how many recipients mail may still go, by an answer of the last hour; without one the provider has to refuse it itself. */
export function roomInDay(quota: Quota | null, at: Instant): number {
  if (quota === null || quota.perDay === null) return Number.POSITIVE_INFINITY;
  const ageMs = at - quota.askedAt;
  if (ageMs < 0 || ageMs >= LIMIT_LASTS_MS) return Number.POSITIVE_INFINITY;
  return Math.max(0, quota.perDay - quota.sentInDay);
}

/** The provider refused a mail because of the daily quota, whatever we had counted. */
export function usedUp(quota: Quota | null, at: Instant): Quota {
  const { perSecond = null, sentInDay = 0 } = quota ?? {};
  const perDay = quota?.perDay ?? 0;
  return { perSecond, perDay, sentInDay: Math.max(perDay, sentInDay), askedAt: at };
}

/** Whether mails may leave now. */
export function canSend({ quota, circuit }: SendingState, at: Instant): boolean {
  return phaseOf(circuit, at) !== "open" && !isLimitReached(quota, at);
}

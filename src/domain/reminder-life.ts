import { AppError } from "../errors.ts";

export const REMINDER_STATES = [
  "planned",
  "awaiting_approval",
  "claimed",
  "sending",
  "sent",
  "delivered",
  "bounced",
  "complained",
  "deferred",
  "failed",
  "unknown",
  "cancelled",
] as const;

export type ReminderState = (typeof REMINDER_STATES)[number];

/** What a state means for the decisions to come. */
type Meaning = {
  /** Its stages and the contact count: it reached somebody, or may have. */
  counts: boolean;
  /** It is under way, or nobody knows what became of it: its invoices wait for that. */
  isInHand: boolean;
  /** It was tried and reached nobody: it is tried again, under the approval it had. */
  reachedNobody: boolean;
  /** The provider took it. */
  hasLeft: boolean;
  /** What it may become. */
  next: readonly ReminderState[];
};

const WAITING = { counts: false, isInHand: false, reachedNobody: false, hasLeft: false };
const IN_HAND = { ...WAITING, counts: true, isInHand: true };
const GONE = { ...WAITING, counts: true, hasLeft: true };
const UNREACHED = { ...WAITING, reachedNobody: true };

/** What the provider's events make of a mail that it took. */
const EVIDENCE = ["sent", "delivered", "bounced", "complained"] as const;

/**
 * The life of a reminder. What was given up (`deferred`, `failed`) still becomes what the provider's events say: they know better
 * than an answer that was lost or misread.
 */
const LIFE: Record<ReminderState, Meaning> = {
  planned: { ...WAITING, next: ["awaiting_approval", "claimed", "cancelled"] },
  awaiting_approval: { ...WAITING, next: ["claimed", "cancelled"] },
  claimed: { ...IN_HAND, next: ["sending", "cancelled"] },
  sending: { ...IN_HAND, next: [...EVIDENCE, "deferred", "failed", "unknown"] },
  sent: { ...GONE, next: ["delivered", "bounced", "complained"] },
  delivered: { ...GONE, next: ["bounced", "complained"] },
  bounced: { ...UNREACHED, hasLeft: true, next: ["delivered", "complained"] },
  complained: { ...GONE, next: [] },
  deferred: { ...UNREACHED, next: EVIDENCE },
  failed: { ...UNREACHED, next: EVIDENCE },
  unknown: { ...IN_HAND, next: [...EVIDENCE, "deferred", "failed"] },
  cancelled: { ...WAITING, next: [] },
};

export function meaningOf(state: ReminderState): Meaning {
  return LIFE[state];
}

export function canMove(from: ReminderState, to: ReminderState): boolean {
  return LIFE[from].next.includes(to);
}

/** The state moved to. Throws `conflict` for a move that a reminder's life does not have. */
export function move(from: ReminderState, to: ReminderState): ReminderState {
  if (canMove(from, to)) return to;
  throw new AppError("conflict", `a reminder that is ${from} cannot become ${to}`);
}

/** The states of which this is so. */
export function statesThat(is: (meaning: Meaning) => boolean): ReminderState[] {
  return REMINDER_STATES.filter((state) => is(LIFE[state]));
}

import { DAY_MS } from "./civil-date.ts";
import type { Moves } from "./moves.ts";
import type { Instant } from "./zone.ts";

export const DISPUTE_REASONS = [
  "goods",
  "price",
  "quantity",
  "not_received",
  "not_ordered",
  "other",
] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

/** A reason that is told in one's own words is `other`; `text` then begins with them. */
export function readDisputeReason(
  told: string,
  text: string | undefined,
): { reason: DisputeReason; text: string | undefined } {
  const reason = DISPUTE_REASONS.find((known) => known === told.trim().toLowerCase());
  if (reason) return { reason, text };
  return { reason: "other", text: [told.trim(), text].filter(Boolean).join("\n") };
}

export const DISPUTE_OUTCOMES = ["accepted", "rejected", "settled", "withdrawn"] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

export type DisputeState = "open" | DisputeOutcome;

/** A dispute is open until somebody says what became of it. */
export const DISPUTE_MOVES: Moves<DisputeState, DisputeOutcome> = {
  open: { accepted: "accepted", rejected: "rejected", settled: "settled", withdrawn: "withdrawn" },
  accepted: {},
  rejected: {},
  settled: {},
  withdrawn: {},
};

/** How long the account owner has before being asked again, and finance after that. */
export const ANSWER_WITHIN_MS = 2 * DAY_MS;

/** When the owner's answer to a dispute opened then is overdue. */
export function disputeAnswerDueAt(openedAt: Instant): Instant {
  return openedAt + ANSWER_WITHIN_MS;
}

import type { InStatement } from "@libsql/client";
import { addAlerts } from "../../db/alerts.ts";
import { postponeLooks } from "../../db/looks.ts";
import { latestLease, moveStatements, type StoredReminder } from "../../db/reminder-outcomes.ts";
import {
  type DeliveryEvent,
  type DeliveryState,
  isFaultOfMail,
  isMiss,
  stateByEvents,
} from "../../domain/delivery.ts";
import type { LedgerKind } from "../../domain/ledger.ts";
import { canMove, meaningOf } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import { enter, type Recording, touch } from "../recording.ts";
import { missedAlert } from "./outcome-alerts.ts";

/** A stage that missed its recipients so often is not tried again: it counts, and its owner knows by then. */
const MOST_MISSES = 2;
const SAME_AGAIN_AFTER_MS = 24 * 3600 * 1000;

/** Where the provider's events take a reminder; null where they change nothing. */
export function movedBy(
  reminder: StoredReminder,
  events: DeliveryEvent[],
  at: Instant,
): DeliveryState | null {
  const { state, recipients, missesBefore } = reminder;
  const counted = missesBefore < MOST_MISSES ? events : events.map(forgiven);
  const to = stateByEvents(recipients, counted);
  if (to === null || !canMove(state, to)) return null;
  // Our own answer is about to say so, with more to it.
  if (to === "sent" && isOnItsWay(reminder, at)) return null;
  return to;
}

function forgiven(event: DeliveryEvent): DeliveryEvent {
  return isMiss(event) ? { ...event, isPermanent: null } : event;
}

/** Under way in a process that has not been given up. */
export function isOnItsWay({ state, leaseUntil }: StoredReminder, at: Instant): boolean {
  return state === "sending" && leaseUntil !== null && leaseUntil >= at && leaseUntil <= latestLease(at);
}

const KINDS: Record<DeliveryState, LedgerKind> = {
  sent: "reminder_sent",
  delivered: "reminder_delivered",
  bounced: "reminder_bounced",
  complained: "reminder_complained",
};

/** Moves a reminder to where the provider's events take it: the statements, and what its invoices' ledgers tell of it. */
export function moveByEvidence(
  recording: Recording,
  reminder: StoredReminder,
  { to, event }: { to: DeliveryState; event: DeliveryEvent },
): InStatement[] {
  const { id, state, items, customerId } = reminder;
  const { at } = recording;
  const isSettled = !meaningOf(state).hasLeft && !isOnItsWay(reminder, at);
  const settled = isSettled ? { was: state, evidence: event.kind } : {};
  for (const { invoiceId, stage } of items) {
    enter(recording, invoiceId, KINDS[to], { reminder: id, stage, ...detailsOf(event), ...settled });
    if (to !== "bounced") continue;
    enter(recording, invoiceId, "stage_reset", { reminder: id, stage, reason: "nobody was reached" });
  }
  if (isSettled || meaningOf(to).counts !== meaningOf(state).counts) touch(recording, customerId);
  return moveStatements(reminder, to, {
    at,
    settledBy: isSettled ? "evidence" : null,
    failure: to === "bounced" ? event.detail : null,
  });
}

/** What an event tells of one address, for the ledger. */
export function detailsOf({ address, detail }: DeliveryEvent): Record<string, unknown> {
  return { ...(address !== null && { address }), ...(detail !== null && { detail }) };
}

/**
 * What follows once it is recorded that nobody was reached: the next attempt waits a day where it would be the same mail to the same
 * people, and the owner is told, once for a stage, of addresses that take no mail for now.
 */
export function afterBounce(
  reminder: StoredReminder,
  events: DeliveryEvent[],
  { at, isRehearsal }: { at: Instant; isRehearsal: boolean },
): InStatement[] {
  const isMissed = events.some(isMiss);
  if (!isMissed && !isRehearsal && !events.some(isFaultOfMail)) return [];
  const alerts = isMissed ? [missedAlert(reminder)] : [];
  return [postponeLooks([reminder.customerId], at + SAME_AGAIN_AFTER_MS), addAlerts(alerts, at)];
}

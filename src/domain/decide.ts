import { isApprovedAt } from "./approval.ts";
import { isBacklog, isReleased } from "./backlog.ts";
import type { CivilDay } from "./civil-date.ts";
import { type CustomerContext, type Dues, isIssued } from "./customer-context.ts";
import { HOLD_KINDS, type Hold, type InvoiceFacts } from "./facts.ts";
import { canHoldShare, isActive } from "./holds.ts";
import { minBalanceFor, type Stage } from "./policy.ts";
import type { Reason } from "./reasons.ts";
import { hasRecipient } from "./recipients.ts";
import { effectiveDueOn, lastSent, type NextStage, nextStage } from "./stage-due.ts";
import { civilDayAt, type Instant } from "./zone.ts";

/**
 * What to do about one invoice now. `reason` is null when it is sent. `on` is the civil day on which it goes out if nothing
 * changes, null where only a person or new facts can tell. `lookAt` is the next moment at which the clock alone may change the
 * answer, null when only new facts can.
 */
export type Decision = {
  invoice: InvoiceFacts;
  action: "send" | "wait" | "none";
  reason: Reason | null;
  stage: Stage | null;
  stageIndex: number;
  stageDueOn: CivilDay | null;
  isBacklog: boolean;
  askedMinor: number;
  on: CivilDay | null;
  lookAt: Instant | null;
};

/** Something in the way, and the first civil day on which it no longer is; null when no clock removes it. */
type Blocker = { reason: Reason; clearsOn: CivilDay | null };

const FINAL_REASONS: ReadonlySet<Reason> = new Set([
  "void",
  "consumer",
  "no_due_date",
  "paid",
  "below_minimum",
  "ladder_done",
]);

/**
 * Decides for one invoice of the context's customer: the one rule book of the product (facts and policy in, a decision with a
 * reason out). Pure: no clock, no database.
 */
export function decide(context: CustomerContext, invoice: InvoiceFacts): Decision {
  const dues = context.dues.get(invoice.id)!;
  const over = whyNeverMind(context, invoice, dues);
  if (over) return decision(invoice, dues, null, [{ reason: over, clearsOn: null }], context);

  const dueOn = effectiveDueOn(invoice.dueOn!, context.calendar);
  const next = nextStage(invoice, dueOn, context.policy, context.calendar, context.today);
  const blockers: Blocker[] = [];
  if (isBelowMinimum(context, invoice, dues, next?.stage ?? null)) {
    blockers.push({ reason: "below_minimum", clearsOn: nextChangeOfTotal(context) });
  }
  if (!next) {
    blockers.push({ reason: "ladder_done", clearsOn: null });
    return decision(invoice, dues, null, blockers, context);
  }
  addHolds(blockers, context, invoice, dues);
  if (invoice.hasUnknownOutcome) blockers.push({ reason: "unknown_outcome", clearsOn: null });
  const isDue = context.today >= next.dueOn;
  if (!isDue) blockers.push({ reason: "not_due", clearsOn: next.dueOn });
  else if (lastSent(invoice) === context.today) {
    blockers.push({ reason: "not_due", clearsOn: context.today + 1 });
  }
  if (isDue) addDataAndPeople(blockers, context, invoice, next, dueOn);
  addCustomer(blockers, context, next);
  addMoment(blockers, context);
  return decision(invoice, dues, next, blockers, context);
}

function whyNeverMind(context: CustomerContext, invoice: InvoiceFacts, dues: Dues): Reason | null {
  if (invoice.status !== "open") return "void";
  if (context.customer.kind === "consumer") return "consumer";
  if (invoice.dueOn === null) return "no_due_date";
  if (dues.netMinor === 0) return "paid";
  return null;
}

/** Where nothing is left beside what is held, the hold is the reason, not the smallness of nothing. */
function isBelowMinimum(
  context: CustomerContext,
  invoice: InvoiceFacts,
  dues: Dues,
  stage: Stage | null,
): boolean {
  if (dues.askedMinor === 0 || !isIssued(invoice, context.today)) return false;
  const open = context.openMinor.get(invoice.currency) ?? 0;
  const { policy } = context;
  const minimum = stage
    ? minBalanceFor(policy, stage, invoice.currency)
    : policy.minBalance[invoice.currency];
  return open < (minimum ?? 0);
}

/** The clock changes a customer's total only where a hold ends or an invoice is issued. */
function nextChangeOfTotal({ customer, activeHolds, today }: CustomerContext): CivilDay | null {
  const days: CivilDay[] = [];
  const endOf = (hold: Hold) => {
    if (hold.until !== null && isActive(hold, today)) days.push(hold.until + 1);
  };
  activeHolds.forEach(endOf);
  for (const invoice of customer.invoices) {
    if (!isIssued(invoice, today)) days.push(invoice.issuedOn!);
    invoice.holds.forEach(endOf);
  }
  return days.length ? Math.min(...days) : null;
}

function addHolds(blockers: Blocker[], context: CustomerContext, invoice: InvoiceFacts, dues: Dues): void {
  if (invoice.holds.length === 0 && context.activeHolds.length === 0) return;
  const active = [...invoice.holds.filter((hold) => isActive(hold, context.today)), ...context.activeHolds];
  const shareClearsOn = firstEnd(active.filter((hold) => canHoldShare(hold.kind)));
  for (const kind of HOLD_KINDS) {
    const isShare = canHoldShare(kind);
    if (isShare && dues.askedMinor > 0) continue;
    for (const hold of active) {
      if (hold.kind !== kind) continue;
      blockers.push({ reason: `held_${kind}`, clearsOn: isShare ? shareClearsOn : firstEnd([hold]) });
    }
  }
}

/** Shares are held together: as soon as one of them ends, something is left to ask for. */
function firstEnd(holds: Hold[]): CivilDay | null {
  const ends = holds.flatMap((hold) => (hold.until === null ? [] : [hold.until + 1]));
  return ends.length ? Math.min(...ends) : null;
}

function addDataAndPeople(
  blockers: Blocker[],
  context: CustomerContext,
  invoice: InvoiceFacts,
  next: NextStage,
  dueOn: CivilDay,
): void {
  const { policy, world } = context;
  if (invoice.isMissing || (next.stage.needsFreshLedger && isLedgerStale(context, dueOn))) {
    blockers.push({ reason: "stale_ledger", clearsOn: null });
  }
  if (next.stage.approval && !world.assumed.approvals && !isApproved(context, invoice, next.stage)) {
    blockers.push({ reason: "awaiting_approval", clearsOn: null });
  }
  if (policy.backlog.mode === "send" || world.assumed.noBacklog || !isBacklog(context, invoice, next)) return;
  const opensOn = isReleased(context, invoice, next) ? world.backlogOpensOn : null;
  if (opensOn === null || context.today < opensOn) blockers.push({ reason: "backlog", clearsOn: opensOn });
}

function isLedgerStale({ policy, world, calendar, today }: CustomerContext, dueOn: CivilDay): boolean {
  if (policy.freshnessDays === null || world.assumed.freshLedger) return false;
  if (world.freshThrough === null) return true;
  const freshOn = civilDayAt(world.freshThrough, calendar.zone);
  return freshOn <= dueOn || calendar.countBetween(freshOn, today) > policy.freshnessDays;
}

function isApproved({ at }: CustomerContext, invoice: InvoiceFacts, stage: Stage): boolean {
  return invoice.approvals.some((approval) => isApprovedAt(approval, stage.key, at));
}

function addCustomer(blockers: Blocker[], context: CustomerContext, next: NextStage): void {
  const { escalation, contactFrom, today, customer } = context;
  if (escalation && next.index < escalation.stageIndex) {
    blockers.push({
      reason: "customer_escalated",
      clearsOn: escalation.until === null ? null : escalation.until + 1,
    });
  }
  if (contactFrom > today) blockers.push({ reason: "contact_gap", clearsOn: contactFrom });
  if (!hasRecipient(customer.contacts)) {
    blockers.push({ reason: customer.contacts.length === 0 ? "no_contact" : "suppressed", clearsOn: null });
  }
}

function addMoment(blockers: Blocker[], { calendar, today, at, world }: CustomerContext): void {
  if (!calendar.isSendingDay(today))
    blockers.push({ reason: "not_a_sending_day", clearsOn: calendar.next(today) });
  else if (!calendar.isOpenAt(at)) {
    const isBefore = at < calendar.opensAt(today);
    blockers.push({ reason: "outside_hours", clearsOn: isBefore ? today : calendar.next(today + 1) });
  }
  if (world.isSendingLimitReached)
    blockers.push({ reason: "sending_limit", clearsOn: calendar.next(today + 1) });
}

function decision(
  invoice: InvoiceFacts,
  dues: Dues,
  next: NextStage | null,
  blockers: Blocker[],
  context: CustomerContext,
): Decision {
  const first = blockers[0] ?? null;
  const clear = clearsOn(blockers);
  const on = clear === null ? null : context.calendar.next(Math.max(clear, context.today));
  return {
    invoice,
    action: first === null ? "send" : FINAL_REASONS.has(first.reason) ? "none" : "wait",
    reason: first?.reason ?? null,
    stage: next?.stage ?? null,
    stageIndex: next?.index ?? -1,
    stageDueOn: next?.dueOn ?? null,
    isBacklog: next !== null && first === null && isBacklog(context, invoice, next),
    askedMinor: dues.askedMinor,
    on,
    lookAt: first === null ? context.at : lookAt(first, next, context),
  };
}

/** The day on which the last blocker is gone; null when one of them waits for more than time. */
function clearsOn(blockers: Blocker[]): CivilDay | null {
  let last = Number.NEGATIVE_INFINITY;
  for (const blocker of blockers) {
    if (blocker.clearsOn === null) return null;
    last = Math.max(last, blocker.clearsOn);
  }
  return last;
}

/**
 * As soon as the first thing in the way is gone another one may be in the way, which somebody has to be told or asked. A stage that
 * lapses makes way for the next one.
 */
function lookAt(
  first: Blocker,
  next: NextStage | null,
  { calendar, today }: CustomerContext,
): Instant | null {
  const days = [first.clearsOn, next?.lapsesOn ?? null].filter((day) => day !== null);
  return days.length ? calendar.opensAt(calendar.next(Math.max(Math.min(...days), today))) : null;
}

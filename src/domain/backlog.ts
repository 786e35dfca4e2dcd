import type { CivilDay } from "./civil-date.ts";
import type { CustomerContext } from "./customer-context.ts";
import type { Decision } from "./decide.ts";
import type { InvoiceFacts } from "./facts.ts";
import { canHoldShare, daysOf } from "./holds.ts";
import type { NextStage } from "./stage-due.ts";
import { civilDayAt } from "./zone.ts";

const BACKLOG_AFTER_DAYS = 7;

/**
 * Whether a stage became due more than 7 days ago by `asOf`; days on which it was held, spaced out by the contact gap, silenced by
 * a sterner letter or waiting for approval are not counted.
 */
export function isBacklog(
  context: CustomerContext,
  invoice: InvoiceFacts,
  next: NextStage,
  asOf: CivilDay = context.today,
): boolean {
  if (asOf - next.dueOn <= BACKLOG_AFTER_DAYS) return false;
  const excused = excusedDays(context, invoice, next);
  if (excused.length === 0) return true;
  let counted = 0;
  for (let day = asOf; day > next.dueOn; day--) {
    if (excused.some(({ first, last }) => first <= day && day <= last)) continue;
    if (++counted > BACKLOG_AFTER_DAYS) return true;
  }
  return false;
}

/** Whether the operator's last release covers this stage: it was backlog already when that was given. */
export function isReleased(context: CustomerContext, invoice: InvoiceFacts, next: NextStage): boolean {
  if (context.policy.backlog.mode === "spread") return true;
  const { backlogReleasedAt } = context.world;
  if (backlogReleasedAt === null || !invoice.wasKnownAtRelease) return false;
  return isBacklog(context, invoice, next, civilDayAt(backlogReleasedAt, context.calendar.zone));
}

/** Whether a decision to wait as backlog is released, and waits for its share of a day alone. */
export function waitsForShare(context: CustomerContext, decision: Decision): boolean {
  const { invoice, stage, stageIndex: index, stageDueOn: dueOn } = decision;
  return isReleased(context, invoice, { stage: stage!, index, dueOn: dueOn!, lapsesOn: null });
}

type Days = { first: CivilDay; last: CivilDay };

function excusedDays(context: CustomerContext, invoice: InvoiceFacts, next: NextStage): Days[] {
  const { customer, calendar } = context;
  const held = [...invoice.holds, ...customer.holds]
    .filter(
      (hold) =>
        !canHoldShare(hold.kind) || hold.amountMinor === null || hold.amountMinor >= invoice.balanceMinor,
    )
    .map((hold) => daysOf(hold, calendar.zone));
  const asked = invoice.approvals
    .filter((approval) => approval.stage === next.stage.key)
    .map(({ askedAt, approvedAt, endedAt }) => {
      const answeredAt = approvedAt ?? endedAt ?? null;
      return {
        first: civilDayAt(askedAt, calendar.zone),
        last: answeredAt === null ? Number.POSITIVE_INFINITY : civilDayAt(answeredAt, calendar.zone),
      };
    });
  return [...held, ...asked, ...context.quietDays.filter(({ below }) => next.index < below)];
}

import type { CivilDay } from "./civil-date.ts";
import { CAP_DAYS, type CustomerContext } from "./customer-context.ts";
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

type Days = { first: CivilDay; last: CivilDay };

function excusedDays(context: CustomerContext, invoice: InvoiceFacts, next: NextStage): Days[] {
  const { customer, policy, calendar } = context;
  const held = [...invoice.holds, ...customer.holds]
    .filter(
      (hold) =>
        !canHoldShare(hold.kind) || hold.amountMinor === null || hold.amountMinor >= invoice.balanceMinor,
    )
    .map((hold) => daysOf(hold, calendar.zone));
  const spaced = customer.reminderDays.map((day) => ({
    first: day,
    last: day + policy.minContactGapDays - 1,
  }));
  const asked = invoice.approvals
    .filter((approval) => approval.stage === next.stage.key)
    .map(({ askedAt, approvedAt, endedAt }) => {
      const answeredAt = approvedAt ?? endedAt ?? null;
      return {
        first: civilDayAt(askedAt, calendar.zone),
        last: answeredAt === null ? Number.POSITIVE_INFINITY : civilDayAt(answeredAt, calendar.zone),
      };
    });
  return [...held, ...spaced, ...asked, ...cappedDays(context), ...silencedDays(context, next)];
}

function cappedDays({ customer, policy }: CustomerContext): Days[] {
  const cap = policy.maxContactsPer30Days;
  if (cap === null) return [];
  const days = [...customer.reminderDays, ...customer.callDays].sort((a, b) => a - b);
  return days.slice(cap - 1).map((day, i) => ({ first: day, last: days[i]! + CAP_DAYS - 1 }));
}

function silencedDays({ customer, policy }: CustomerContext, next: NextStage): Days[] {
  const days: Days[] = [];
  for (const { stage, on } of customer.invoices.flatMap((invoice) => invoice.steps)) {
    const index = policy.stages.findIndex(({ key }) => key === stage);
    const silencing = policy.stages[index];
    if (!silencing?.silencesCustomer || index <= next.index) continue;
    days.push({ first: on, last: on + (silencing.finalDeadlineDays ?? Number.POSITIVE_INFINITY) });
  }
  return days;
}

import type { CivilDay } from "./civil-date.ts";
import type { CustomerContext } from "./customer-context.ts";
import type { InvoiceFacts } from "./facts.ts";
import { canHoldShare, isActive } from "./holds.ts";
import { effectiveDueOn, nextStage } from "./stage-due.ts";
import type { Instant } from "./zone.ts";

/** A task for the account owner (or finance) that the calendar sets for an unpaid invoice. */
export type OwnerAlert = {
  kind: "account_check" | "owner_warning" | "call_task" | "finance_takes_over" | "hand_off";
  /** Tells it from the others of the same invoice, so that it is raised once. */
  key: string;
  on: CivilDay;
};

/** An alert that nobody could be told in time is stale after this many days: after an outage only what is new is told. */
const STALE_AFTER_DAYS = 7;
/** Offsets up to this one count working days: an account check has to fall on the next one. */
const WORKING_DAYS_UP_TO = 3;

/** What to tell about this invoice now (only the latest of what is due, nothing while it is held or too little to write for), and when to look again. */
export function ownerAlerts(
  context: CustomerContext,
  invoice: InvoiceFacts,
): { due: OwnerAlert | null; lookAt: Instant | null } {
  const { calendar, today, at } = context;
  const isOver = invoice.status !== "open" || invoice.dueOn === null || context.customer.kind === "consumer";
  if (isOver || context.dues.get(invoice.id)!.netMinor === 0) return { due: null, lookAt: null };

  let due: OwnerAlert | null = null;
  let lookAt: Instant | null = null;
  for (const alert of schedule(context, invoice)) {
    const opensAt = calendar.opensAt(alert.on);
    if (opensAt > at) lookAt = Math.min(lookAt ?? opensAt, opensAt);
    else if (!due || alert.on >= due.on) due = alert;
  }
  const holds = [...invoice.holds.filter((hold) => isActive(hold, today)), ...context.activeHolds];
  const isHeld =
    context.dues.get(invoice.id)!.askedMinor === 0 || holds.some(({ kind }) => !canHoldShare(kind));
  const minimum = context.policy.minBalance[invoice.currency] ?? 0;
  const isSmall = (context.openMinor.get(invoice.currency) ?? 0) < minimum;
  if (!due || isHeld || isSmall) return { due: null, lookAt };
  const isTold = invoice.alertsRaised.includes(due.key) || due.on < today - STALE_AFTER_DAYS;
  return { due: isTold ? null : due, lookAt };
}

function schedule(context: CustomerContext, invoice: InvoiceFacts): OwnerAlert[] {
  const { policy, calendar, today } = context;
  const { ownerAlerts: rules } = policy;
  const dueOn = effectiveDueOn(invoice.dueOn!, calendar);
  const dayOf = (offset: number) =>
    offset >= 1 && offset <= WORKING_DAYS_UP_TO ? calendar.add(dueOn, offset) : calendar.next(dueOn + offset);
  const alerts: OwnerAlert[] = [];
  const add = (kind: OwnerAlert["kind"], key: string, offset: number | null | undefined) => {
    if (offset !== null && offset !== undefined) alerts.push({ kind, key, on: dayOf(offset) });
  };
  add("account_check", "account_check", rules.accountCheckOffsetDays);
  for (const offset of rules.callOffsetDays) add("call_task", `call_task_${offset}`, offset);
  add("finance_takes_over", "finance_takes_over", rules.financeTakesOverOffsetDays);
  add("hand_off", "hand_off", rules.handoffOffsetDays);

  const next = nextStage(invoice, dueOn, policy, calendar, today);
  if (next && next.stage.warnOwnerDaysBefore !== null && next.dueOn > today) {
    const on = calendar.previous(next.dueOn - next.stage.warnOwnerDaysBefore);
    alerts.push({ kind: "owner_warning", key: `owner_warning_${next.stage.key}`, on });
  }
  return alerts;
}

import { createHash } from "node:crypto";
import type { NewAlert } from "../../db/alerts.ts";
import type { AlertInvoice } from "../../domain/alert.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import type { CustomerContext } from "../../domain/customer-context.ts";
import type { Decision } from "../../domain/decide.ts";
import type { InvoiceFacts } from "../../domain/facts.ts";
import type { PlannedReminder } from "../../domain/group.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { CustomerPlan } from "../sending/plan-customer.ts";

const FINANCE_ALERTS = new Set(["finance_takes_over", "hand_off"]);

/** What people are to be told because of this plan; each with a fact of its own, so that it is told once. */
export function alertsOfPlan(plan: CustomerPlan, financeOwner: string | null): NewAlert[] {
  const { stored, context } = plan;
  const calendarAlerts = plan.alerts.map(({ decision, alert }): NewAlert => {
    const { invoice } = decision;
    return {
      fact: `${alert.key} ${invoice.id}`,
      kind: alert.kind,
      customerId: stored.facts.id,
      invoiceId: invoice.id,
      toEmail: FINANCE_ALERTS.has(alert.kind) ? (financeOwner ?? stored.ownerEmail) : stored.ownerEmail,
      payload: {
        key: alert.key,
        customer: nameOf(context),
        invoices: [alertInvoice(context, invoice, decision.stage?.key ?? null)],
        note: null,
      },
    };
  });
  const unreachable = plan.decisions.filter(
    ({ reason }) => reason === "no_contact" || reason === "suppressed",
  );
  if (unreachable.length === 0) return calendarAlerts;
  return [...calendarAlerts, nobodyLeft(plan, unreachable)];
}

/** Told again only once the contacts changed: then it is another fact, by a trace of the addresses too short to tell them. */
function nobodyLeft({ stored, context }: CustomerPlan, unreachable: Decision[]): NewAlert {
  const addresses = stored.facts.contacts.map(({ email }) => email.toLowerCase()).sort();
  const trace = createHash("sha256").update(addresses.join(" ")).digest("hex").slice(0, 4);
  return {
    fact: `no_contact ${stored.facts.id} ${trace} ${unreachable[0]!.invoice.id}`,
    kind: "no_contact",
    customerId: stored.facts.id,
    invoiceId: null,
    toEmail: stored.ownerEmail,
    payload: {
      customer: nameOf(context),
      invoices: unreachable.map((decision) =>
        alertInvoice(context, decision.invoice, decision.stage?.key ?? null),
      ),
      note: unreachable[0]!.reason,
      details: { proposal: { action: "new_address" } },
    },
  };
}

/** That a reminder left: routine, folded into one message per owner when it is told. */
export function reminderSentAlert(
  plan: CustomerPlan,
  reminder: PlannedReminder,
  reminderId: string,
): NewAlert {
  const { stored, context } = plan;
  return {
    fact: `reminder_sent ${reminderId}`,
    kind: "reminder_sent",
    customerId: stored.facts.id,
    invoiceId: null,
    toEmail: stored.ownerEmail,
    payload: {
      customer: nameOf(context),
      invoices: reminder.items.map(({ invoice, stage }) => alertInvoice(context, invoice, stage)),
      note: null,
    },
  };
}

/** That the provider refused a reminder for its own sake: told once for its stage. */
export function reminderRefusedAlert(plan: CustomerPlan, reminder: PlannedReminder): NewAlert {
  const [first] = reminder.items.map(({ invoice, stage }) => `${invoice.id} ${stage}`).sort();
  const alert = reminderSentAlert(plan, reminder, "");
  const payload = { ...alert.payload, note: "refused" };
  return { ...alert, fact: `refused ${first}`, kind: "notice_failed", payload };
}

export function alertInvoice(
  context: CustomerContext,
  invoice: InvoiceFacts,
  stage: string | null,
): AlertInvoice {
  const dues = context.dues.get(invoice.id)!;
  return {
    number: invoice.number,
    customer: context.customer.name,
    amount: amountOf(dues.askedMinor || dues.netMinor, invoice.currency),
    dueOn: invoice.dueOn === null ? null : formatCivilDay(invoice.dueOn),
    daysOverdue: invoice.dueOn === null ? 0 : Math.max(0, context.today - invoice.dueOn),
    stage,
  };
}

export function nameOf({ customer }: CustomerContext): { ref: string; name: string } {
  return { ref: customer.ref, name: customer.name };
}

export function amountOf(minor: number, currency: string): string {
  return `${currency} ${formatDecimal(minor, currency).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",")}`;
}

import type { NewAlert } from "../../db/alerts.ts";
import type { World } from "../../db/world.ts";
import { waitsForShare } from "../../domain/backlog.ts";
import { alertInvoice } from "../alerts/alerts-of-plan.ts";
import type { CustomerPlan } from "./plan-customer.ts";

const MOST_LISTED = 15;

/**
 * That invoices wait for payment data (finance is told, once for the data at hand), or as backlog for their release (whoever runs
 * the service is told, once until then; what is released already waits for its share of a day only). One absent from a complete import waits for something else.
 */
export function waitingAlerts(plans: CustomerPlan[], world: World): NewAlert[] {
  const stale = waiting(plans, "stale_ledger");
  const backlog = waiting(plans, "backlog");
  const alert = (waits: typeof stale, told: Pick<NewAlert, "fact" | "kind" | "toEmail">): NewAlert[] =>
    waits.length === 0
      ? []
      : [
          {
            ...told,
            customerId: null,
            invoiceId: null,
            payload: { customer: null, invoices: waits, note: null },
          },
        ];
  const financeOwner = world.creditor?.financeOwner ?? null;
  return [
    ...alert(stale, {
      fact: `stale_ledger ${world.freshThrough}`,
      kind: "stale_ledger",
      toEmail: financeOwner,
    }),
    ...alert(backlog, { fact: `backlog ${world.backlogReleasedAt}`, kind: "backlog", toEmail: null }),
  ];
}

function waiting(plans: CustomerPlan[], reason: "stale_ledger" | "backlog") {
  const invoices = plans.flatMap(({ context, decisions }) =>
    decisions
      .filter((decision) => decision.reason === reason && !decision.invoice.isMissing)
      .filter((decision) => reason !== "backlog" || !waitsForShare(context, decision))
      .map(({ invoice, stage }) => ({ context, invoice, stage: stage?.key ?? null })),
  );
  return invoices
    .slice(0, MOST_LISTED)
    .map(({ context, invoice, stage }) => alertInvoice(context, invoice, stage));
}

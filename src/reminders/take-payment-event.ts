import { addAlerts, type NewAlert } from "../db/alerts.ts";
import { findCreditor } from "../db/creditor.ts";
import { keepWebhookStatement } from "../db/kept-webhooks.ts";
import type { Services } from "../services.ts";
import { recordFreshness } from "./record-freshness.ts";
import { type PaymentEvent, type PaymentSource, recordPaymentEvent } from "./retry-kept-payments.ts";

/**
 * Records what a payment service tells, once by its reference. What does not fit what is on record yet (a refund before its
 * payment, an invoice that is not known) is kept, tried again with all payment data that comes later, and finance is told.
 * Throws `invalid` for columns that cannot be read.
 */
export async function takePaymentEvent(
  services: Services,
  { id, source, event }: { id: string; source: PaymentSource; event: PaymentEvent },
): Promise<"recorded" | "repeated" | "kept"> {
  const at = services.clock();
  const outcome = await recordPaymentEvent(services, { source, event });
  if (outcome.ok) {
    await recordFreshness(services, { through: at });
    return outcome.changed ? "recorded" : "repeated";
  }
  const reason = `${outcome.column} ${outcome.error}`;
  const kept = { id: `${source} ${id}`, source, reason, body: JSON.stringify(event) };
  await services.db.batch([keepWebhookStatement(kept, at), addAlerts([await keptAlert(services, kept)], at)]);
  services.log("warn", "payment_kept", { id: kept.id, column: outcome.column });
  return "kept";
}

async function keptAlert(
  { db }: Services,
  { id, reason }: { id: string; reason: string },
): Promise<NewAlert> {
  return {
    fact: `payment_kept ${id}`,
    kind: "payment_kept",
    customerId: null,
    invoiceId: null,
    toEmail: (await findCreditor(db))?.financeOwner ?? null,
    payload: { customer: null, invoices: [], note: `${reason} (${id})` },
  };
}

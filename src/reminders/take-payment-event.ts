import { addAlerts, type NewAlert } from "../db/alerts.ts";
import { findCreditor } from "../db/creditor.ts";
import { keepWebhookStatement } from "../db/kept-webhooks.ts";
import type { Services } from "../services.ts";
import { recordFreshness } from "./record-freshness.ts";
import { NO_PAYMENT_YET, recordPaymentEvent, type ToldPayment, waitsForOf } from "./record-payment-event.ts";

/**
 * Records what a payment service tells, once by its reference. What does not fit what is on record yet (a refund before its
 * payment, an invoice that is not known) is kept, tried again with all payment data that comes later, and finance is told.
 * Throws `invalid` for columns that cannot be read.
 */
export async function takePaymentEvent(
  services: Services,
  { id: messageId, source, event }: ToldPayment,
): Promise<"recorded" | "repeated" | "kept"> {
  const at = services.clock();
  const id = `${source} ${messageId}`;
  const outcome = await recordPaymentEvent(services, { id, source, event });
  if (outcome.ok) {
    await recordFreshness(services, { through: at });
    return outcome.changed ? "recorded" : "repeated";
  }
  const reason = `${outcome.column} ${outcome.error}`;
  // A reference that is on record as something else stays so, whatever comes later.
  const waitsFor =
    outcome.column === "reference" && outcome.error !== NO_PAYMENT_YET ? undefined : waitsForOf(event);
  const kept = { id, source, reason, body: JSON.stringify(event), waitsFor };
  await services.db.batch([keepWebhookStatement(kept, at), addAlerts([await keptAlert(services, kept)], at)]);
  services.log("warn", "payment_kept", { id, column: outcome.column });
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

import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { findCreditor } from "../../db/creditor.ts";
import { exactBalancesQuery, readFitting } from "../../db/exact-balances.ts";
import { keepWebhookStatement } from "../../db/kept-webhooks.ts";
import type { AlertInvoice } from "../../domain/alert.ts";
import { isCurrency, parseAmount } from "../../domain/money.ts";
import type { Services } from "../../services.ts";
import { NO_PAYMENT_YET } from "./find-paid-invoice.ts";
import { fittingLines } from "./fitting-lines.ts";
import { recordFreshness } from "./record-freshness.ts";
import {
  type PaymentEvent,
  recordPaymentEvent,
  type ToldPayment,
  waitsForOf,
} from "./record-payment-event.ts";
import { retryKeptPayments } from "./retry-kept-payments.ts";

/** Events come in any order: what fits a moment later is nothing to tell of. */
const TOLD_AFTER_MS = 15 * 60 * 1000;

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
    const isMoney = "row" in event || !("names" in event);
    await (isMoney ? recordFreshness(services, { through: at }) : retryKeptPayments(services));
    return outcome.changed ? "recorded" : "repeated";
  }
  const reason = `${outcome.column} ${outcome.error}`;
  // A reference that is on record as something else stays so, whatever comes later.
  const waitsFor =
    outcome.column === "reference" && outcome.error !== NO_PAYMENT_YET ? undefined : waitsForOf(event);
  const kept = { id, source, reason, body: JSON.stringify(event), waitsFor };
  const alert = await keptAlert(services, kept, event);
  await services.db.batch([keepWebhookStatement(kept, at), addAlerts([alert], at + TOLD_AFTER_MS)]);
  services.log("warn", "payment_kept", { id, column: outcome.column });
  return "kept";
}

async function keptAlert(
  services: Services,
  { id, reason }: { id: string; reason: string },
  event: PaymentEvent,
): Promise<NewAlert> {
  return {
    fact: `payment_kept ${id}`,
    kind: "payment_kept",
    customerId: null,
    invoiceId: null,
    about: id,
    toEmail: (await findCreditor(services.db))?.financeOwner ?? null,
    payload: { customer: null, invoices: await suggestionsFor(services, event), note: `${reason} (${id})` },
  };
}

/** Open invoices that this money would settle to the minor unit: for a person to choose from, never taken by itself. */
async function suggestionsFor({ db, clock }: Services, event: PaymentEvent): Promise<AlertInvoice[]> {
  if (!("row" in event) || (event.row.kind ?? "payment") !== "payment") return [];
  const { amount = "", currency = "" } = event.row;
  const amountMinor = isCurrency(currency) ? parseAmount(amount, currency) : null;
  if (amountMinor === null) return [];
  const unclear = { customerId: null, currency, amountMinor };
  const [found] = await db.batch([exactBalancesQuery(unclear)], "read");
  return fittingLines(readFitting(found!), unclear, clock());
}

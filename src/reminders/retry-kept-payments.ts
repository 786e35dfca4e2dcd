import { z } from "zod";
import { findListedInvoice } from "../db/invoice-list.ts";
import { forgetKeptStatement, listKeptPayments } from "../db/kept-webhooks.ts";
import { findInvoicePaidBy } from "../db/payments.ts";
import { parsePaymentRow } from "../domain/rows.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { putInvoices } from "./put-invoices.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import { recordPayments } from "./record-payments.ts";

/**
 * Money that moved, in canonical payment columns, or an invoice that is void. `givesBack` is the reference of the payment whose
 * invoice it concerns, where the row names none.
 */
const paymentEvent = z.union([
  z.object({ row: z.record(z.string(), z.string()), givesBack: z.string().optional() }),
  z.object({ voided: z.string() }),
]);
export type PaymentEvent = z.output<typeof paymentEvent>;
export type PaymentSource = "payments" | "stripe";

const RETRIED_AT_ONCE = 100;

/** Tries again the payment events that were kept, until nothing more of them can be recorded. */
export async function retryKeptPayments(services: Services): Promise<void> {
  for (let recorded = 1; recorded > 0; ) {
    recorded = 0;
    for (const { id, source, body } of await listKeptPayments(services.db, RETRIED_AT_ONCE)) {
      const event = paymentEvent.parse(JSON.parse(body));
      const outcome = await recordPaymentEvent(services, { source: source as PaymentSource, event });
      if (!outcome.ok) continue;
      await services.db.batch([forgetKeptStatement(id)]);
      recorded++;
    }
  }
}

/** Records one payment event, or says what it does not fit. Throws `invalid` for columns that cannot be read. */
export async function recordPaymentEvent(
  services: Services,
  { source, event }: { source: PaymentSource; event: PaymentEvent },
): Promise<RecordOutcome> {
  const context = { author: source, at: services.clock(), source: "webhook" as const };
  if ("voided" in event) {
    const invoice = await findListedInvoice(services.db, event.voided);
    if (!invoice) return refusal("invoice_number", event.voided, "no such invoice");
    const { number, customerRef } = invoice;
    const [voided] = await putInvoices(services, [{ number, customerRef, status: "void" }], context);
    return voided!;
  }
  const { invoice_number: told, ...rest } = event.row;
  const number = told ?? (await findInvoicePaidBy(services.db, event.givesBack));
  const invoice = number === undefined ? undefined : await findListedInvoice(services.db, number);
  // An invoice that is not known leaves the money as credit of the customer that the event names.
  const row =
    number === undefined || (!invoice && rest.customer_ref) ? rest : { ...rest, invoice_number: number };
  if (number === undefined && event.givesBack)
    return refusal("reference", event.givesBack, "no such payment yet");
  const parsed = parsePaymentRow(row, { currencyOf: () => invoice?.currency });
  if (parsed.ok) return (await recordPayments(services, [parsed.record], context))[0]!;
  // The currency of an invoice that is not known yet comes with it.
  if (parsed.column === "currency" && number && !invoice)
    return refusal("invoice_number", number, "no such invoice");
  throw new AppError("invalid", `${parsed.column}: ${parsed.error}`);
}

function refusal(column: string, value: string, error: string): RecordOutcome {
  return { ok: false, column, value, error };
}

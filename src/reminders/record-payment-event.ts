import { z } from "zod";
import { findListedInvoice } from "../db/invoice-list.ts";
import { isSeen, seenStatement } from "../db/kept-webhooks.ts";
import { findInvoicePaidBy, sumPaidUnder } from "../db/payments.ts";
import { formatDecimal, parseAmount } from "../domain/money.ts";
import { parsePaymentRow } from "../domain/rows.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { putInvoices } from "./put-invoices.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import { recordPayments } from "./record-payments.ts";

/**
 * Money that moved, in canonical payment columns, or an invoice that is void. `givesBack` is the reference of the payment whose
 * invoice it concerns, where the row names none. With `totalUnder` the amount is all that was paid so far under references that
 * begin so, and what is new of it is recorded.
 */
const paymentEvent = z.union([
  z.object({
    row: z.record(z.string(), z.string()),
    givesBack: z.string().optional(),
    totalUnder: z.string().optional(),
  }),
  z.object({ voided: z.string() }),
]);
export type PaymentEvent = z.output<typeof paymentEvent>;
export type Money = Extract<PaymentEvent, { row: unknown }>;
export type PaymentSource = "payments" | "stripe";
export type ToldPayment = { id: string; source: PaymentSource; event: PaymentEvent };

export const NO_PAYMENT_YET = "no such payment yet";

/** A payment event as it was kept. Throws `invalid` for what is none. */
export function parsePaymentEvent(body: string): PaymentEvent {
  const read = paymentEvent.safeParse(JSON.parse(body));
  if (read.success) return read.data;
  throw new AppError("invalid", "what was kept is no payment event");
}

/** The invoice, payment or customer without which an event cannot be recorded; undefined where it names none. */
export function waitsForOf(event: PaymentEvent): string | undefined {
  if ("voided" in event) return event.voided;
  return event.row.invoice_number ?? event.givesBack ?? event.row.customer_ref;
}

/** Records one payment event, or says what it does not fit. Throws `invalid` for columns that cannot be read. */
export async function recordPaymentEvent(services: Services, told: ToldPayment): Promise<RecordOutcome> {
  const { id, source, event } = told;
  if ("voided" in event) return voidInvoice(services, { id, source, number: event.voided });
  const { invoice_number: named, ...rest } = event.row;
  const number = named ?? (await findInvoicePaidBy(services.db, event.givesBack));
  if (number === undefined && event.givesBack) return refusal("reference", event.givesBack, NO_PAYMENT_YET);
  const invoice = number === undefined ? undefined : await findListedInvoice(services.db, number);
  const currencyOf = () => invoice?.currency;
  const record = async (row: Record<string, string>): Promise<RecordOutcome> => {
    const parsed = parsePaymentRow(row, { currencyOf });
    if (!parsed.ok) throw new AppError("invalid", `${parsed.column}: ${parsed.error}`);
    return (await recordPayments(services, [parsed.record], contextOf(services, source)))[0]!;
  };
  if (!invoice) {
    // Money for an invoice that is not known is credit of the customer that the event names.
    if (rest.customer_ref || number === undefined) return record(rest);
    return refusal("invoice_number", number, "no such invoice");
  }
  const row = await newPartOf(services, event, { ...rest, invoice_number: invoice.number });
  if (row === null) return { ok: true, changed: false };
  const outcome = await record(row);
  // What was taken as credit before its invoice was known, and comes again.
  const isKnown = !outcome.ok && outcome.column === "reference" && rest.customer_ref !== undefined;
  const again = isKnown ? await record(rest) : outcome;
  return again.ok ? again : outcome;
}

async function voidInvoice(
  services: Services,
  { id, source, number }: { id: string; source: PaymentSource; number: string },
): Promise<RecordOutcome> {
  const { db, clock } = services;
  if (await isSeen(db, id)) return { ok: true, changed: false };
  const invoice = await findListedInvoice(db, number);
  if (!invoice) return refusal("invoice_number", number, "no such invoice");
  const record = { number, customerRef: invoice.customerRef, status: "void" as const };
  const [outcome] = await putInvoices(services, [record], contextOf(services, source));
  if (outcome!.ok) await db.batch([seenStatement(id, clock())]);
  return outcome!;
}

/** What is to be recorded of a total; null where all of it is. The total becomes part of the reference, which makes it once. */
async function newPartOf(
  { db }: Services,
  { totalUnder }: Money,
  row: Record<string, string>,
): Promise<Record<string, string> | null> {
  const { amount = "", currency = "" } = row;
  const total = totalUnder === undefined ? null : parseAmount(amount, currency);
  if (totalUnder === undefined || total === null) return row;
  const left = total - (await sumPaidUnder(db, totalUnder));
  if (left <= 0) return null;
  return { ...row, amount: formatDecimal(left, currency), reference: `${totalUnder} ${total}` };
}

function contextOf({ clock }: Services, author: PaymentSource) {
  return { author, at: clock(), source: "webhook" as const };
}

function refusal(column: string, value: string, error: string): RecordOutcome {
  return { ok: false, column, value, error };
}

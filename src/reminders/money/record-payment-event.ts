import type { Transaction } from "@libsql/client";
import { z } from "zod";
import { meanBy, putNames, putPart, sumsUnder } from "../../db/payment-names.ts";
import { formatDecimal } from "../../domain/money.ts";
import { parsePaymentRow } from "../../domain/rows.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { RecordOutcome } from "../records/record-outcome.ts";
import { refuse } from "../records/refuse-invoice.ts";
import type { WriteContext } from "../records/write-context.ts";
import { findInvoiceOf, NO_PAYMENT_YET } from "./find-paid-invoice.ts";
import { contestPayment, voidInvoice } from "./follow-payment-event.ts";
import { recordPaymentsWithin } from "./record-payments.ts";

/**
 * What a payment service tells: money that moved, in canonical payment columns; an invoice that is void; a payment that its payer's
 * bank contests, or no longer does; or only what stands for what there.
 *
 * `names` are such meanings. `of` is a name of the payment or invoice that it concerns, where the row names no invoice. `counts`
 * says that the same money may be told in two ways: as one of several parts, or as the total of all of them so far; what is
 * recorded is the larger of the two, whatever the order.
 */
const paymentEvent = z.union([
  z.object({
    row: z.record(z.string(), z.string()),
    names: z.record(z.string(), z.string()).optional(),
    of: z.string().optional(),
    counts: z.enum(["part", "total"]).optional(),
  }),
  z.object({ voided: z.string() }),
  z.object({ dispute: z.string(), isOpen: z.boolean(), of: z.string() }),
  z.object({ names: z.record(z.string(), z.string()) }),
]);
export type PaymentEvent = z.output<typeof paymentEvent>;
export type Money = Extract<PaymentEvent, { row: unknown }>;
export type PaymentSource = "payments" | "stripe";
/** `author` is whoever says what it was for; absent, the service itself. */
export type ToldPayment = { id: string; source: PaymentSource; event: PaymentEvent; author?: string };

/** A payment event as it was kept. Throws `invalid` for what is none. */
export function parsePaymentEvent(body: string): PaymentEvent {
  const read = paymentEvent.safeParse(JSON.parse(body));
  if (read.success) return read.data;
  throw new AppError("invalid", "what was kept is no payment event");
}

/** The invoice, payment or customer without which an event cannot be recorded; undefined where it names none. */
export function waitsForOf(event: PaymentEvent): string | undefined {
  if ("voided" in event) return event.voided;
  if ("row" in event) return event.row.invoice_number ?? event.of ?? event.row.customer_ref;
  return "of" in event ? event.of : undefined;
}

/** Records one payment event, or says what it does not fit. Throws `invalid` for columns that cannot be read. */
export async function recordPaymentEvent(services: Services, told: ToldPayment): Promise<RecordOutcome> {
  const { id, event } = told;
  const context = { author: told.author ?? told.source, at: services.clock(), source: "webhook" as const };
  if ("voided" in event) return voidInvoice(services, { id, number: event.voided }, context);
  if ("dispute" in event) return contestPayment(services, event, context);
  return services.db.write(async (tx) => {
    const isNew = await putNames(tx, event.names ?? {});
    return "row" in event ? recordMoneyEvent(tx, event, context) : { ok: true, changed: isNew };
  });
}

async function recordMoneyEvent(
  tx: Transaction,
  event: Money,
  context: WriteContext,
): Promise<RecordOutcome> {
  const { invoice_number: named, ...rest } = event.row;
  const number = await findInvoiceOf(tx, { number: named, of: event.of });
  if (number !== undefined) {
    const row = await newPartOf(tx, event, { ...rest, invoice_number: number });
    if (row === null) return { ok: true, changed: false };
    const outcome = await record(tx, row, context);
    // What was taken as credit before its invoice was known, and comes again.
    const isKnown = !outcome.ok && outcome.column === "reference" && rest.customer_ref !== undefined;
    const again = isKnown ? await record(tx, rest, context) : outcome;
    return again.ok ? again : outcome;
  }
  // Money for an invoice that is not known is credit of the customer that the event names.
  if (rest.customer_ref) return record(tx, rest, context);
  if (named) return refuse("invoice_number", named, "no such invoice");
  if (event.of && event.of !== rest.reference) return refuse("reference", event.of, NO_PAYMENT_YET);
  if (readRow({ ...rest, invoice_number: "any" }).kind !== "payment") readRow(rest);
  return refuse("invoice_number", "", "names neither invoice nor customer");
}

/** What of this money is not recorded yet; null where all of it is. A total becomes part of the reference, which makes it once. */
async function newPartOf(
  tx: Transaction,
  { counts, of }: Money,
  row: Record<string, string> & { invoice_number: string },
): Promise<Record<string, string> | null> {
  if (counts === undefined) return row;
  const { amountMinor, currency, kind, reference } = readRow(row);
  const name = reference!;
  const group = kind === "refund" && of !== undefined ? of : row.invoice_number;
  if (kind === "payment") await meanBy(tx, name, group);
  if (counts === "part") await putPart(tx, { name, kind, amountMinor });
  const { toldMinor, recordedMinor } = await sumsUnder(tx, group, kind);
  const leftMinor = Math.max(toldMinor, counts === "total" ? amountMinor : 0) - recordedMinor;
  return leftMinor <= 0 ? null : { ...row, amount: formatDecimal(leftMinor, currency) };
}

async function record(
  tx: Transaction,
  row: Record<string, string>,
  context: WriteContext,
): Promise<RecordOutcome> {
  const { rows } = await tx.execute({
    sql: "SELECT currency FROM invoices WHERE number = ?",
    args: [row.invoice_number ?? null],
  });
  const currency = rows[0]?.currency;
  const complete = currency && !row.currency ? { ...row, currency: String(currency) } : row;
  return (await recordPaymentsWithin(tx, [readRow(complete)], context))[0]!;
}

function readRow(row: Record<string, string>) {
  const parsed = parsePaymentRow(row);
  if (!parsed.ok) throw new AppError("invalid", `${parsed.column}: ${parsed.error}`);
  return parsed.record;
}

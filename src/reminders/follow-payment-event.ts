import { findListedInvoice } from "../db/invoice-list.ts";
import { isSeen, seenStatement } from "../db/kept-webhooks.ts";
import type { Services } from "../services.ts";
import { findInvoiceOf, NO_PAYMENT_YET } from "./find-paid-invoice.ts";
import { putInvoices } from "./put-invoices.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import { refuse } from "./refuse-invoice.ts";
import type { WriteContext } from "./write-context.ts";

/** Follows once, by the event's id, that an invoice is void where it was written. */
export async function voidInvoice(
  services: Services,
  { id, number }: { id: string; number: string },
  context: WriteContext,
): Promise<RecordOutcome> {
  const { db, clock } = services;
  if (await isSeen(db, id)) return { ok: true, changed: false };
  const invoice = await findListedInvoice(db, number);
  if (!invoice) return refuse("invoice_number", number, "no such invoice");
  const record = { number, customerRef: invoice.customerRef, status: "void" as const };
  const [outcome] = await putInvoices(services, [record], context);
  if (outcome!.ok) await db.batch([seenStatement(id, clock())]);
  return outcome!;
}

/**
 * While the payer's bank decides on a payment that its payer contests, nobody is reminded of what came open by it: it may come back.
 * Once that is over it is never contested again, whatever comes late.
 */
export async function contestPayment(
  services: Services,
  { dispute, isOpen, of }: { dispute: string; isOpen: boolean; of: string },
  context: WriteContext,
): Promise<RecordOutcome> {
  const { db, clock } = services;
  if (await isSeen(db, dispute)) return { ok: true, changed: false };
  const number = await db.write((tx) => findInvoiceOf(tx, { of }));
  if (number === undefined) return refuse("reference", of, NO_PAYMENT_YET);
  const { customerRef } = (await findListedInvoice(db, number))!;
  const [outcome] = await putInvoices(services, [{ number, customerRef, isDisputed: isOpen }], context);
  if (!isOpen && outcome!.ok) await db.batch([seenStatement(dispute, clock())]);
  return outcome!;
}

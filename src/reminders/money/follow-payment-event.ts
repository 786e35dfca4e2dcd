import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { findCreditor } from "../../db/creditor.ts";
import { findListedInvoice, type ListedInvoice } from "../../db/invoice-list.ts";
import { isSeen, seenStatement } from "../../db/kept-webhooks.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { putInvoices } from "../records/put-invoices.ts";
import type { RecordOutcome } from "../records/record-outcome.ts";
import { refuse } from "../records/refuse-invoice.ts";
import type { WriteContext } from "../records/write-context.ts";
import { findInvoiceOf, NO_PAYMENT_YET } from "./find-paid-invoice.ts";
import { fittingLines } from "./fitting-lines.ts";

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
 * While the payer's bank decides on a payment that its payer contests, finance knows, and nobody is reminded of what came open by it:
 * it may come back.
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
  const invoice = (await findListedInvoice(db, number))!;
  const record = { number, customerRef: invoice.customerRef, isDisputed: isOpen };
  const [outcome] = await putInvoices(services, [record], context);
  if (!outcome!.ok) return outcome!;
  const toEmail = (await findCreditor(db))?.financeOwner ?? null;
  await db.batch([
    isOpen
      ? addAlerts([contestedAlert({ dispute, invoice, toEmail }, context.at)], context.at)
      : seenStatement(dispute, clock()),
  ]);
  return outcome!;
}

function contestedAlert(
  told: { dispute: string; invoice: ListedInvoice; toEmail: string | null },
  at: Instant,
): NewAlert {
  const { dispute, invoice, toEmail } = told;
  const {
    id,
    number,
    customerId,
    customerRef: ref,
    customerName: name,
    currency,
    amountMinor,
    dueOn,
  } = invoice;
  return {
    fact: `payment_contested ${dispute}`,
    kind: "payment_contested",
    customerId,
    invoiceId: id,
    toEmail,
    payload: {
      customer: { ref, name },
      invoices: fittingLines([{ number, customer: name, dueOn }], { currency, amountMinor }, at),
      note: dispute,
    },
  };
}

import type { StoredInvoice } from "../../db/invoices.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";

/** What changed of an invoice, from what to what, in the words of the ledger; empty when nothing did. */
export function differences(before: StoredInvoice, after: StoredInvoice): Record<string, unknown> {
  const isSame = FIELDS.every((field) => before[field] === after[field]);
  if (isSame) return {};
  const [from, to]: Record<string, unknown>[] = [said(before), said(after)];
  return Object.fromEntries(
    Object.keys(from!)
      .filter((column) => from![column] !== to![column])
      .map((column) => [column, { from: from![column] ?? null, to: to![column] ?? null }]),
  );
}

const FIELDS = [
  "amountMinor",
  "issuedOn",
  "dueOn",
  "status",
  "poNumber",
  "paymentUrl",
  "invoiceUrl",
  "missingSince",
] as const;

/** An invoice in the words of the ledger; in the order of the alphabet, as it is hashed. */
export function said(invoice: StoredInvoice, status = invoice.status) {
  return {
    amount: formatDecimal(invoice.amountMinor, invoice.currency),
    currency: invoice.currency,
    customer_ref: invoice.customerRef,
    due_on: isoDay(invoice.dueOn),
    invoice_number: invoice.number,
    invoice_url: invoice.invoiceUrl ?? undefined,
    issued_on: isoDay(invoice.issuedOn),
    missing: invoice.missingSince === null ? undefined : true,
    payment_url: invoice.paymentUrl ?? undefined,
    po_number: invoice.poNumber ?? undefined,
    status,
  };
}

const MANY_DAYS = 10_000;
const isoDays = new Map<CivilDay, string>();

// A file holds few different days, and writing one costs as much as hashing an entry.
function isoDay(day: CivilDay | null): string | undefined {
  if (day === null) return undefined;
  const known = isoDays.get(day);
  if (known) return known;
  if (isoDays.size >= MANY_DAYS) isoDays.clear();
  const iso = formatCivilDay(day);
  isoDays.set(day, iso);
  return iso;
}

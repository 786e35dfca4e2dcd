import type { CustomerProfile } from "../../db/customers.ts";
import type { StoredInvoice } from "../../db/invoices.ts";
import type { StoredPayment } from "../../db/payments.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { PaymentRecord } from "../../domain/records.ts";
import { type Refused, refuse } from "../records/refuse-invoice.ts";
import type { Account } from "./record-money.ts";

/** What makes a payment the same one when it comes again: its reference, else where it stood and what it said. */
export function identityOf(record: PaymentRecord): string {
  if (record.reference !== undefined) return `ref:${record.reference}`;
  const { invoiceNumber, customerRef, paidOn, amountMinor, currency, occurrence } = record;
  const of = invoiceNumber === undefined ? ["customer", customerRef] : ["invoice", invoiceNumber];
  return `row:${[...of, formatCivilDay(paidOn), amountMinor, currency, occurrence].join("|")}`;
}

/** Why a payment cannot be recorded on what it names; null when it can. */
export function refusePayment(
  record: PaymentRecord,
  invoice: StoredInvoice | undefined,
  customer: CustomerProfile | undefined,
): Refused | null {
  const { invoiceNumber, customerRef, currency, amountMinor } = record;
  if (amountMinor <= 0) {
    return refuse(
      "amount",
      formatDecimal(amountMinor, currency),
      "is not above zero; money that goes back is of kind refund",
    );
  }
  if (invoiceNumber === undefined && customerRef === undefined) {
    return refuse("invoice_number", "", "names neither an invoice nor a customer; one of them is needed");
  }
  if (invoiceNumber !== undefined && !invoice) {
    return refuse(
      "invoice_number",
      invoiceNumber,
      "no such invoice; import it first, or name only the customer",
    );
  }
  if (customerRef !== undefined && !customer) {
    return refuse("customer_ref", customerRef, "no such customer; import it first");
  }
  if (invoice && customer && invoice.customerId !== customer.id) {
    const error = `invoice ${invoice.number} belongs to customer ${invoice.customerRef}`;
    return refuse("customer_ref", customer.ref, error);
  }
  if (invoice && invoice.currency !== currency) {
    return refuse(
      "currency",
      currency,
      `invoice ${invoice.number} is in ${invoice.currency}; write what it was credited with`,
    );
  }
  return null;
}

/** Why a payment with a reference that is on record is not the one on record; null when it is, or none is. */
export function refuseRepetition(
  known: StoredPayment | undefined,
  record: PaymentRecord,
  account: Account | undefined,
  customer: CustomerProfile | undefined,
): Refused | null {
  if (!known || record.reference === undefined) return null;
  const isSame =
    known.amountMinor === record.amountMinor &&
    known.currency === record.currency &&
    known.paidOn === record.paidOn &&
    // A person may have said since what credit was for.
    (!account || known.invoiceId === account.invoice.id) &&
    known.customerId === (account?.invoice.customerId ?? customer?.id);
  if (isSame) return null;
  const there = describe(known);
  const here = describe(record);
  const error =
    there === here
      ? `is on record for another invoice or customer: ${there}; give this one a reference of its own`
      : `is on record as ${there}, and this says ${here}; give this one a reference of its own`;
  return refuse("reference", record.reference, error);
}

/** Why so much cannot be given back. */
export function refuseExcess(
  record: PaymentRecord,
  invoice: StoredInvoice | undefined,
  creditMinor: number,
): Refused {
  const { currency, amountMinor } = record;
  const paidMinor = invoice ? invoice.amountMinor - invoice.balanceMinor : 0;
  const overpaidMinor = invoice ? Math.max(0, Math.min(invoice.restMinor, creditMinor)) : creditMinor;
  const most = `${formatDecimal(paidMinor + overpaidMinor, currency)} ${currency}`;
  const what = invoice ? `recorded as paid on invoice ${invoice.number}` : "credit of this customer";
  return refuse(
    "amount",
    formatDecimal(amountMinor, currency),
    `is more than can go back: ${most} is ${what}`,
  );
}

function describe({
  amountMinor,
  currency,
  paidOn,
}: Pick<PaymentRecord, "amountMinor" | "currency" | "paidOn">): string {
  return `${formatDecimal(amountMinor, currency)} ${currency} of ${formatCivilDay(paidOn)}`;
}

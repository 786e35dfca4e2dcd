import type { StoredInvoice } from "../../db/invoices.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { InvoiceRecord } from "../../domain/records.ts";
import type { RecordOutcome } from "./record-outcome.ts";

export type Refused = Extract<RecordOutcome, { ok: false }>;

export function refuse(column: string, value: string, error: string): Refused {
  return { ok: false, column, value, error };
}

/** Why a record cannot be stored beside what is stored about its invoice, and what would be right; null when it can. */
export function refuseInvoice(stored: StoredInvoice | undefined, record: InvoiceRecord): Refused | null {
  return (stored ? refuseChange(stored, record) : refuseNew(record)) ?? refuseDates(stored, record);
}

function refuseNew({ number, currency, amountMinor, paidMinor }: InvoiceRecord): Refused | null {
  if (currency === undefined)
    return refuse("currency", "", `is missing, and invoice ${number} is new: it needs one`);
  if (amountMinor === undefined)
    return refuse("amount", "", `is missing, and invoice ${number} is new: it needs one`);
  return (
    refuseNegative("amount", amountMinor, currency) ?? refuseNegative("paid_amount", paidMinor, currency)
  );
}

function refuseChange(stored: StoredInvoice, record: InvoiceRecord): Refused | null {
  const { number, currency, balanceMinor } = stored;
  const decimal = (minor: number) => formatDecimal(minor, currency);
  if (record.customerRef !== stored.customerRef) {
    const error = `invoice ${number} belongs to customer ${stored.customerRef}; void it there to bill someone else`;
    return refuse("customer_ref", record.customerRef, error);
  }
  if (record.currency !== undefined && record.currency !== currency) {
    return refuse("currency", record.currency, `invoice ${number} is in ${currency}, which cannot change`);
  }
  const negative =
    refuseNegative("amount", record.amountMinor, currency) ??
    refuseNegative("paid_amount", record.paidMinor, currency);
  if (negative) return negative;
  const settledMinor = stored.amountMinor - balanceMinor;
  if (record.amountMinor !== undefined && record.amountMinor < settledMinor) {
    const error = `${decimal(settledMinor)} ${currency} is already paid or credited; record a refund before lowering the amount`;
    return refuse("amount", decimal(record.amountMinor), error);
  }
  return null;
}

function refuseNegative(column: string, minor: number | undefined, currency: string): Refused | null {
  if (minor === undefined || minor >= 0) return null;
  return refuse(
    column,
    formatDecimal(minor, currency),
    "is below zero; record a credit note as a payment instead",
  );
}

function refuseDates(stored: StoredInvoice | undefined, record: InvoiceRecord): Refused | null {
  const issuedOn = record.issuedOn ?? stored?.issuedOn ?? null;
  const dueOn = record.dueOn ?? stored?.dueOn ?? null;
  if (issuedOn === null || dueOn === null || dueOn >= issuedOn) return null;
  const [issued, due] = [formatCivilDay(issuedOn), formatCivilDay(dueOn)];
  if (record.dueOn === undefined) {
    return refuse("issued_on", issued, `is after the due date ${due}; write the due date that goes with it`);
  }
  return refuse("due_on", due, `is before the invoice was issued (${issued}); write a date on or after it`);
}

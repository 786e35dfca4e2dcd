import type { StoredInvoice } from "../../db/invoices.ts";
import { allocate } from "../../domain/allocation.ts";
import { newId } from "../../domain/ids.ts";
import type { InvoiceRecord } from "../../domain/records.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { type Account, endHolds, recordMoney, settleHolds } from "../money/record-money.ts";
import { enter, type Recording, touch } from "../recording.ts";
import { differences, said } from "./invoice-entry.ts";
import type { InvoiceBook } from "./put-invoices.ts";

/** The reason of a dispute that came with invoice data, which the same data may end again. */
const DISPUTED_IN_INVOICE_DATA = "disputed in the invoice data";

/**
 * Brings an invoice to what a record says: its fields, then what was paid on it, then whether it is still a claim, and in
 * dispute. The record was not refused and its customer is there. Says whether anything changed.
 */
export function mergeInvoice(recording: Recording, book: InvoiceBook, record: InvoiceRecord): boolean {
  const known = book.accounts.get(record.number);
  const account = known ?? openAccount(recording, book, record);
  const isChanged = known ? changeFields(recording, account, record) : true;
  const isPaid = recordMissingPayment(recording, book, account, record);
  const isEnded = changeStatus(recording, account, record.status);
  const isDisputed = changeDispute(recording, book, account, record.isDisputed);
  return isChanged || isPaid || isEnded || isDisputed;
}

function openAccount(recording: Recording, book: InvoiceBook, record: InvoiceRecord): Account {
  const invoice: StoredInvoice = {
    id: newId("inv", recording.at),
    number: record.number,
    customerId: book.customers.get(record.customerRef)!.id,
    customerRef: record.customerRef,
    currency: record.currency!,
    amountMinor: record.amountMinor!,
    balanceMinor: record.amountMinor!,
    issuedOn: record.issuedOn ?? null,
    dueOn: record.dueOn ?? null,
    status: "open",
    poNumber: record.poNumber ?? null,
    paymentUrl: record.paymentUrl ?? null,
    invoiceUrl: record.invoiceUrl ?? null,
    missingSince: null,
    paidMinor: 0,
    creditedMinor: 0,
    restMinor: 0,
  };
  const account = { invoice, holds: [] };
  book.accounts.set(record.number, account);
  recording.changes.invoices.set(invoice.id, invoice);
  enter(recording, invoice.id, "invoice_imported", said(invoice, record.status));
  touch(recording, invoice.customerId);
  return account;
}

function changeFields(recording: Recording, account: Account, record: InvoiceRecord): boolean {
  const { invoice } = account;
  const before = { ...invoice };
  if (record.amountMinor !== undefined) {
    invoice.balanceMinor += record.amountMinor - invoice.amountMinor;
    invoice.amountMinor = record.amountMinor;
  }
  for (const field of ["issuedOn", "dueOn"] as const) invoice[field] = record[field] ?? invoice[field];
  for (const field of ["poNumber", "paymentUrl", "invoiceUrl"] as const) {
    invoice[field] = record[field] ?? invoice[field];
  }
  invoice.missingSince = null;
  const changes = differences(before, { ...invoice, status: record.status ?? invoice.status });
  if (Object.keys(changes).length === 0) return false;
  recording.changes.invoices.set(invoice.id, invoice);
  enter(recording, invoice.id, "invoice_changed", changes);
  settleHolds(recording, account, { kind: "payment", allocatedMinor: 0 });
  touch(recording, invoice.customerId);
  return true;
}

/** Where less is told than is recorded, the file is behind the bank, and nothing is missing. */
function recordMissingPayment(
  recording: Recording,
  book: InvoiceBook,
  account: Account,
  record: InvoiceRecord,
): boolean {
  const { invoice } = account;
  const isWhole = record.paidMinor === undefined && record.paidOn !== undefined;
  const told = isWhole ? invoice.amountMinor - invoice.creditedMinor : (record.paidMinor ?? 0);
  const amountMinor = told - invoice.paidMinor;
  if (amountMinor <= 0) return false;
  const money = { kind: "payment" as const, amountMinor };
  recordMoney(recording, account, {
    ...money,
    allocatedMinor: allocate({ ...money, claim: invoice, creditMinor: 0 })!,
    paidOn: record.paidOn ?? civilDayAt(recording.at, book.creditor?.timezone ?? "UTC"),
    identity: nextPaidIdentity(recording, book, invoice),
    reference: null,
    source: "invoice_import",
  });
  return true;
}

/** Unlike any other: where the invoice's ledger stood, which only grows, and the payments of this transaction so far. */
function nextPaidIdentity(recording: Recording, book: InvoiceBook, invoice: StoredInvoice): string {
  return `paid:${invoice.number}|${book.heads.get(invoice.id)?.seq ?? 0}.${recording.changes.payments.length}`;
}

function changeStatus(recording: Recording, account: Account, status: InvoiceRecord["status"]): boolean {
  const { invoice } = account;
  if (status === undefined || status === invoice.status) return false;
  invoice.status = status;
  recording.changes.invoices.set(invoice.id, invoice);
  touch(recording, invoice.customerId);
  if (status !== "open")
    endHolds(recording, account, account.holds, `the invoice is ${status.replace("_", " ")}`);
  if (status === "void") releaseMoney(recording, invoice);
  return true;
}

/** What was paid on a claim that is void belongs to the customer. */
function releaseMoney(recording: Recording, invoice: StoredInvoice): void {
  const allocatedMinor = invoice.amountMinor - invoice.balanceMinor - invoice.creditedMinor;
  if (allocatedMinor === 0) return;
  invoice.balanceMinor += allocatedMinor;
  invoice.restMinor += allocatedMinor;
  recording.changes.released.set(invoice.id, recording.changes.payments.length);
}

function changeDispute(
  recording: Recording,
  book: InvoiceBook,
  account: Account,
  isDisputed: boolean | undefined,
): boolean {
  const { invoice, holds } = account;
  if (isDisputed === undefined) return false;
  const disputes = holds.filter((hold) => hold.kind === "dispute" && hold.amountMinor === null);
  if (!isDisputed) {
    const ended = disputes.filter((hold) => hold.reason === DISPUTED_IN_INVOICE_DATA);
    endHolds(recording, account, ended, "no longer disputed in the invoice data");
    return ended.length > 0;
  }
  if (disputes.length > 0 || invoice.balanceMinor === 0 || invoice.status !== "open") return false;
  const questionTo =
    book.customers.get(invoice.customerRef)?.ownerEmail ?? book.creditor?.financeOwner ?? "finance";
  const hold = {
    id: newId("hld", recording.at),
    customerId: invoice.customerId,
    invoiceId: invoice.id,
    kind: "dispute" as const,
    reason: DISPUTED_IN_INVOICE_DATA,
    amountMinor: null,
    from: recording.at,
    until: null,
    questionTo,
    endedAt: null,
    author: recording.author,
  };
  holds.push(hold);
  recording.changes.holds.set(hold.id, hold);
  enter(recording, invoice.id, "dispute_opened", { reason: hold.reason, question_to: questionTo });
  touch(recording, invoice.customerId);
  return true;
}

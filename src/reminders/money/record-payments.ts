import type { Transaction } from "@libsql/client";
import { addAlerts } from "../../db/alerts.ts";
import { type CustomerProfile, profilesByRefQuery, readProfiles } from "../../db/customers.ts";
import { holdsByNumberQuery, readHolds } from "../../db/holds.ts";
import { invoicesByNumberQuery, paidByNumberQuery, readInvoices } from "../../db/invoices.ts";
import {
  creditKey,
  creditQuery,
  paymentsByKeyQuery,
  readCredit,
  readPayments,
  type StoredPayment,
} from "../../db/payments.ts";
import { allocate } from "../../domain/allocation.ts";
import { newId } from "../../domain/ids.ts";
import type { LedgerHead } from "../../domain/ledger.ts";
import type { PaymentRecord } from "../../domain/records.ts";
import type { Services } from "../../services.ts";
import { type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { openAccounts } from "../records/put-invoices.ts";
import type { RecordOutcome } from "../records/record-outcome.ts";
import { refuse } from "../records/refuse-invoice.ts";
import type { WriteContext } from "../records/write-context.ts";
import { askAboutMoney } from "./ask-about-money.ts";
import { type Account, recordMoney } from "./record-money.ts";
import { identityOf, refuseExcess, refusePayment, refuseRepetition } from "./refuse-payment.ts";

/** What is stored about a batch of payments, kept in step while the batch is gone through. */
export type PaymentBook = {
  accounts: Map<string, Account>;
  heads: Map<string, LedgerHead>;
  customers: Map<string, CustomerProfile>;
  /** Payments on record by kind and identity. */
  payments: Map<string, StoredPayment>;
  credit: Map<string, number>;
};

/**
 * Records payments, credit notes and refunds, all in one transaction, each once: what comes again with the same reference (or
 * the same invoice, day, amount and place in its file) changes nothing. One outcome a record, in their order.
 */
export async function recordPayments(
  services: Services,
  records: PaymentRecord[],
  context: WriteContext,
): Promise<RecordOutcome[]> {
  return services.db.write((tx) => recordPaymentsWithin(tx, records, context));
}

/** The same as part of a transaction. */
export async function recordPaymentsWithin(
  tx: Transaction,
  records: PaymentRecord[],
  context: WriteContext,
): Promise<RecordOutcome[]> {
  const book = await loadBook(tx, records);
  const recording = startRecording(context);
  const source = context.source ?? "import";
  const outcomes = records.map((record) => recordPayment(recording, book, record, source));
  const alerts = await askAboutMoney(tx, recording, book.accounts.values());
  await writeRecording(tx, recording, book.heads);
  if (alerts.length > 0) await tx.execute(addAlerts(alerts, context.at));
  return outcomes;
}

/** What is stored about what these payments name. */
export async function loadBook(tx: Transaction, records: PaymentRecord[]): Promise<PaymentBook> {
  const numbers = records.flatMap((record) => record.invoiceNumber ?? []);
  const refs = records.flatMap((record) => record.customerRef ?? []);
  const keys = records.map((record) => ({ kind: record.kind, identity: identityOf(record) }));
  const [invoices, paid, holds, customers, payments, credit] = await tx.batch([
    invoicesByNumberQuery(numbers),
    paidByNumberQuery(numbers),
    holdsByNumberQuery(numbers),
    profilesByRefQuery(refs),
    paymentsByKeyQuery(keys),
    creditQuery({ refs, numbers }),
  ]);
  const { byNumber, heads } = readInvoices(invoices!, paid!);
  return {
    accounts: openAccounts(byNumber, readHolds(holds!)),
    heads,
    customers: readProfiles(customers!),
    payments: new Map(readPayments(payments!).map((payment) => [paymentKey(payment), payment])),
    credit: readCredit(credit!),
  };
}

function recordPayment(
  recording: Recording,
  book: PaymentBook,
  record: PaymentRecord,
  source: StoredPayment["source"],
): RecordOutcome {
  const { kind, amountMinor, currency, paidOn } = record;
  const account = record.invoiceNumber === undefined ? undefined : book.accounts.get(record.invoiceNumber);
  const customer = record.customerRef === undefined ? undefined : book.customers.get(record.customerRef);
  const identity = identityOf(record);
  const known = book.payments.get(paymentKey({ kind, identity }));
  const refused =
    refusePayment(record, account?.invoice, customer) ?? refuseRepetition(known, record, account, customer);
  if (refused) return refused;
  if (known) return { ok: true, changed: false };
  const customerId = account?.invoice.customerId ?? customer?.id;
  if (customerId === undefined) return refuse("invoice_number", "", "names neither invoice nor customer");
  const key = creditKey(customerId, currency);
  const creditMinor = book.credit.get(key) ?? 0;
  const allocatedMinor = allocate({ kind, amountMinor, claim: account?.invoice ?? null, creditMinor });
  if (allocatedMinor === null) return refuseExcess(record, account?.invoice, creditMinor);
  const payment = {
    kind,
    amountMinor,
    allocatedMinor,
    paidOn,
    identity,
    reference: record.reference ?? null,
    source,
  };
  const stored = account
    ? recordMoney(recording, account, payment)
    : recordCredit(recording, { ...payment, customerId, currency });
  book.payments.set(paymentKey(stored), stored);
  book.credit.set(key, creditMinor + (kind === "refund" ? -amountMinor : amountMinor) - allocatedMinor);
  return { ok: true, changed: true };
}

function recordCredit(recording: Recording, credit: Omit<StoredPayment, "id" | "invoiceId">): StoredPayment {
  const stored = { ...credit, id: newId("pay", recording.at), invoiceId: null };
  recording.changes.payments.push(stored);
  touch(recording, credit.customerId);
  return stored;
}

function paymentKey({ kind, identity }: Pick<StoredPayment, "kind" | "identity">): string {
  return `${kind} ${identity}`;
}

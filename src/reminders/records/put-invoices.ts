import type { Transaction } from "@libsql/client";
import { addAlerts } from "../../db/alerts.ts";
import { creditorQuery, readCreditor } from "../../db/creditor.ts";
import { type CustomerProfile, profilesByRefQuery, readProfiles } from "../../db/customers.ts";
import { holdsByNumberQuery, readHolds, type StoredHold } from "../../db/holds.ts";
import { invoicesByNumberQuery, paidByNumberQuery, readInvoices } from "../../db/invoices.ts";
import type { LedgerHead } from "../../domain/ledger.ts";
import type { Creditor } from "../../domain/letter.ts";
import type { InvoiceRecord } from "../../domain/records.ts";
import type { Services } from "../../services.ts";
import { askAboutMoney } from "../money/ask-about-money.ts";
import type { Account } from "../money/record-money.ts";
import { type Recording, startRecording, writeRecording } from "../recording.ts";
import { fillCustomer } from "./fill-customer.ts";
import { mergeInvoice } from "./merge-invoice.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import { refuseInvoice } from "./refuse-invoice.ts";
import type { WriteContext } from "./write-context.ts";

/** What is stored about a batch of invoices, kept in step while the batch is gone through. */
export type InvoiceBook = {
  accounts: Map<string, Account>;
  heads: Map<string, LedgerHead>;
  customers: Map<string, CustomerProfile>;
  creditor: Creditor | undefined;
};

/**
 * Stores invoices as told, all in one transaction: an absent field leaves what is stored, and a record that says nothing
 * new touches nothing. Missing customers are created and their missing fields filled, never overwritten. One outcome a record, in their order.
 */
export async function putInvoices(
  services: Services,
  records: InvoiceRecord[],
  context: WriteContext,
): Promise<RecordOutcome[]> {
  return services.db.write(async (tx) => {
    const book = await loadBook(tx, records);
    const recording = startRecording(context);
    const outcomes = records.map((record) => putInvoice(recording, book, record));
    const alerts = await askAboutMoney(tx, recording, book.accounts.values());
    await writeRecording(tx, recording, book.heads);
    if (alerts.length > 0) await tx.execute(addAlerts(alerts, context.at));
    return outcomes;
  });
}

function putInvoice(recording: Recording, book: InvoiceBook, record: InvoiceRecord): RecordOutcome {
  const refused = refuseInvoice(book.accounts.get(record.number)?.invoice, record);
  if (refused) return refused;
  const isFilled = fillCustomer(recording, book, record);
  const isMerged = mergeInvoice(recording, book, record);
  return { ok: true, changed: isFilled || isMerged };
}

async function loadBook(tx: Transaction, records: InvoiceRecord[]): Promise<InvoiceBook> {
  const numbers = records.map((record) => record.number);
  const refs = records.map((record) => record.customerRef);
  const [invoices, paid, holds, customers, creditor] = await tx.batch([
    invoicesByNumberQuery(numbers),
    paidByNumberQuery(numbers),
    holdsByNumberQuery(numbers),
    profilesByRefQuery(refs),
    creditorQuery(),
  ]);
  const { byNumber, heads } = readInvoices(invoices!, paid!);
  return {
    accounts: openAccounts(byNumber, readHolds(holds!)),
    heads,
    customers: readProfiles(customers!),
    creditor: readCreditor(creditor!),
  };
}

/** Puts invoices and their own holds together, by number. */
export function openAccounts(
  byNumber: ReturnType<typeof readInvoices>["byNumber"],
  holds: StoredHold[],
): Map<string, Account> {
  const accounts = new Map<string, Account>();
  const byId = new Map<string, Account>();
  for (const [number, invoice] of byNumber) {
    const account: Account = { invoice, holds: [] };
    accounts.set(number, account);
    byId.set(invoice.id, account);
  }
  for (const hold of holds) byId.get(hold.invoiceId ?? "")?.holds.push(hold);
  return accounts;
}

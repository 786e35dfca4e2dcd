import type { InStatement } from "@libsql/client";
import type { LedgerHead } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";
import {
  type CustomerProfile,
  passQuestionsStatement,
  putContactsStatement,
  putCustomersStatement,
  putOwnersStatement,
  type StoredContact,
} from "./customers.ts";
import { settleDisputesStatement } from "./disputes.ts";
import { putHoldsStatement, type StoredHold } from "./holds.ts";
import { putInvoicesStatement, type StoredInvoice } from "./invoices.ts";
import { judgeSoonStatements } from "./judgements.ts";
import { appendLedger, type LedgerAppend } from "./ledger.ts";
import { paidAlertsStatement, type ReopenedInvoice, reopenedAlertsStatement } from "./money-alerts.ts";
import { type PaidInvoice, thankStatements } from "./payment-thanks.ts";
import { putPaymentsStatements, releaseMoneyStatements, type StoredPayment } from "./payments.ts";
import { touchCustomers } from "./touch.ts";

/** What a batch of records comes to, gathered to be written at once. Everything is keyed by id. */
export type Changes = {
  owners: Set<string>;
  customers: Map<string, CustomerProfile>;
  contacts: Map<string, StoredContact>;
  invoices: Map<string, StoredInvoice>;
  payments: StoredPayment[];
  /** Payments of this transaction added up by invoice. */
  paid: Map<string, PaidInvoice>;
  /** Invoices that were paid, and of which something was given back. */
  reopened: Map<string, ReopenedInvoice>;
  holds: Map<string, StoredHold>;
  /** Invoices whose money becomes credit of the customer, each with how many payments of this transaction were told before. */
  released: Map<string, number>;
  ledger: LedgerAppend[];
  /** Known customers about whom something changed that is decided upon. */
  touched: Set<string>;
};

export function createChanges(): Changes {
  return {
    owners: new Set(),
    customers: new Map(),
    contacts: new Map(),
    invoices: new Map(),
    payments: [],
    paid: new Map(),
    reopened: new Map(),
    holds: new Map(),
    released: new Map(),
    ledger: [],
    touched: new Set(),
  };
}

/** The statements that write the changes, in the order that the foreign keys ask for; none where nothing changed. */
export function changeStatements(
  changes: Changes,
  heads: Map<string, LedgerHead>,
  at: Instant,
): InStatement[] {
  const {
    owners,
    customers,
    contacts,
    invoices,
    payments,
    paid,
    reopened,
    holds,
    released,
    ledger,
    touched,
  } = changes;
  const statements: InStatement[] = [];
  // First, while it need not pass over the invoices that come with this transaction, which are looked at anyway.
  if (touched.size) statements.push(...touchCustomers(touched, at));
  if (owners.size) statements.push(putOwnersStatement(owners));
  if (customers.size) {
    statements.push(
      passQuestionsStatement(customers.values()),
      putCustomersStatement(customers.values(), at),
    );
  }
  if (contacts.size) statements.push(putContactsStatement(contacts.values()));
  if (invoices.size) {
    statements.push(putInvoicesStatement(invoices.values(), at), ...judgeSoonStatements(invoices.keys()));
  }
  statements.push(...moneyStatements(payments, released, at));
  if (paid.size) statements.push(...thankStatements(paid, at), paidAlertsStatement(paid, at));
  if (reopened.size) statements.push(reopenedAlertsStatement(reopened, at));
  if (holds.size) {
    statements.push(putHoldsStatement(holds.values()));
    const ended = [...holds.values()].filter(({ kind, endedAt }) => kind === "dispute" && endedAt !== null);
    if (ended.length) statements.push(settleDisputesStatement(ended, at));
  }
  if (ledger.length) statements.push(appendLedger(heads, ledger));
  return statements;
}

/** Money in the order in which it was told: what comes for an invoice after it was void stays with it. */
function moneyStatements(
  payments: StoredPayment[],
  released: Changes["released"],
  at: Instant,
): InStatement[] {
  const statements: InStatement[] = [];
  let put = 0;
  const putUntil = (end: number) => {
    if (end > put) statements.push(...putPaymentsStatements(payments.slice(put, end), at));
    put = end;
  };
  const byTime = Map.groupBy(released, ([, before]) => before);
  for (const before of [...byTime.keys()].sort((one, other) => one - other)) {
    putUntil(before);
    statements.push(...releaseMoneyStatements(byTime.get(before)!.map(([invoiceId]) => invoiceId)));
  }
  putUntil(payments.length);
  return statements;
}

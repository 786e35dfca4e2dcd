import type { Transaction } from "@libsql/client";
import { type CustomerProfile, profilesByRefQuery, readProfiles } from "../../db/customers.ts";
import { customerHoldsQuery, holdsByNumberQuery, readHolds, type StoredHold } from "../../db/holds.ts";
import { invoicesByNumberQuery, paidByNumberQuery, readInvoices } from "../../db/invoices.ts";
import type { HoldKind } from "../../domain/facts.ts";
import { EMPTY_LEDGER, type LedgerHead } from "../../domain/ledger.ts";
import { AppError } from "../../errors.ts";

/** What a hold is on: one invoice, or everything a customer owes. */
export type HoldTarget =
  | { invoiceNumber: string; customerRef?: undefined }
  | { customerRef: string; invoiceNumber?: undefined };

export type HeldTarget = {
  customer: CustomerProfile;
  /** Null: everything the customer owes. */
  invoiceId: string | null;
  /** Holds on this target itself that have not ended. */
  holds: StoredHold[];
  /** The invoices whose ledgers tell of it, with the heads of those. */
  ledgers: Map<string, LedgerHead>;
};

/** Loads what a hold is set on or ended on. Throws `not_found` where there is no such invoice or customer. */
export function loadTarget(tx: Transaction, target: HoldTarget): Promise<HeldTarget> {
  return target.invoiceNumber === undefined
    ? loadCustomer(tx, target.customerRef)
    : loadInvoice(tx, target.invoiceNumber);
}

export function ofKind(held: HeldTarget, kind: HoldKind): StoredHold[] {
  return held.holds.filter((hold) => hold.kind === kind);
}

async function loadInvoice(tx: Transaction, number: string): Promise<HeldTarget> {
  const queries = [
    invoicesByNumberQuery([number]),
    paidByNumberQuery([number]),
    holdsByNumberQuery([number]),
  ];
  const [invoices, paid, holds] = await tx.batch(queries);
  const { byNumber, heads } = readInvoices(invoices!, paid!);
  const invoice = byNumber.get(number);
  if (!invoice) throw new AppError("not_found", `there is no invoice ${number}`);
  const customers = readProfiles(await tx.execute(profilesByRefQuery([invoice.customerRef])));
  return {
    customer: customers.get(invoice.customerRef)!,
    invoiceId: invoice.id,
    holds: readHolds(holds!),
    ledgers: new Map([[invoice.id, heads.get(invoice.id) ?? EMPTY_LEDGER]]),
  };
}

async function loadCustomer(tx: Transaction, ref: string): Promise<HeldTarget> {
  const customer = readProfiles(await tx.execute(profilesByRefQuery([ref]))).get(ref);
  if (!customer) throw new AppError("not_found", `there is no customer ${ref}`);
  const [holds, ledgers] = await tx.batch([customerHoldsQuery(customer.id), openLedgersQuery(customer.id)]);
  return {
    customer,
    invoiceId: null,
    holds: readHolds(holds!),
    ledgers: new Map(
      ledgers!.rows.map((row) => [
        String(row.id),
        { seq: Number(row.seq ?? 0), hash: String(row.hash ?? "") },
      ]),
    ),
  };
}

function openLedgersQuery(customerId: string) {
  return {
    sql: `SELECT i.id, l.seq, l.hash FROM invoices i
          LEFT JOIN ledger l ON l.invoice_id = i.id AND l.seq = (SELECT max(seq) FROM ledger WHERE invoice_id = i.id)
          WHERE i.customer_id = ? AND i.balance_minor > 0 AND i.status = 'open'`,
    args: [customerId],
  };
}

import type { InStatement, ResultSet } from "@libsql/client";
import type { Claim } from "../domain/allocation.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import type { LedgerHead } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";

export type StoredInvoice = Claim & {
  id: string;
  number: string;
  customerId: string;
  customerRef: string;
  currency: string;
  issuedOn: CivilDay | null;
  dueOn: CivilDay | null;
  poNumber: string | null;
  paymentUrl: string | null;
  invoiceUrl: string | null;
  missingSince: Instant | null;
  /** Payments told for this invoice less refunds, allocated or not, minor units. */
  paidMinor: number;
  /** Credit notes allocated, minor units. */
  creditedMinor: number;
};

// A batch comes back as one JSON text: the embedded client takes longer to build a row than SQLite to find it.
/** Invoices of these numbers with the heads of their ledgers; `readInvoices` reads it. */
export function invoicesByNumberQuery(numbers: Iterable<string>): InStatement {
  return {
    sql: `SELECT json_group_array(json_array(i.id, i.number, i.customer_id, c.ref, i.currency, i.amount_minor, i.balance_minor,
            i.issued_on, i.due_on, i.status, i.po_number, i.payment_url, i.invoice_url, i.missing_since, l.seq, l.hash)) AS found
          FROM json_each(?) wanted
          JOIN invoices i ON i.number = wanted.value JOIN customers c ON c.id = i.customer_id
          LEFT JOIN ledger l ON l.invoice_id = i.id AND l.seq = (SELECT max(seq) FROM ledger WHERE invoice_id = i.id)`,
    args: [JSON.stringify([...new Set(numbers)])],
  };
}

/** What was paid and credited on invoices of these numbers; `readInvoices` reads it. */
export function paidByNumberQuery(numbers: Iterable<string>): InStatement {
  return {
    sql: `SELECT json_group_array(json_array(invoice_id, paid, credited, rest)) AS found FROM (SELECT a.invoice_id,
            sum(CASE p.kind WHEN 'payment' THEN p.amount_minor - (p.allocated_minor - a.amount_minor)
                            WHEN 'refund' THEN -p.amount_minor - (p.allocated_minor - a.amount_minor) ELSE 0 END) AS paid,
            sum(CASE p.kind WHEN 'credit_note' THEN a.amount_minor ELSE 0 END) AS credited,
            sum(CASE p.kind WHEN 'refund' THEN -p.amount_minor ELSE p.amount_minor END - p.allocated_minor) AS rest
          FROM json_each(?) wanted JOIN invoices i ON i.number = wanted.value
          JOIN allocations a ON a.invoice_id = i.id JOIN payments p ON p.id = a.payment_id GROUP BY a.invoice_id)`,
    args: [JSON.stringify([...new Set(numbers)])],
  };
}

/** Invoices by number, and the heads of their ledgers by id. */
export function readInvoices(invoices: ResultSet, paid: ResultSet) {
  const sums: [string, number, number, number][] = JSON.parse(String(paid.rows[0]!.found));
  const money = new Map(sums.map(([id, ...sum]) => [id, sum]));
  const byNumber = new Map<string, StoredInvoice>();
  const heads = new Map<string, LedgerHead>();
  for (const values of JSON.parse(String(invoices.rows[0]!.found))) {
    const [id, number, customerId, customerRef, currency, amountMinor, balanceMinor, issuedOn, dueOn] =
      values;
    const [status, poNumber, paymentUrl, invoiceUrl, missingSince, seq, hash] = values.slice(9);
    const [paidMinor, creditedMinor, restMinor] = money.get(id) ?? [0, 0, 0];
    byNumber.set(number, {
      id,
      number,
      customerId,
      customerRef,
      currency,
      amountMinor,
      balanceMinor,
      issuedOn,
      dueOn,
      status,
      poNumber,
      paymentUrl,
      invoiceUrl,
      missingSince,
      paidMinor,
      creditedMinor,
      restMinor,
    });
    if (seq !== null) heads.set(id, { seq, hash });
  }
  return { byNumber, heads };
}

/** Stores invoices as they are now; what is open is looked at by the next tick, the rest never again. */
export function putInvoicesStatement(invoices: Iterable<StoredInvoice>, at: Instant): InStatement {
  const rows = Array.from(invoices, (i) => [
    i.id,
    i.number,
    i.customerId,
    i.currency,
    i.amountMinor,
    i.balanceMinor,
    i.issuedOn,
    i.dueOn,
    i.status,
    i.poNumber,
    i.paymentUrl,
    i.invoiceUrl,
    i.missingSince,
    i.status === "open" && i.balanceMinor > 0 ? 0 : null,
  ]);
  return {
    sql: `INSERT INTO invoices (id, number, customer_id, currency, amount_minor, balance_minor, issued_on, due_on, status,
            po_number, payment_url, invoice_url, missing_since, next_look_at, created_at, updated_at)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
            value->>10, value->>11, value->>12, value->>13, ?2, ?2 FROM json_each(?1) WHERE true
          ON CONFLICT (id) DO UPDATE SET amount_minor = excluded.amount_minor, balance_minor = excluded.balance_minor,
            issued_on = excluded.issued_on, due_on = excluded.due_on, status = excluded.status,
            po_number = excluded.po_number, payment_url = excluded.payment_url, invoice_url = excluded.invoice_url,
            missing_since = excluded.missing_since, next_look_at = excluded.next_look_at, waits_for = NULL,
            stage_due_on = NULL, updated_at = excluded.updated_at`,
    args: [JSON.stringify(rows), at],
  };
}

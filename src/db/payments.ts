import type { InStatement, ResultSet, Transaction } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { PaymentKind } from "../domain/records.ts";
import type { Instant } from "../domain/zone.ts";

export type StoredPayment = {
  id: string;
  customerId: string;
  /** The invoice it was told for, whether or not that took anything of it. */
  invoiceId: string | null;
  kind: PaymentKind;
  currency: string;
  amountMinor: number;
  /** Negative for a refund taken back from the invoice. */
  allocatedMinor: number;
  paidOn: CivilDay;
  identity: string;
  reference: string | null;
  source: "import" | "api" | "invoice_import" | "webhook";
};

export type PaymentKey = { kind: PaymentKind; identity: string };

export function paymentsByKeyQuery(keys: PaymentKey[]): InStatement {
  return {
    sql: `SELECT p.id, p.customer_id, p.kind, p.currency, p.amount_minor, p.allocated_minor, p.paid_on, p.identity,
            p.reference, p.source, (SELECT invoice_id FROM allocations WHERE payment_id = p.id LIMIT 1) AS invoice_id
          FROM json_each(?) wanted JOIN payments p ON p.kind = wanted.value->>0 AND p.identity = wanted.value->>1`,
    args: [JSON.stringify(keys.map(({ kind, identity }) => [kind, identity]))],
  };
}

export function readPayments(result: ResultSet): StoredPayment[] {
  return result.rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    invoiceId: row.invoice_id as string | null,
    kind: row.kind as PaymentKind,
    currency: String(row.currency),
    amountMinor: Number(row.amount_minor),
    allocatedMinor: Number(row.allocated_minor),
    paidOn: Number(row.paid_on),
    identity: String(row.identity),
    reference: row.reference as string | null,
    source: row.source as StoredPayment["source"],
  }));
}

/** Unallocated credit by customer id and currency, of the customers named or owing one of the invoices. */
export function creditQuery(of: { refs: Iterable<string>; numbers: Iterable<string> }): InStatement {
  return {
    sql: `SELECT p.customer_id, p.currency,
            sum(CASE p.kind WHEN 'refund' THEN -p.amount_minor ELSE p.amount_minor END - p.allocated_minor) AS credit
          FROM (SELECT c.id FROM json_each(?) r JOIN customers c ON c.ref = r.value
            UNION SELECT i.customer_id FROM json_each(?) n JOIN invoices i ON i.number = n.value) wanted
          CROSS JOIN payments p ON p.customer_id = wanted.id AND p.amount_minor > abs(p.allocated_minor)
          GROUP BY p.customer_id, p.currency`,
    args: [JSON.stringify([...new Set(of.refs)]), JSON.stringify([...new Set(of.numbers)])],
  };
}

/** Credit in minor units by `creditKey`. */
export function readCredit(result: ResultSet): Map<string, number> {
  return new Map(
    result.rows.map((row) => [creditKey(String(row.customer_id), String(row.currency)), Number(row.credit)]),
  );
}

export function creditKey(customerId: string, currency: string): string {
  return `${customerId} ${currency}`;
}

export function putPaymentsStatements(payments: StoredPayment[], at: Instant): InStatement[] {
  const rows = payments.map((p) => [
    p.id,
    p.customerId,
    p.kind,
    p.currency,
    p.amountMinor,
    p.allocatedMinor,
    p.paidOn,
    p.identity,
    p.reference,
    p.source,
  ]);
  const allocations = payments.filter((p) => p.invoiceId).map((p) => [p.id, p.invoiceId, p.allocatedMinor]);
  return [
    {
      sql: `INSERT INTO payments (id, customer_id, kind, currency, amount_minor, allocated_minor, paid_on, identity, reference,
              source, recorded_at)
            SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
              value->>9, ?2 FROM json_each(?1)`,
      args: [JSON.stringify(rows), at],
    },
    {
      sql: `INSERT INTO allocations (payment_id, invoice_id, amount_minor)
            SELECT value->>0, value->>1, value->>2 FROM json_each(?)`,
      args: [JSON.stringify(allocations)],
    },
  ];
}

/** Turns the money on these invoices into unallocated credit of their customers; credit notes stay where they are. */
export function releaseMoneyStatements(invoiceIds: string[]): InStatement[] {
  const ids = JSON.stringify(invoiceIds);
  const released = `SELECT a.payment_id FROM json_each(?1) released JOIN allocations a ON a.invoice_id = released.value
    JOIN payments p ON p.id = a.payment_id WHERE p.kind <> 'credit_note'`;
  return [
    {
      sql: `UPDATE payments SET allocated_minor = allocated_minor - (SELECT sum(amount_minor) FROM allocations
              WHERE payment_id = payments.id AND invoice_id IN (SELECT value FROM json_each(?1)))
            WHERE id IN (${released})`,
      args: [ids],
    },
    {
      sql: `UPDATE allocations SET amount_minor = 0
            WHERE invoice_id IN (SELECT value FROM json_each(?1)) AND payment_id IN (${released})`,
      args: [ids],
    },
  ];
}

/** The number of the invoice that the payment with this reference was for. */
export async function findInvoicePaidBy(tx: Transaction, reference: string): Promise<string | undefined> {
  const { rows } = await tx.execute({
    sql: `SELECT i.number FROM payments p JOIN allocations a ON a.payment_id = p.id JOIN invoices i ON i.id = a.invoice_id
          WHERE p.kind = 'payment' AND p.identity = ?`,
    args: [`ref:${reference}`],
  });
  return rows[0] && String(rows[0].number);
}

/** Money of a customer that names no invoice, by its id; `readCreditPayment` reads it. */
export function creditByIdQuery(id: string): InStatement {
  return {
    sql: `SELECT p.*, NULL AS invoice_id, c.ref FROM payments p JOIN customers c ON c.id = p.customer_id
          WHERE p.id = ? AND p.kind = 'payment' AND NOT EXISTS (SELECT 1 FROM allocations WHERE payment_id = p.id)`,
    args: [id],
  };
}

export function readCreditPayment(result: ResultSet): (StoredPayment & { customerRef: string }) | undefined {
  const [payment] = readPayments(result);
  return payment && { ...payment, customerRef: String(result.rows[0]!.ref) };
}

export function allocateCreditStatements(to: {
  paymentId: string;
  invoiceId: string;
  allocatedMinor: number;
}): InStatement[] {
  const { paymentId, invoiceId, allocatedMinor } = to;
  return [
    { sql: "UPDATE payments SET allocated_minor = ? WHERE id = ?", args: [allocatedMinor, paymentId] },
    {
      sql: "INSERT INTO allocations (payment_id, invoice_id, amount_minor) VALUES (?, ?, ?)",
      args: [paymentId, invoiceId, allocatedMinor],
    },
  ];
}

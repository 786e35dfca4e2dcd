import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

/** Money allocated to an invoice on a day, or credit without one (`invoiceId` null); refunds are negative. */
export type MoneyMove = { invoiceId: string | null; on: CivilDay; currency: string; amountMinor: number };

/** All the money of these customers by customer id, in one round trip. */
export async function loadMoney(db: Db, customerIds: string[]): Promise<Map<string, MoneyMove[]>> {
  const ids = JSON.stringify(customerIds);
  const results = await db.batch(
    [
      {
        sql: `SELECT i.customer_id, a.invoice_id, p.paid_on, p.currency, a.amount_minor AS amount
              FROM json_each(?) j JOIN invoices i ON i.customer_id = j.value
              JOIN allocations a ON a.invoice_id = i.id JOIN payments p ON p.id = a.payment_id`,
        args: [ids],
      },
      {
        sql: `SELECT p.customer_id, NULL AS invoice_id, p.paid_on, p.currency, CASE p.kind WHEN 'refund' THEN -p.amount_minor ELSE p.amount_minor END - p.allocated_minor AS amount
              FROM json_each(?) j JOIN payments p ON p.customer_id = j.value
              AND p.amount_minor > abs(p.allocated_minor)`,
        args: [ids],
      },
    ],
    "read",
  );
  const moves = new Map<string, MoneyMove[]>();
  for (const row of results.flatMap(({ rows }) => rows)) {
    const customerId = String(row.customer_id);
    const move: MoneyMove = {
      invoiceId: row.invoice_id === null ? null : String(row.invoice_id),
      on: Number(row.paid_on),
      currency: String(row.currency),
      amountMinor: Number(row.amount),
    };
    const known = moves.get(customerId);
    if (known) known.push(move);
    else moves.set(customerId, [move]);
  }
  return moves;
}

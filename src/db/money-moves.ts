import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

/**
 * Money for an invoice on a day, whole even where it is more than was left to pay, or credit without an invoice (`invoiceId` null);
 * refunds are negative.
 */
export type MoneyMove = {
  invoiceId: string | null;
  on: CivilDay;
  currency: string;
  amountMinor: number;
  isCreditNote: boolean;
};

/** The amount of a payment `p` as it was told, negative for a refund, and of how many allocations it consists. */
export const SIGNED = "iif(p.kind = 'refund', -p.amount_minor, p.amount_minor)";
export const PARTS = "(SELECT count(*) FROM allocations b WHERE b.payment_id = p.id)";

/** All the money of these customers by customer id, in one round trip. */
export async function loadMoney(db: Db, customerIds: string[]): Promise<Map<string, MoneyMove[]>> {
  const ids = JSON.stringify(customerIds);
  const results = await db.batch(
    [
      {
        sql: `SELECT i.customer_id, a.invoice_id, p.paid_on, p.currency, p.kind,
                iif(${PARTS} = 1, ${SIGNED}, a.amount_minor) AS amount
              FROM json_each(?) j JOIN invoices i ON i.customer_id = j.value
              JOIN allocations a ON a.invoice_id = i.id JOIN payments p ON p.id = a.payment_id`,
        args: [ids],
      },
      {
        sql: `SELECT p.customer_id, NULL AS invoice_id, p.paid_on, p.currency, p.kind, ${SIGNED} - p.allocated_minor AS amount
              FROM json_each(?) j JOIN payments p ON p.customer_id = j.value
              AND p.amount_minor > abs(p.allocated_minor) AND ${PARTS} <> 1`,
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
      isCreditNote: row.kind === "credit_note",
    };
    const known = moves.get(customerId);
    if (known) known.push(move);
    else moves.set(customerId, [move]);
  }
  return moves;
}

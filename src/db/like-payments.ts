import type { PaymentRecord } from "../domain/records.ts";
import type { Db } from "./open.ts";

/** How many payments of this kind, amount and day are on record for the same invoice or customer. */
export async function countLikePayments(db: Db, payment: PaymentRecord): Promise<number> {
  const { kind, currency, amountMinor, paidOn, invoiceNumber, customerRef } = payment;
  const on = invoiceNumber
    ? "id IN (SELECT payment_id FROM allocations WHERE invoice_id = (SELECT id FROM invoices WHERE number = ?))"
    : "customer_id = (SELECT id FROM customers WHERE ref = ?)";
  const { rows } = await db.client.execute({
    sql: `SELECT count(*) AS n FROM payments
          WHERE kind = ? AND currency = ? AND amount_minor = ? AND paid_on = ? AND reference IS NULL AND ${on}`,
    args: [kind, currency, amountMinor, paidOn, invoiceNumber ?? customerRef ?? ""],
  });
  return Number(rows[0]!.n);
}

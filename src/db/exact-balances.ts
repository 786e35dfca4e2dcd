import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";

/** Money of which nobody said what it was for; `customerId` null where not even who paid is known. */
export type Unclear = { customerId: string | null; currency: string; amountMinor: number };

/** An open invoice that such money would settle exactly. */
export type Fitting = { number: string; customer: string; dueOn: CivilDay | null };

/** A few open invoices each of which exactly so much is left, the oldest first, among the customer's own where that is known. */
export function exactBalancesQuery({ customerId, currency, amountMinor }: Unclear): InStatement {
  return {
    sql: `SELECT i.number, i.due_on, c.name FROM invoices i JOIN customers c ON c.id = i.customer_id
          WHERE i.status = 'open' AND i.balance_minor > 0 AND i.balance_minor = ?1 AND i.currency = ?2
          ${customerId === null ? "" : "AND i.customer_id = ?3"} ORDER BY i.due_on, i.id LIMIT 5`,
    args: [amountMinor, currency, ...(customerId === null ? [] : [customerId])],
  };
}

export function readFitting({ rows }: ResultSet): Fitting[] {
  return rows.map((row) => ({
    number: String(row.number),
    customer: String(row.name),
    dueOn: row.due_on === null ? null : Number(row.due_on),
  }));
}

import type { InStatement } from "@libsql/client";

/**
 * To be run with every change of what is decided upon for these customers: claims made before no longer hold, and the
 * next tick looks at everything they owe.
 */
export function touchCustomers(customerIds: Iterable<string>): InStatement[] {
  const ids = JSON.stringify([...new Set(customerIds)]);
  return [
    {
      sql: "UPDATE customers SET facts_version = facts_version + 1 WHERE id IN (SELECT value FROM json_each(?))",
      args: [ids],
    },
    {
      sql: `UPDATE invoices SET next_look_at = 0, waits_for = NULL, stage_due_on = NULL
            WHERE customer_id IN (SELECT value FROM json_each(?)) AND balance_minor > 0 AND status = 'open'`,
      args: [ids],
    },
  ];
}

/** The same for what all customers share (policies, the creditor): every claim made before no longer holds. */
export function touchWorld(): InStatement {
  return {
    sql: `INSERT INTO settings (key, value) VALUES ('facts_version', 1)
          ON CONFLICT (key) DO UPDATE SET value = value + 1`,
    args: [],
  };
}

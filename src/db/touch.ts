import type { InStatement } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";

/**
 * To be run with every change of what is decided upon for these customers: claims made before no longer hold, and the
 * next tick looks at everything they owe.
 */
export function touchCustomers(customerIds: Iterable<string>, at: Instant): InStatement[] {
  const ids = JSON.stringify([...new Set(customerIds)]);
  return [
    {
      sql: `UPDATE customers SET facts_version = facts_version + 1, updated_at = max(updated_at, ?2)
            WHERE id IN (SELECT value FROM json_each(?1))`,
      args: [ids, at],
    },
    {
      sql: `UPDATE invoices SET next_look_at = 0, waits_for = NULL, stage_due_on = NULL WHERE rowid IN (
              SELECT i.rowid FROM json_each(?1) c JOIN invoices i ON i.customer_id = c.value
              AND i.balance_minor > 0 AND i.status = 'open' AND i.next_look_at > 0
              UNION ALL SELECT i.rowid FROM json_each(?1) c JOIN invoices i ON i.customer_id = c.value
              AND i.balance_minor > 0 AND i.status = 'open' AND i.next_look_at IS NULL)`,
      args: [ids],
    },
  ];
}

/** To be run where something personal of a customer comes upon which nothing is decided: until when it is kept counts from then on. */
export function noteCustomer(customerId: string, at: Instant): InStatement {
  return {
    sql: "UPDATE customers SET updated_at = max(updated_at, ?) WHERE id = ?",
    args: [at, customerId],
  };
}

/** As for a customer, for what all share (policies, the creditor): every claim made before no longer holds. */
export function touchWorld(): InStatement {
  return {
    sql: `INSERT INTO settings (key, value) VALUES ('facts_version', 1)
          ON CONFLICT (key) DO UPDATE SET value = value + 1`,
    args: [],
  };
}

/** Has the next tick look at everything that is open. */
export function wakeAll(): InStatement {
  return {
    sql: `UPDATE invoices SET next_look_at = 0, waits_for = NULL, stage_due_on = NULL
          WHERE balance_minor > 0 AND status = 'open' AND next_look_at IS NOT 0`,
    args: [],
  };
}

/** Has the next tick look at what the customers of this policy owe; those that name none are of the standard one. */
export function wakePolicy(name: string): InStatement {
  return {
    sql: `UPDATE invoices SET next_look_at = 0, waits_for = NULL, stage_due_on = NULL
          WHERE balance_minor > 0 AND status = 'open' AND next_look_at IS NOT 0
          AND customer_id IN (SELECT id FROM customers WHERE coalesce(policy, 'standard') = ?)`,
    args: [name],
  };
}

/** Has the next tick look at what waits for payment data. */
export function wakeStale(): InStatement {
  return {
    sql: `UPDATE invoices SET next_look_at = 0, waits_for = NULL, stage_due_on = NULL WHERE waits_for = 'fresh_ledger'`,
    args: [],
  };
}

import type { InStatement } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** When an invoice is looked at again, or what it waits for. */
export type Look = {
  invoiceId: string;
  nextLookAt: Instant | null;
  waitsFor: "fresh_ledger" | "backlog" | null;
  stageDueOn: CivilDay | null;
};

export type CustomerLooks = { customerId: string; version: number; looks: Look[] };

/** Stores the next looks of these customers; where something changed since they were read, the next tick looks again. */
export function storeLooks(customers: CustomerLooks[]): InStatement {
  const rows = customers.flatMap(({ customerId, version, looks }) =>
    looks.map((l) => [l.invoiceId, l.nextLookAt, l.waitsFor, l.stageDueOn, customerId, version]),
  );
  return {
    sql: `UPDATE invoices SET next_look_at = j.value->>1, waits_for = j.value->>2, stage_due_on = j.value->>3
          FROM json_each(?) j JOIN customers c ON c.id = j.value->>4 AND c.facts_version = j.value->>5
          WHERE invoices.id = j.value->>0`,
    args: [JSON.stringify(rows)],
  };
}

/** When the clock next has something to look at, after this moment; null while nothing waits for the clock. */
export async function findNextLook(db: Db, after: Instant): Promise<Instant | null> {
  const sql = "SELECT min(next_look_at) AS next FROM invoices WHERE next_look_at > ?";
  const { rows } = await db.client.execute({ sql, args: [after] });
  return rows[0]!.next as Instant | null;
}

/** Whatever a customer owes is looked at again at this moment: something went wrong with it now. */
export function postponeLooks(customerIds: string[], until: Instant): InStatement {
  return {
    sql: `UPDATE invoices SET next_look_at = ? WHERE next_look_at < ? AND customer_id IN (SELECT value FROM json_each(?))`,
    args: [until, until, JSON.stringify(customerIds)],
  };
}

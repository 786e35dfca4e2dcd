import type { Db } from "../../src/db/open.ts";

/** What the database holds, as tests ask about it. Amounts in minor units. */
export async function storedInvoice(db: Db, number: string) {
  const { rows } = await db.client.execute({
    sql: `SELECT i.*, c.ref AS customer_ref, c.facts_version FROM invoices i JOIN customers c ON c.id = i.customer_id
          WHERE i.number = ?`,
    args: [number],
  });
  return rows[0];
}

export async function storedCustomer(db: Db, ref: string) {
  const { rows } = await db.client.execute({ sql: "SELECT * FROM customers WHERE ref = ?", args: [ref] });
  return rows[0];
}

export async function contactsOf(db: Db, ref: string): Promise<string[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT n.role, n.email, n.name FROM contacts n JOIN customers c ON c.id = n.customer_id WHERE c.ref = ? ORDER BY n.id`,
    args: [ref],
  });
  return rows.map((row) => [row.role, row.email, row.name].filter(Boolean).join(" "));
}

export async function ledgerOf(db: Db, number: string) {
  const { rows } = await db.client.execute({
    sql: `SELECT l.kind, l.author, l.data FROM ledger l JOIN invoices i ON i.id = l.invoice_id WHERE i.number = ? ORDER BY l.seq`,
    args: [number],
  });
  return rows.map((row) => ({
    kind: String(row.kind),
    author: String(row.author),
    data: JSON.parse(String(row.data)),
  }));
}

/** Holds not ended: on the invoice of this number itself, or on the customer of this reference. */
export async function openHolds(db: Db, on: { number: string } | { ref: string }) {
  const { rows } = await db.client.execute(
    "number" in on
      ? {
          sql: `SELECT h.* FROM holds h JOIN invoices i ON i.id = h.invoice_id WHERE i.number = ? AND h.ended_at IS NULL`,
          args: [on.number],
        }
      : {
          sql: `SELECT h.* FROM holds h JOIN customers c ON c.id = h.customer_id
                WHERE c.ref = ? AND h.invoice_id IS NULL AND h.ended_at IS NULL`,
          args: [on.ref],
        },
  );
  return rows;
}

/** Unallocated credit of a customer in a currency. */
export async function creditOf(db: Db, ref: string, currency = "EUR"): Promise<number> {
  const { rows } = await db.client.execute({
    sql: `SELECT coalesce(sum(CASE p.kind WHEN 'refund' THEN -p.amount_minor ELSE p.amount_minor END - p.allocated_minor), 0) AS credit
          FROM payments p JOIN customers c ON c.id = p.customer_id WHERE c.ref = ? AND p.currency = ?`,
    args: [ref, currency],
  });
  return Number(rows[0]!.credit);
}

/** Everything in the tables that records write, to tell that nothing was touched. */
export async function dump(db: Db): Promise<string> {
  const tables = [
    "customers",
    "contacts",
    "invoices",
    "payments",
    "allocations",
    "holds",
    "ledger",
    "settings",
  ];
  const results = await db.batch(
    tables.map((table) => `SELECT * FROM ${table} ORDER BY rowid`),
    "read",
  );
  return JSON.stringify(results.map((result) => result.rows));
}

import { createClient } from "@libsql/client";
import { migrate } from "../src/db/migrate.ts";
import { openDatabase } from "../src/db/open.ts";
import { ACME } from "../test/support/cast.ts";

/** A Tuesday morning on which it is office hours in Berlin and in Shanghai. */
export const AT = Date.parse("2026-03-03T08:30:00Z");
const DAY_MS = 24 * 3600 * 1000;
const INVOICES_A_CUSTOMER = 5;
const SALES_REPS = 50;

export type Fill = { invoices: number; due: number };

/**
 * A database of `invoices`, five a customer: the customers of `due` owe one whose overdue_3 is due, the others one that is not due for
 * months; whatever else they had is paid long ago. Owners were told of the due ones. Each has its entry in the ledger, which `rewindStore` may take back.
 */
export async function fillStore(url: string, { invoices, due }: Fill): Promise<void> {
  const db = await openDatabase({ url });
  await migrate(db, AT);
  db.close();
  const customers = invoices / INVOICES_A_CUSTOMER;
  const client = createClient({ url });
  // In one call, so that the pragmas reach the connection that writes.
  await client.executeMultiple(`
    PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN;
    ${shared()} ${customersOf(customers)} ${invoicesOf(invoices, customers, customers / due)}
    DROP TRIGGER ledger_loses_no_entry;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  client.close();
}

function shared(): string {
  return `
    INSERT INTO creditors (id, body, updated_at) VALUES (1, '${JSON.stringify(ACME)}', 0);
    INSERT INTO settings (key, value) VALUES ('fresh_through', '${AT}');
    INSERT INTO owners (email) WITH ${count(SALES_REPS)} SELECT 'rep' || i || '@acme.example' FROM n;`;
}

function customersOf(customers: number): string {
  return `
    INSERT INTO customers (id, ref, name, legal_name, address, country, locale, timezone, owner_email, created_at, updated_at)
    WITH ${count(customers)} SELECT ${id("cus", "i")}, 'C-' || i, iif(i % 4, 'Nordwind Handel ', '华悦贸易') || i,
      iif(i % 4, 'Nordwind Handels GmbH ' || i, '华悦贸易' || i || '有限公司'), 'Hafenweg 7, 20457 Hamburg',
      iif(i % 4, 'DE', 'CN'), iif(i % 4, 'en', 'zh-CN'), iif(i % 4, 'Europe/Berlin', 'Asia/Shanghai'),
      'rep' || (i % ${SALES_REPS}) || '@acme.example', 0, 0 FROM n;
    INSERT INTO contacts (id, customer_id, role, name, email)
    WITH ${count(customers)} SELECT ${id("con", "i")}, ${id("cus", "i")}, 'billing', 'Bela Buch', 'bills@customer' || i || '.example' FROM n;`;
}

/** The first of each customer's invoices is open, due for a look now with every `step`-th customer. */
function invoicesOf(invoices: number, customers: number, step: number): string {
  const dueOn = (offset: number) => Math.floor(AT / DAY_MS) + offset;
  return `
    INSERT INTO invoices (id, number, customer_id, currency, amount_minor, balance_minor, issued_on, due_on, po_number, next_look_at,
      created_at, updated_at)
    WITH ${count(invoices)}, kinds AS (SELECT i, i % ${customers} AS c, i < ${customers} AS is_open FROM n),
    days AS (SELECT *, CASE WHEN NOT is_open THEN ${dueOn(-400)} - i % 365 WHEN c % ${step} = 0 THEN ${dueOn(-4)} ELSE ${dueOn(90)} END AS day
      FROM kinds)
    SELECT ${id("inv", "i")}, 'INV-' || i, ${id("cus", "c")}, 'EUR', 10000 + i % 90000, iif(is_open, 10000 + i % 90000, 0), day - 30, day,
      'PO-' || i, CASE WHEN NOT is_open THEN NULL WHEN c % ${step} = 0 THEN ${AT} - c ELSE ${AT + 60 * DAY_MS} + c END, 0, 0 FROM days;
    INSERT INTO ledger (invoice_id, seq, at, kind, author, data, prev_hash, hash)
    WITH ${count(invoices)} SELECT ${id("inv", "i")}, 1, 0, 'invoice_imported', 'import', '{}', '', printf('%064x', i) FROM n;
    INSERT INTO alerts (id, fact, kind, customer_id, invoice_id, payload, state, next_try_at, created_at)
    SELECT 'alr_' || rowid, 'account_check ' || id, 'account_check', customer_id, id, '{"key":"account_check"}', 'posted', 0, 0
    FROM invoices WHERE next_look_at <= ${AT};`;
}

function count(to: number): string {
  return `RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})`;
}

function id(prefix: string, number: string): string {
  return `'${prefix}_' || printf('%023d', ${number})`;
}

/** Takes back what a tick did, so that the next one finds the same work. */
export async function rewindStore(url: string): Promise<void> {
  const client = createClient({ url });
  const touched = "SELECT invoice_id FROM reminder_invoices";
  await client.executeMultiple(`
    PRAGMA synchronous = OFF; BEGIN;
    DELETE FROM ledger WHERE seq > 1 AND invoice_id IN (${touched});
    UPDATE ledger_heads SET seq = 1, hash = (SELECT l.hash FROM ledger l WHERE l.invoice_id = ledger_heads.invoice_id AND l.seq = 1)
      WHERE invoice_id IN (${touched});
    UPDATE invoices SET next_look_at = ${AT} WHERE id IN (${touched});
    UPDATE customers SET facts_version = 0 WHERE id IN (SELECT customer_id FROM reminders);
    DELETE FROM messages; DELETE FROM reminder_invoices; DELETE FROM alerts WHERE created_at > 0; DELETE FROM reminders; DELETE FROM runs;
    COMMIT; PRAGMA wal_checkpoint(TRUNCATE)`);
  client.close();
}

import type { ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import { customerQueries, readCustomers, type StoredCustomer } from "./facts.ts";
import type { Db } from "./open.ts";
import { readWorld, type World, worldQueries } from "./world.ts";

export type Loaded = { world: World; customers: StoredCustomer[] };

/** A customer who owes something that is due for a look since this moment. */
export type DueCustomer = { lookAt: Instant; customerId: string };

type Source = { sql: string; args: (string | number)[] };

/** The customers, of these or of all, with an invoice whose next look has come, the longest due first; one round trip. */
export function loadDue(
  db: Db,
  { at, invoices, customers }: { at: Instant; invoices: number; customers?: string[] },
): Promise<Loaded> {
  const isOurs = customers ? "AND customer_id IN (SELECT value FROM json_each(?3))" : "";
  const sql = `SELECT customer_id FROM (
    SELECT customer_id FROM invoices WHERE next_look_at <= ?1 ${isOurs} ORDER BY next_look_at LIMIT ?2)`;
  return load(db, { sql, args: [at, invoices, ...(customers ? [JSON.stringify(customers)] : [])] });
}

/** A page of what is due, the longest due first, without a look at any invoice; `after` is the last of the page before. */
export async function listDue(
  db: Db,
  { at, after, limit }: { at: Instant; after: DueCustomer; limit: number },
): Promise<DueCustomer[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT DISTINCT next_look_at, customer_id FROM invoices
          WHERE next_look_at <= ?1 AND next_look_at >= ?2 AND (next_look_at, customer_id) > (?2, ?3)
          ORDER BY next_look_at, customer_id LIMIT ?4`,
    args: [at, after.lookAt, after.customerId, limit],
  });
  return rows.map((row) => ({ lookAt: Number(row.next_look_at), customerId: String(row.customer_id) }));
}

/** The next customers with backlog, the oldest stage first. */
export async function loadBacklog(db: Db, page: { offset: number; limit: number }): Promise<Loaded> {
  const sql = `SELECT customer_id FROM (
    SELECT customer_id, min(stage_due_on) AS oldest FROM invoices WHERE waits_for = 'backlog'
    GROUP BY customer_id ORDER BY oldest, customer_id LIMIT ?1 OFFSET ?2)`;
  const source = { sql, args: [page.limit, page.offset] };
  const [order, ...results] = await db.batch([source, ...worldQueries(), ...customerQueries(source)], "read");
  const place = new Map(order!.rows.map((row, i) => [String(row.customer_id), i]));
  const { world, customers } = readLoaded(results);
  return { world, customers: customers.sort((a, b) => place.get(a.facts.id)! - place.get(b.facts.id)!) };
}

/** A page of the customers that are due or have backlog, in the order of their ids. */
export function loadDuePage(db: Db, page: { at: Instant; after: string; limit: number }): Promise<Loaded> {
  const sql = `SELECT id FROM (SELECT DISTINCT customer_id AS id FROM invoices
    WHERE (next_look_at <= ?1 OR waits_for = 'backlog') AND customer_id > ?2 ORDER BY customer_id LIMIT ?3)`;
  return load(db, { sql, args: [page.at, page.after, page.limit] });
}

/** A page of the customers that owe something, in the order of their ids; of one account owner, or of all. */
export function loadOwingPage(
  db: Db,
  page: { after: string; limit: number; ownerEmail?: string },
): Promise<Loaded> {
  const { after, limit, ownerEmail } = page;
  const whose = ownerEmail === undefined ? "" : "owner_email = ?3 AND";
  const sql = `SELECT id FROM (SELECT id FROM customers c WHERE ${whose} id > ?1 AND EXISTS (SELECT 1 FROM invoices i
    WHERE i.customer_id = c.id AND i.balance_minor > 0 AND i.status = 'open') ORDER BY id LIMIT ?2)`;
  return load(db, { sql, args: [after, limit, ...(ownerEmail === undefined ? [] : [ownerEmail])] });
}

/** A page of all customers with all their invoices, paid ones too. */
export function loadPage(db: Db, page: { after: string; limit: number }): Promise<Loaded> {
  const sql = "SELECT id FROM (SELECT id FROM customers WHERE id > ?1 ORDER BY id LIMIT ?2)";
  return load(db, { sql, args: [page.after, page.limit] }, true);
}

/** The customer of one invoice with everything it owes, that invoice itself whatever its state. */
export async function loadByInvoice(db: Db, number: string): Promise<Loaded> {
  return load(db, { sql: "SELECT customer_id FROM invoices WHERE number = ?1", args: [number] }, true);
}

/** The customer of this reference with everything it owes. */
export async function loadByRef(db: Db, ref: string): Promise<Loaded> {
  return load(db, { sql: "SELECT id FROM customers WHERE ref = ?1", args: [ref] });
}

async function load(db: Db, source: Source, all = false): Promise<Loaded> {
  return readLoaded(await db.batch([...worldQueries(), ...customerQueries(source, all)], "read"));
}

function readLoaded([settings, policies, ...customers]: ResultSet[]): Loaded {
  return { world: readWorld([settings!, policies!]), customers: readCustomers(customers) };
}

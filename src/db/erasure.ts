import type { InStatement, ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import { type LedgerRow, readLedgerRows } from "./ledger-check.ts";
import type { Db } from "./open.ts";
import { UNDER_WAY } from "./reminder-states.ts";

const NOTHING_TOLD = JSON.stringify({ customer: null, invoices: [], note: null });
const REMINDERS = "SELECT id FROM reminders WHERE customer_id = ?1";
const NOTICES = "SELECT id FROM notices WHERE customer_id = ?1";
const REPLIES = "SELECT id FROM replies WHERE customer_id = ?1";
const MAILS = `${REMINDERS} UNION ALL ${NOTICES}`;
// Those that are replaced by now too.
const ADDRESSES = `SELECT lower(email) FROM contacts WHERE customer_id = ?1
  UNION ALL SELECT lower(a.value) FROM reminders r JOIN json_each(r.recipients) a WHERE r.customer_id = ?1
  UNION ALL SELECT lower(a.value) FROM notices n JOIN json_each(n.recipients) a WHERE n.customer_id = ?1
  UNION ALL SELECT address FROM deliveries WHERE mail_id IN (${MAILS})
  UNION ALL SELECT lower(a.atom) FROM invoices i CROSS JOIN ledger l ON l.invoice_id = i.id AND instr(l.data, '@') > 0
    CROSS JOIN json_tree(l.data) a WHERE i.customer_id = ?1 AND a.type = 'text'`;
// Materialized, or it is gathered anew for every alert.
const NAMES = `WITH names AS MATERIALIZED (SELECT name FROM customers WHERE id = ?1
  UNION SELECT payload->>'$.customer.name' FROM alerts WHERE customer_id = ?1) SELECT name FROM names`;

/**
 * What is erased of a customer, table by table, in the order in which it goes: a table that keeps something personal joins here. `?1` is
 * the customer's id. Amounts, days, stages and hashes stay; so do payment references, which are accounts, the customer's own reference,
 * and the address of whoever complained about mail, so that it gets none.
 */
const PERSONAL = [
  `DELETE FROM kept_webhooks WHERE waits_for IN (SELECT number FROM invoices WHERE customer_id = ?1)
     OR EXISTS (SELECT 1 FROM contacts c WHERE c.customer_id = ?1 AND instr(lower(body), lower(c.email)) > 0)
     OR EXISTS (SELECT 1 FROM customers c WHERE c.id = ?1
       AND (waits_for = c.ref OR (waits_for IS NULL AND instr(body, json_quote(c.name)) > 0)))`,
  `DELETE FROM suppressions WHERE reason = 'bounce' AND address IN (${ADDRESSES})
     AND address NOT IN (SELECT lower(email) FROM contacts WHERE customer_id <> ?1)`,
  "DELETE FROM contacts WHERE customer_id = ?1",
  "DELETE FROM proposed_contacts WHERE customer_id = ?1",
  `DELETE FROM messages WHERE reminder_id IN (${REMINDERS})`,
  `UPDATE deliveries SET id = 'erased ' || rowid, address = NULL, detail = NULL
     WHERE mail_id IN (${MAILS})`,
  "UPDATE reminders SET recipients = '[]', subject = NULL, failure = NULL WHERE customer_id = ?1",
  `UPDATE notices SET body = '{}', recipients = NULL, subject = NULL, failure = NULL, raw = NULL, bytes = NULL
     WHERE customer_id = ?1`,
  `DELETE FROM reply_invoices WHERE reply_id IN (${REPLIES})`,
  "DELETE FROM replies WHERE customer_id = ?1",
  "UPDATE calls SET person = 'erased', said = '' WHERE customer_id = ?1",
  "DELETE FROM documents WHERE customer_id = ?1",
  "UPDATE promises SET name = NULL, note = NULL WHERE customer_id = ?1",
  "UPDATE disputes SET name = NULL, text = NULL, answer = NULL WHERE customer_id = ?1",
  "UPDATE plans SET name = NULL, note = NULL, answer = NULL WHERE customer_id = ?1",
  "UPDATE holds SET reason = 'erased' WHERE customer_id = ?1",
  `UPDATE waived_stages SET reason = 'erased'
     WHERE invoice_id IN (SELECT id FROM invoices WHERE customer_id = ?1)`,
  "UPDATE invoices SET payment_url = NULL, invoice_url = NULL WHERE customer_id = ?1",
  // Digests and the like tell of several customers, by the names that those had then, which their own alerts still know.
  `UPDATE alerts SET payload = '${NOTHING_TOLD}', error = NULL WHERE customer_id IS NULL
     AND EXISTS (SELECT 1 FROM (${NAMES}) n WHERE instr(payload, json_quote(n.name)) > 0)`,
  `UPDATE alerts SET payload = '${NOTHING_TOLD}', error = NULL, asks = 0 WHERE customer_id = ?1`,
  "DELETE FROM used_forms WHERE result->>'customerId' = ?1",
];

/** The ids of the messages and documents that there are of a customer. */
export function contentsQuery(customerId: string): InStatement {
  return {
    sql: `SELECT reminder_id AS id FROM messages WHERE reminder_id IN (${REMINDERS})
          UNION ALL SELECT id FROM notices WHERE customer_id = ?1 AND raw IS NOT NULL
          UNION ALL ${REPLIES}
          UNION ALL SELECT id FROM documents WHERE invoice_id IN (SELECT id FROM invoices WHERE customer_id = ?1)`,
    args: [customerId],
  };
}

export function erasePersonalStatements(customerId: string, at: Instant): InStatement[] {
  return [
    ...PERSONAL.map((sql) => ({ sql, args: [customerId] })),
    {
      sql: `UPDATE customers SET name = 'erased', legal_name = NULL, address = NULL, erased_at = ?2, updated_at = ?2
            WHERE id = ?1`,
      args: [customerId, at],
    },
  ];
}

/** What the ledger's trigger lets go of an entry: these fields, all at once. It has the same list (migration 0010). */
const LEFT_OF_DATA = `json_remove(data, '$.name', '$.email', '$.address', '$.from', '$.subject', '$.sentence', '$.to',
  '$.refused_addresses', '$.open_addresses', '$.detail', '$.note', '$.text', '$.answer', '$.payment_url', '$.invoice_url',
  iif(kind = 'dispute_opened', '$.none', '$.reason'), iif(kind = 'paid_reported', '$.reference', '$.none'))`;

/** The chains of the customer's invoices after `after`, with what an erasure would leave of each entry. */
export function chainsQuery(page: { customerId: string; after: string; limit: number }): InStatement {
  return {
    sql: `SELECT l.*, ${LEFT_OF_DATA} AS left_of_data, i.number, h.seq AS head_seq, h.hash AS head_hash
          FROM (SELECT id, number FROM invoices WHERE customer_id = ? AND id > ? ORDER BY id LIMIT ?) i
          JOIN ledger l ON l.invoice_id = i.id LEFT JOIN ledger_heads h ON h.invoice_id = i.id ORDER BY l.invoice_id, l.seq`,
    args: [page.customerId, page.after, page.limit],
  };
}

export type ErasableEntry = LedgerRow & { leftOfData: string };

export function readErasableEntries(result: ResultSet): ErasableEntry[] {
  return readLedgerRows(result).map((row, i) => ({
    ...row,
    leftOfData: String(result.rows[i]!.left_of_data),
  }));
}

export function eraseEntriesStatement(entries: { invoiceId: string; seq: number }[]): InStatement {
  return {
    sql: `UPDATE ledger SET data = ${LEFT_OF_DATA}
          WHERE (invoice_id, seq) IN (SELECT value->>0, value->>1 FROM json_each(?))`,
    args: [JSON.stringify(entries.map(({ invoiceId, seq }) => [invoiceId, seq]))],
  };
}

/**
 * A customer as an erasure sees it: what is open, in words, since when nothing happened, how many entries its ledgers have, and when it
 * was erased, null where something was recorded since.
 */
export type Erasable = {
  id: string;
  lastAt: Instant;
  entries: number;
  erasedAt: Instant | null;
  open: string[];
};

const OPEN = {
  "invoices that are not settled":
    "FROM invoices WHERE customer_id = c.id AND balance_minor > 0 AND status = 'open'",
  "money that is not allocated":
    "FROM payments WHERE customer_id = c.id AND amount_minor > abs(allocated_minor)",
  "reminders under way": `FROM reminders WHERE customer_id = c.id AND ${UNDER_WAY}`,
  "notices under way": "FROM notices WHERE customer_id = c.id AND state IN ('planned', 'sending', 'unknown')",
  "replies that wait for a person":
    "FROM replies WHERE customer_id = c.id AND state IN ('open', 'accepting')",
};

const IS_OPEN = Object.values(OPEN).map((from) => `EXISTS (SELECT 1 ${from})`);

// What changes a customer or comes of it moves its `updated_at`; all else has an entry in a ledger, of which the last is found by key.
const LAST_AT = `max(c.updated_at, coalesce((SELECT max(l.at) FROM invoices i CROSS JOIN ledger_heads h ON h.invoice_id = i.id
  CROSS JOIN ledger l ON l.invoice_id = h.invoice_id AND l.seq = h.seq WHERE i.customer_id = c.id), 0))`;

export function erasableQuery(customerRef: string): InStatement {
  return {
    sql: `SELECT c.id, iif(c.updated_at > c.erased_at, NULL, c.erased_at) AS erased_at, ${LAST_AT} AS last_at,
            (SELECT total(h.seq) FROM invoices i CROSS JOIN ledger_heads h ON h.invoice_id = i.id WHERE i.customer_id = c.id) AS entries,
            ${IS_OPEN.map((isOpen, i) => `${isOpen} AS open_${i}`).join(", ")} FROM customers c WHERE c.ref = ?`,
    args: [customerRef],
  };
}

export function readErasable({ rows: [row] }: ResultSet): Erasable | undefined {
  if (!row) return undefined;
  const open = Object.keys(OPEN).filter((_, i) => row[`open_${i}`] === 1);
  const erasedAt = row.erased_at as number | null;
  return { id: String(row.id), lastAt: Number(row.last_at), entries: Number(row.entries), erasedAt, open };
}

/**
 * Of the customers after `after` that hold something personal, which have nothing open and heard nothing after `before`. The ledgers are
 * only asked where all else says so.
 */
export async function readOutlived(
  db: Db,
  page: { after: string; before: Instant; limit: number },
): Promise<{ id: string; ref: string; isOutlived: boolean }[]> {
  const isKept = ["c.updated_at > ?1", ...IS_OPEN].map((isSo) => `WHEN ${isSo} THEN 0`).join(" ");
  const { rows } = await db.client.execute({
    sql: `SELECT c.id, c.ref, CASE ${isKept} ELSE ${LAST_AT} <= ?1 END AS is_outlived FROM customers c
          WHERE c.id > ?2 AND (c.erased_at IS NULL OR c.updated_at > c.erased_at) ORDER BY c.id LIMIT ?3`,
    args: [page.before, page.after, page.limit],
  });
  return rows.map((row) => ({
    id: String(row.id),
    ref: String(row.ref),
    isOutlived: Number(row.is_outlived) === 1,
  }));
}

/** Mails of nobody on record that came until `before`. */
export async function listUnmatched(
  { client }: Db,
  { before, limit }: { before: Instant; limit: number },
): Promise<string[]> {
  const sql = "SELECT id FROM replies WHERE customer_id IS NULL AND received_at <= ? LIMIT ?";
  return (await client.execute({ sql, args: [before, limit] })).rows.map(({ id }) => String(id));
}

/** Erases such mails, and what people were told of them. */
export function eraseUnmatchedStatements(ids: string[]): InStatement[] {
  return [
    `UPDATE alerts SET payload = '${NOTHING_TOLD}', error = NULL, asks = 0
       WHERE fact IN (SELECT 'reply_unmatched ' || value FROM json_each(?1))`,
    "DELETE FROM replies WHERE customer_id IS NULL AND id IN (SELECT value FROM json_each(?1))",
  ].map((sql) => ({ sql, args: [JSON.stringify(ids)] }));
}

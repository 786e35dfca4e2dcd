import type { InStatement } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type KeptWebhook = {
  /** The source and the message's own id. */
  id: string;
  source: "ses" | "payments" | "stripe" | "stripe_event" | "queue";
  /** What it is, or what is wrong with it, in words that tell nothing of its content. */
  reason: string;
  body: string;
  /** The invoice, customer or payment with which it may be followed; absent where only a person can. */
  waitsFor?: string;
};

/** Keeps a message once; one that is kept already affects no row. */
export function keepWebhookStatement(kept: KeptWebhook, at: Instant): InStatement {
  const { id, source, reason, body, waitsFor = null } = kept;
  return {
    sql: `INSERT INTO kept_webhooks (id, source, reason, body, waits_for, received_at) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT DO NOTHING`,
    args: [id, source, reason, body, waitsFor, at],
  };
}

/** Payment events whose invoice, customer or payment is there by now, in the order of their ids from after `after`. */
export async function listFollowable(
  db: Db,
  page: { after: string; limit: number },
): Promise<Pick<KeptWebhook, "id" | "source" | "body">[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT k.id, k.source, k.body FROM kept_webhooks k WHERE k.waits_for IS NOT NULL AND k.id > ? AND (
            EXISTS (SELECT 1 FROM invoices WHERE number = k.waits_for)
            OR EXISTS (SELECT 1 FROM customers WHERE ref = k.waits_for)
            OR EXISTS (SELECT 1 FROM payment_names WHERE name = k.waits_for)
            OR EXISTS (SELECT 1 FROM payments WHERE kind = 'payment' AND identity = 'ref:' || k.waits_for))
          ORDER BY k.id LIMIT ?`,
    args: [page.after, page.limit],
  });
  return rows.map((row) => ({
    id: String(row.id),
    source: row.source as KeptWebhook["source"],
    body: String(row.body),
  }));
}

export async function findKept(
  db: Db,
  id: string,
): Promise<Pick<KeptWebhook, "source" | "body"> | undefined> {
  const { rows } = await db.client.execute({
    sql: "SELECT source, body FROM kept_webhooks WHERE id = ?",
    args: [id],
  });
  return rows[0] && { source: rows[0].source as KeptWebhook["source"], body: String(rows[0].body) };
}

export async function listKept(
  db: Db,
  source: KeptWebhook["source"],
  limit: number,
): Promise<Pick<KeptWebhook, "id" | "body">[]> {
  const { rows } = await db.client.execute({
    sql: "SELECT id, body FROM kept_webhooks WHERE source = ? ORDER BY received_at LIMIT ?",
    args: [source, limit],
  });
  return rows.map(({ id, body }) => ({ id: String(id), body: String(body) }));
}

/** It is followed by now; whoever was not told of it yet need not be. */
export function forgetKeptStatements(id: string): InStatement[] {
  return [
    { sql: "DELETE FROM kept_webhooks WHERE id = ?", args: [id] },
    { sql: "DELETE FROM alerts WHERE fact = 'payment_kept ' || ? AND state = 'pending'", args: [id] },
  ];
}

/** From now on only a person can follow it. */
export function leaveToPersonStatement(id: string, reason: string): InStatement {
  return { sql: "UPDATE kept_webhooks SET waits_for = NULL, reason = ? WHERE id = ?", args: [reason, id] };
}

/** Whether a message was followed before; only for those of which nothing else tells. */
export async function isSeen(db: Db, id: string): Promise<boolean> {
  const { rows } = await db.client.execute({ sql: "SELECT 1 FROM seen_webhooks WHERE id = ?", args: [id] });
  return rows.length > 0;
}

export function seenStatement(id: string, at: Instant): InStatement {
  return { sql: "INSERT INTO seen_webhooks (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", args: [id, at] };
}

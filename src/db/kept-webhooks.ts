import type { InStatement } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type KeptWebhook = {
  /** The source and the message's own id. */
  id: string;
  source: "ses" | "payments" | "stripe" | "stripe_event";
  /** What it is, or what is wrong with it, in words that tell nothing of its content. */
  reason: string;
  body: string;
};

/** Keeps a message once; one that is kept already affects no row. */
export function keepWebhookStatement({ id, source, reason, body }: KeptWebhook, at: Instant): InStatement {
  return {
    sql: `INSERT INTO kept_webhooks (id, source, reason, body, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    args: [id, source, reason, body, at],
  };
}

/** Payment events that could not be recorded when they came, the oldest first. */
export async function listKeptPayments(db: Db, limit: number): Promise<KeptWebhook[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT id, source, reason, body FROM kept_webhooks WHERE source IN ('payments', 'stripe')
          ORDER BY received_at, id LIMIT ?`,
    args: [limit],
  });
  return rows.map((row) => ({
    id: String(row.id),
    source: row.source as KeptWebhook["source"],
    reason: String(row.reason),
    body: String(row.body),
  }));
}

export function forgetKeptStatement(id: string): InStatement {
  return { sql: "DELETE FROM kept_webhooks WHERE id = ?", args: [id] };
}

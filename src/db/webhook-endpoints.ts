import type { InStatement, Row } from "@libsql/client";
import type { EventType } from "../domain/outgoing-event.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type WebhookEndpoint = {
  id: string;
  url: string;
  /** The types it wants; null for all. */
  events: EventType[] | null;
  createdAt: Instant;
  author: string;
  closedAt: Instant | null;
  /** Who closed it: a person, or `endpoint` where it answered that it is gone. */
  closedBy: string | null;
};

/** It is told what enters the ledgers from now on. */
export function putEndpointStatement(
  { id, url, events, createdAt, author }: Omit<WebhookEndpoint, "closedAt" | "closedBy">,
  secret: string,
): InStatement {
  return {
    sql: `INSERT INTO webhook_endpoints (id, url, events, secret, read_through, created_at, author)
          VALUES (?, ?, ?, ?, (SELECT coalesce(max(rowid), 0) FROM ledger), ?, ?)`,
    args: [id, url, events && JSON.stringify(events), secret, createdAt, author],
  };
}

/** The newest first, those that are closed too. */
export async function listEndpoints(db: Db, limit: number): Promise<WebhookEndpoint[]> {
  const { rows } = await db.client.execute({
    sql: "SELECT * FROM webhook_endpoints ORDER BY id DESC LIMIT ?",
    args: [limit],
  });
  return rows.map(toEndpoint);
}

/** Those that are told, and the row of the ledger up to which each was. */
export async function listOpenEndpoints(db: Db): Promise<(WebhookEndpoint & { readThrough: number })[]> {
  const { rows } = await db.client.execute(
    "SELECT * FROM webhook_endpoints WHERE closed_at IS NULL ORDER BY id",
  );
  return rows.map((row) => ({ ...toEndpoint(row), readThrough: Number(row.read_through) }));
}

/** Affects no endpoint that is closed already. What it was still to be told, it is not told any more. */
export function closeEndpointStatements(id: string, by: { at: Instant; author: string }): InStatement[] {
  return [
    {
      sql: "UPDATE webhook_endpoints SET closed_at = ?, closed_by = ? WHERE id = ? AND closed_at IS NULL",
      args: [by.at, by.author, id],
    },
    {
      sql: `UPDATE webhook_messages SET state = 'given_up', settled_at = ? WHERE endpoint_id = ? AND state = 'pending'`,
      args: [by.at, id],
    },
  ];
}

function toEndpoint(row: Row): WebhookEndpoint {
  return {
    id: String(row.id),
    url: String(row.url),
    events: row.events === null ? null : JSON.parse(String(row.events)),
    createdAt: Number(row.created_at),
    author: String(row.author),
    closedAt: row.closed_at as number | null,
    closedBy: row.closed_by as string | null,
  };
}

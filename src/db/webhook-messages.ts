import type { InStatement } from "@libsql/client";
import { newId } from "../domain/ids.ts";
import type { EventType } from "../domain/outgoing-event.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type NewMessage = { id: string; endpointId: string; fact: string; type: EventType; body: string };

/** Stores messages, each of its fact's once; with the row of the ledger through which the endpoint's are made by now. */
export function putMessagesStatements(
  messages: NewMessage[],
  { at, endpointId, readThrough }: { at: Instant; endpointId: string; readThrough?: number },
): InStatement[] {
  const rows = messages.map(({ id, fact, type, body }) => [id, fact, type, body]);
  const statements: InStatement[] = [
    {
      sql: `INSERT INTO webhook_messages (id, endpoint_id, fact, type, body, state, next_try_at, created_at)
            SELECT j.value->>0, e.id, j.value->>1, j.value->>2, j.value->>3, 'pending', ?1, ?1
            FROM webhook_endpoints e JOIN json_each(?3) j WHERE e.id = ?2 AND e.closed_at IS NULL ON CONFLICT DO NOTHING`,
      args: [at, endpointId, JSON.stringify(rows)],
    },
  ];
  if (readThrough === undefined) return statements;
  return [
    ...statements,
    {
      sql: "UPDATE webhook_endpoints SET read_through = max(read_through, ?) WHERE id = ?",
      args: [readThrough, endpointId],
    },
  ];
}

export type DueMessage = {
  id: string;
  endpointId: string;
  url: string;
  secret: string;
  body: string;
  attempts: number;
};

/** What is to be tried now, the oldest first, at most so many of each endpoint, and of all of them by turns. */
export async function listDueMessages(
  db: Db,
  at: Instant,
  most: { each: number; all: number },
): Promise<DueMessage[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT * FROM (SELECT m.id, m.endpoint_id, m.body, m.attempts, e.url, e.secret,
            row_number() OVER (PARTITION BY m.endpoint_id ORDER BY m.next_try_at, m.id) AS place
            FROM webhook_messages m JOIN webhook_endpoints e ON e.id = m.endpoint_id
            WHERE m.state = 'pending' AND m.next_try_at <= ?) WHERE place <= ? ORDER BY place LIMIT ?`,
    args: [at, most.each, most.all],
  });
  return rows.map((row) => ({
    id: String(row.id),
    endpointId: String(row.endpoint_id),
    url: String(row.url),
    secret: String(row.secret),
    body: String(row.body),
    attempts: Number(row.attempts),
  }));
}

/** Takes a message for one try; affects no row where another process has. Without a word on it, it is tried again at `until`. */
export function claimMessageStatement({ id, attempts }: DueMessage, until: Instant): InStatement {
  return {
    sql: `UPDATE webhook_messages SET attempts = attempts + 1, next_try_at = ?
          WHERE id = ? AND attempts = ? AND state = 'pending'`,
    args: [until, id, attempts],
  };
}

export type Attempt = { at: Instant; status: number | null; error: string | null; durationMs: number };

export function recordAttemptStatement(messageId: string, attempt: Attempt): InStatement {
  const { at, status, error, durationMs } = attempt;
  return {
    sql: "INSERT INTO webhook_attempts (message_id, at, status, error, duration_ms) VALUES (?, ?, ?, ?, ?)",
    args: [messageId, at, status, error, durationMs],
  };
}

export function settleMessageStatement(id: string, as: "delivered" | "given_up", at: Instant): InStatement {
  return {
    sql: "UPDATE webhook_messages SET state = ?, settled_at = ? WHERE id = ? AND state = 'pending'",
    args: [as, at, id],
  };
}

/** Has a message of an open endpoint sent anew, under its own id; affects no other. */
export function redeliverStatement(id: string, at: Instant): InStatement {
  return {
    sql: `UPDATE webhook_messages SET state = 'pending', attempts = 0, next_try_at = ?, settled_at = NULL
          WHERE id = ? AND endpoint_id IN (SELECT id FROM webhook_endpoints WHERE closed_at IS NULL)`,
    args: [at, id],
  };
}

const FORGOTTEN_AT_ONCE = 20_000;

/**
 * Forgets messages that were made before `before` and are settled, with their attempts, at most 20,000 at once. That an invoice became
 * overdue stays: nothing else tells that it was told.
 */
export function forgetMessagesStatements(before: Instant): InStatement[] {
  const sql = `IN (SELECT id FROM webhook_messages WHERE id < ? AND state <> 'pending' AND type <> 'invoice.overdue'
                   ORDER BY id LIMIT ?)`;
  const args = [newId("msg", before), FORGOTTEN_AT_ONCE];
  return [
    { sql: `DELETE FROM webhook_attempts WHERE message_id ${sql}`, args },
    { sql: `DELETE FROM webhook_messages WHERE id ${sql}`, args },
  ];
}

export type LoggedMessage = {
  id: string;
  endpointId: string;
  type: string;
  state: "pending" | "delivered" | "given_up";
  createdAt: Instant;
  nextTryAt: Instant | null;
  attempts: Attempt[];
};

/** The newest first; `before` is the id of the last one of the page before. */
export async function listMessages(
  db: Db,
  asked: { endpointId?: string; before?: string; limit: number },
): Promise<LoggedMessage[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT m.*, (SELECT json_group_array(json_object('at', a.at, 'status', a.status, 'error', a.error,
            'durationMs', a.duration_ms)) FROM (SELECT * FROM webhook_attempts WHERE message_id = m.id ORDER BY at) a) AS log
          FROM webhook_messages m WHERE (?1 IS NULL OR m.endpoint_id = ?1) AND (?2 IS NULL OR m.id < ?2)
          ORDER BY m.id DESC LIMIT ?3`,
    args: [asked.endpointId ?? null, asked.before ?? null, asked.limit],
  });
  return rows.map((row) => ({
    id: String(row.id),
    endpointId: String(row.endpoint_id),
    type: String(row.type),
    state: row.state as LoggedMessage["state"],
    createdAt: Number(row.created_at),
    nextTryAt: row.state === "pending" ? Number(row.next_try_at) : null,
    attempts: JSON.parse(String(row.log)),
  }));
}

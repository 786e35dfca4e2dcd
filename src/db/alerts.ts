import type { InStatement } from "@libsql/client";
import type { AlertDetails, AlertInvoice, AlertKind } from "../domain/alert.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type AlertPayload = {
  /** The occasion within its invoice, where it is about one. */
  key?: string;
  customer: { ref: string; name: string } | null;
  invoices: AlertInvoice[];
  note: string | null;
  details?: AlertDetails;
};

/**
 * Something a person is to be told; `fact` tells it from everything else, so that it is told once. With `reminderId` only if
 * that reminder exists.
 */
export type NewAlert = {
  reminderId?: string;
  fact: string;
  kind: AlertKind | "reminder_sent";
  customerId: string | null;
  invoiceId: string | null;
  toEmail: string | null;
  payload: AlertPayload;
};

export type PendingAlert = Omit<NewAlert, "reminderId"> & { id: string; attempts: number };

/** Adds what was not told yet; the rows that come back name those facts. */
export function addAlerts(alerts: NewAlert[], at: Instant): InStatement {
  const rows = alerts.map((a) => [
    newId("alr", at),
    a.fact,
    a.kind,
    a.customerId,
    a.invoiceId,
    a.toEmail,
    JSON.stringify(a.payload),
    a.reminderId ?? null,
  ]);
  return {
    sql: `INSERT INTO alerts (id, fact, kind, customer_id, invoice_id, to_email, payload, state, next_try_at, created_at)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, 'pending', ?, ?
          FROM json_each(?) WHERE value->>7 IS NULL OR EXISTS (SELECT 1 FROM reminders WHERE id = value->>7)
          ON CONFLICT (fact) DO NOTHING RETURNING fact`,
    args: [at, at, JSON.stringify(rows)],
  };
}

/** What is to be told now, the oldest first. */
export async function listPendingAlerts(db: Db, at: Instant, limit: number): Promise<PendingAlert[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT id, fact, kind, customer_id, invoice_id, to_email, payload, attempts FROM alerts
          WHERE state = 'pending' AND next_try_at <= ? ORDER BY next_try_at, id LIMIT ?`,
    args: [at, limit],
  });
  return rows.map((row) => ({
    id: String(row.id),
    fact: String(row.fact),
    kind: row.kind as PendingAlert["kind"],
    customerId: row.customer_id === null ? null : String(row.customer_id),
    invoiceId: row.invoice_id === null ? null : String(row.invoice_id),
    toEmail: row.to_email === null ? null : String(row.to_email),
    payload: JSON.parse(String(row.payload)),
    attempts: Number(row.attempts),
  }));
}

export function markPosted(ids: string[], posted: { at: Instant; channel: string; ts: string }): InStatement {
  return {
    sql: `UPDATE alerts SET state = 'posted', posted_at = ?, channel = ?, ts = ?, error = NULL
          WHERE id IN (SELECT value FROM json_each(?))`,
    args: [posted.at, posted.channel, posted.ts, JSON.stringify(ids)],
  };
}

export function markDeferred(ids: string[], deferred: { until: Instant; code: string }): InStatement {
  return {
    sql: `UPDATE alerts SET attempts = attempts + 1, next_try_at = ?, error = ?
          WHERE id IN (SELECT value FROM json_each(?))`,
    args: [deferred.until, deferred.code, JSON.stringify(ids)],
  };
}

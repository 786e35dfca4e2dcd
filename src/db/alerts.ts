import type { InStatement, Row, Transaction } from "@libsql/client";
import {
  type AlertDetails,
  type AlertInvoice,
  type AlertKind,
  ROUTINE_KINDS,
  type SettledAs,
} from "../domain/alert.ts";
import { actionsOf, isLook } from "../domain/alert-actions.ts";
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
 * that reminder exists. `about` is the id of what it asks about, where that is not an invoice.
 */
export type NewAlert = {
  reminderId?: string;
  about?: string;
  fact: string;
  kind: AlertKind | "reminder_sent";
  customerId: string | null;
  invoiceId: string | null;
  toEmail: string | null;
  payload: AlertPayload;
};

/** `reader`: an e-mail address or a channel's id; null is nobody in particular. */
export type PendingAlert = StoredAlert & {
  reader: string | null;
  attempts: number;
  /** Not null: somebody was about to post it until then, and nobody knows whether it was posted. */
  claimedUntil: Instant | null;
};

/** An alert on record, with what people made of it. */
export type StoredAlert = Omit<NewAlert, "reminderId" | "about"> & {
  id: string;
  about: string | null;
  settled: Settlement | null;
};

/** What settled the question of an alert: `by` is an author of the ledger, null where nobody in particular did. */
export type Settlement = { as: SettledAs; by: string | null; at: Instant };

const ROUTINE = ROUTINE_KINDS.map((kind) => `'${kind}'`).join(", ");

/** Adds what was not told yet; routine news of a person waits for the digest; the rows that come back name those facts. */
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
    a.about ?? null,
    actionsOf({ ...a, about: a.about ?? null }).some((action) => !isLook(action)) ? 1 : 0,
  ]);
  return {
    sql: `INSERT INTO alerts (id, fact, kind, customer_id, invoice_id, to_email, payload, about, asks, state, next_try_at,
            created_at)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>8, value->>9, iif(value->>2 IN (${ROUTINE}) AND value->>5 IS NOT NULL, 'digest', 'pending'), ?, ?
          FROM json_each(?) WHERE value->>7 IS NULL OR EXISTS (SELECT 1 FROM reminders WHERE id = value->>7)
          ON CONFLICT (fact) DO NOTHING RETURNING fact`,
    args: [at, at, JSON.stringify(rows)],
  };
}

/** Who reads an alert `a`: an owner's goes where the customer `c` says, if that says anything. */
export const READER =
  "CASE WHEN a.to_email = c.owner_email THEN coalesce(c.alerts_to, a.to_email) ELSE a.to_email END";

/**
 * What is to be told now, the oldest first: not what another worker is about to post, and nothing before an older one for the same
 * reader of the same customer that has to wait, unless that is one which Slack refuses as it is.
 */
export async function listPendingAlerts(db: Db, at: Instant, limit: number): Promise<PendingAlert[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT a.*, ${READER} AS reader FROM alerts a LEFT JOIN customers c ON c.id = a.customer_id
          WHERE a.state = 'pending' AND a.next_try_at <= ?1 AND (a.claimed_until IS NULL OR a.claimed_until <= ?1)
            AND NOT EXISTS (SELECT 1 FROM alerts o WHERE o.state = 'pending' AND o.next_try_at > ?1 AND o.id < a.id
              AND o.customer_id = a.customer_id AND o.to_email IS a.to_email
              AND coalesce(o.error, '') NOT IN ('invalid_blocks', 'msg_too_long'))
          ORDER BY a.next_try_at, a.id LIMIT ?2`,
    args: [at, limit],
  });
  return rows.map((row) => ({
    ...readAlert(row),
    reader: row.reader as string | null,
    attempts: Number(row.attempts),
    claimedUntil: row.claimed_until as number | null,
  }));
}

/** How many messages each reader had since then. */
export async function countTold(db: Db, since: Instant): Promise<Map<string | null, number>> {
  const { rows } = await db.client.execute({
    sql: `SELECT ${READER} AS reader, count(DISTINCT a.posted_at || a.ts) AS told
          FROM alerts a LEFT JOIN customers c ON c.id = a.customer_id WHERE a.posted_at > ? GROUP BY 1`,
    args: [since],
  });
  return new Map(rows.map((row) => [row.reader as string | null, Number(row.told)]));
}

/** How many alerts of a kind, about no customer, came since then and wait for an answer. */
export async function countAsking(tx: Transaction, kind: AlertKind, since: Instant): Promise<number> {
  const { rows } = await tx.execute({
    sql: "SELECT count(*) AS n FROM alerts WHERE asks = 1 AND customer_id IS NULL AND kind = ? AND created_at > ?",
    args: [kind, since],
  });
  return Number(rows[0]!.n);
}

/** Takes alerts to post them; the rows that come back name those that nobody else has. */
export function claimAlerts(ids: string[], { at, until }: { at: Instant; until: Instant }): InStatement {
  return {
    sql: `UPDATE alerts SET claimed_until = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND state = 'pending'
            AND (claimed_until IS NULL OR claimed_until <= ?3) RETURNING id`,
    args: [until, JSON.stringify(ids), at],
  };
}

/** Gives alerts back that were certainly not posted. */
export function releaseAlerts(ids: string[]): InStatement {
  return {
    sql: "UPDATE alerts SET claimed_until = NULL WHERE id IN (SELECT value FROM json_each(?))",
    args: [JSON.stringify(ids)],
  };
}

export function readAlert(row: Row): StoredAlert {
  return {
    id: String(row.id),
    fact: String(row.fact),
    kind: row.kind as StoredAlert["kind"],
    customerId: row.customer_id as string | null,
    invoiceId: row.invoice_id as string | null,
    toEmail: row.to_email as string | null,
    about: row.about as string | null,
    payload: JSON.parse(String(row.payload)),
    settled:
      row.settled_at === null
        ? null
        : {
            as: row.settled_as as SettledAs,
            by: row.settled_by as string | null,
            at: Number(row.settled_at),
          },
  };
}

/** Without a `ts`, several were told in one message, which is not updated. */
export function markPosted(ids: string[], posted: { at: Instant; channel: string; ts: string }): InStatement {
  return {
    sql: `UPDATE alerts SET state = 'posted', posted_at = ?, channel = ?, ts = ?, error = NULL, claimed_until = NULL
          WHERE id IN (SELECT value FROM json_each(?))`,
    args: [posted.at, posted.channel, posted.ts, JSON.stringify(ids)],
  };
}

/** `isKnown`: they were certainly not posted. */
export function markDeferred(
  ids: string[],
  deferred: { until: Instant; code: string; at: Instant; isKnown: boolean },
): InStatement {
  return {
    sql: `UPDATE alerts SET attempts = attempts + 1, next_try_at = ?, error = ?, claimed_until = ?
          WHERE id IN (SELECT value FROM json_each(?))`,
    args: [deferred.until, deferred.code, deferred.isKnown ? null : deferred.at, JSON.stringify(ids)],
  };
}

/** That the messages of these alerts have to say something else. */
export function markStale(ids: string[]): InStatement {
  return {
    sql: `UPDATE alerts SET is_stale = 1 WHERE id IN (SELECT value FROM json_each(?)) AND state = 'posted' AND ts <> ''`,
    args: [JSON.stringify(ids)],
  };
}

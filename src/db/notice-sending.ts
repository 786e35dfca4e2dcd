import type { InStatement, ResultSet, Transaction } from "@libsql/client";
import type { LedgerEntry } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";
import { addAlerts, type NewAlert } from "./alerts.ts";
import { appendLedger, ledgerHeadsQuery, readHeads } from "./ledger.ts";
import type { Db } from "./open.ts";
import { LEASE_MS } from "./reminders.ts";

/** A notice that is written, and the count of changes that it was decided on. */
export type ReadyNotice = {
  id: string;
  customerId: string;
  customerVersion: number;
  recipients: string[];
  subject: string;
  message: { sha256: string; deflated: Uint8Array; bytes: number };
};

/** For how long evidence of what became of a notice is waited for before people are told. */
export const EVIDENCE_WINDOW_MS = 60 * 60 * 1000;

/**
 * Claims notices and marks them `sending`, each with its message, in one statement: those that are still planned, and whose customer
 * and what all share (a stop, too) are as they were when it was decided. Returns the ids of those that may leave.
 */
export async function claimNotices(
  db: Db,
  input: { notices: ReadyNotice[]; worldVersion: number; at: Instant; besides: InStatement[] },
): Promise<{ claimed: Set<string>; besides: ResultSet[] }> {
  const { notices, worldVersion, at } = input;
  const values = notices.map(() => "(?, ?, ?, ?, ?, ?, ?, ?)").join(", ");
  const [claimed, ...besides] = await db.batch([
    {
      sql: `UPDATE notices SET state = 'sending', attempts = attempts + 1, failure = NULL, lease_until = ?,
              recipients = v.column4, subject = v.column5, sha256 = v.column6, raw = v.column7, bytes = v.column8
            FROM (VALUES ${values}) v JOIN customers c ON c.id = v.column2 AND c.facts_version = v.column3
            WHERE notices.id = v.column1 AND notices.state = 'planned' AND notices.leaves_at <= ?
              AND coalesce((SELECT CAST(value AS integer) FROM settings WHERE key = 'facts_version'), 0) = ?
            RETURNING notices.id`,
      args: [at + LEASE_MS, ...notices.flatMap(valuesOf), at, worldVersion],
    },
    ...input.besides,
  ]);
  return { claimed: new Set(claimed!.rows.map((row) => String(row.id))), besides };
}

function valuesOf({ id, customerId, customerVersion, recipients, subject, message }: ReadyNotice) {
  const { sha256, deflated, bytes } = message;
  return [id, customerId, customerVersion, JSON.stringify(recipients), subject, sha256, deflated, bytes];
}

export type NoticeState = "planned" | "sending" | "sent" | "failed" | "unknown" | "cancelled";

/** What becomes of a notice, and what is told of it where it does. `planned` leaves at `leavesAt`. */
export type NoticeResult = {
  id: string;
  state: NoticeState;
  messageId?: string;
  providerId?: string;
  recipients?: string[];
  failure?: string;
  leavesAt?: Instant;
  /** Entered into the ledgers of these invoices. */
  invoiceIds: string[];
  entry: LedgerEntry | null;
  alert: NewAlert | null;
};

/** Moves notices that are still in one of the states `from`, and tells of those that moved. */
export async function recordNotices(
  db: Db,
  input: { from: NoticeState[]; results: NoticeResult[]; at: Instant; besides?: InStatement[] },
): Promise<void> {
  if (input.results.length > 0) await db.write((tx) => moveNotices(tx, input));
}

/** The same within a transaction. */
export async function moveNotices(
  tx: Transaction,
  input: { from: NoticeState[]; results: NoticeResult[]; at: Instant; besides?: InStatement[] },
): Promise<void> {
  const { from, results, at, besides = [] } = input;
  const invoiceIds = [...new Set(results.flatMap((result) => result.invoiceIds))];
  const [moved, stored] = await tx.batch([moveStatement(results, from, at), ledgerHeadsQuery(invoiceIds)]);
  const ids = new Set(moved!.rows.map((row) => String(row.id)));
  const told = results.filter(({ id }) => ids.has(id));
  const appends = told.flatMap(({ invoiceIds, entry }) =>
    entry === null ? [] : invoiceIds.map((invoiceId) => ({ invoiceId, entry })),
  );
  const alerts = told.flatMap(({ alert }) => alert ?? []);
  await tx.batch([appendLedger(readHeads(stored!), appends), addAlerts(alerts, at), ...besides]);
}

function moveStatement(results: NoticeResult[], from: NoticeState[], at: Instant): InStatement {
  const rows = results.map((r) => [
    r.id,
    r.state,
    r.messageId ?? null,
    r.providerId ?? null,
    r.recipients ? JSON.stringify(r.recipients) : null,
    r.failure ?? null,
    r.leavesAt ?? null,
  ]);
  return {
    sql: `UPDATE notices SET state = j.value->>1, message_id = coalesce(j.value->>2, message_id),
            provider_id = coalesce(j.value->>3, provider_id), recipients = coalesce(j.value->>4, recipients),
            failure = j.value->>5, leaves_at = coalesce(j.value->>6, leaves_at),
            sent_at = iif(j.value->>1 = 'sent', ?1, sent_at), lease_until = iif(j.value->>1 = 'unknown', ?2, NULL)
          FROM json_each(?3) j WHERE notices.id = j.value->>0 AND notices.state IN (SELECT value FROM json_each(?4))
          RETURNING notices.id`,
    args: [at, at + EVIDENCE_WINDOW_MS, JSON.stringify(rows), JSON.stringify(from)],
  };
}

import { createHash } from "node:crypto";
import type { InStatement, ResultSet } from "@libsql/client";
import {
  canonicalData,
  canonicalLine,
  EMPTY_LEDGER,
  type LedgerEntry,
  type LedgerHead,
} from "../domain/ledger.ts";
import type { Db } from "./open.ts";

/** With `reminderId` it is written only if there is that reminder: a claim that did not hold leaves no trace. */
export type LedgerAppend = { invoiceId: string; entry: LedgerEntry; reminderId?: string };

/** Heads of the chains of these invoices; a chain not begun is absent (its head is EMPTY_LEDGER). */
export function ledgerHeadsQuery(invoiceIds: string[]): InStatement {
  return {
    sql: `SELECT l.invoice_id, l.seq, l.hash FROM json_each(?) wanted
          JOIN ledger l ON l.invoice_id = wanted.value
          AND l.seq = (SELECT max(seq) FROM ledger WHERE invoice_id = wanted.value)`,
    args: [JSON.stringify(invoiceIds)],
  };
}

export function readHeads({ rows }: ResultSet): Map<string, LedgerHead> {
  return new Map(
    rows.map((row) => [String(row.invoice_id), { seq: Number(row.seq), hash: String(row.hash) }]),
  );
}

/**
 * One statement that appends these entries to the chains whose heads are given, and moves `heads` on. A head that is no
 * longer the last one violates the ledger's key, and the transaction around it fails as `conflict`. `reminderIs` is what their
 * reminder has to be for an entry to be written.
 */
export function appendLedger(
  heads: Map<string, LedgerHead>,
  appends: LedgerAppend[],
  reminderIs = "true",
): InStatement {
  const rows = appends.map(({ invoiceId, entry, reminderId = null }) => {
    const head = heads.get(invoiceId) ?? EMPTY_LEDGER;
    const seq = head.seq + 1;
    const data = canonicalData(entry.data);
    const line = canonicalLine(invoiceId, seq, head.hash, entry, data);
    const hash = createHash("sha256").update(line).digest("hex");
    heads.set(invoiceId, { seq, hash });
    return [invoiceId, seq, entry.at, entry.kind, entry.author, data, head.hash, hash, reminderId];
  });
  return {
    sql: `INSERT INTO ledger (invoice_id, seq, at, kind, author, data, prev_hash, hash)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7 FROM json_each(?)
          WHERE value->>8 IS NULL OR EXISTS (SELECT 1 FROM reminders WHERE id = value->>8 AND ${reminderIs})`,
    args: [JSON.stringify(rows)],
  };
}

/**
 * Runs statements that append to ledgers upon the heads at hand. Where something else was written about one of these invoices
 * meanwhile, it takes the chains as they are now.
 */
export async function withHeads(
  db: Db,
  heads: Map<string, LedgerHead>,
  appends: LedgerAppend[],
  statements: () => InStatement[],
): Promise<ResultSet[]> {
  try {
    return await db.batch(statements());
  } catch (error) {
    if ((error as { code?: string }).code !== "conflict") throw error;
    return db.write(async (tx) => {
      const invoiceIds = [...new Set(appends.map(({ invoiceId }) => invoiceId))];
      const now = readHeads(await tx.execute(ledgerHeadsQuery(invoiceIds)));
      for (const id of invoiceIds) heads.set(id, now.get(id) ?? EMPTY_LEDGER);
      return tx.batch(statements());
    });
  }
}

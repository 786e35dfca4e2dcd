import { createHash } from "node:crypto";
import type { InStatement, ResultSet } from "@libsql/client";
import {
  canonicalData,
  canonicalLine,
  EMPTY_LEDGER,
  type LedgerEntry,
  type LedgerHead,
} from "../domain/ledger.ts";

/** With `reminderId` it is written only if that reminder exists: a claim that did not hold leaves no trace. */
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
 * longer the last one violates the ledger's key, and the transaction around it fails as `conflict`.
 */
export function appendLedger(heads: Map<string, LedgerHead>, appends: LedgerAppend[]): InStatement {
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
          WHERE value->>8 IS NULL OR EXISTS (SELECT 1 FROM reminders WHERE id = value->>8)`,
    args: [JSON.stringify(rows)],
  };
}

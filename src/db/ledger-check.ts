import { createHash } from "node:crypto";
import type { InStatement, ResultSet } from "@libsql/client";
import { canonicalLine, type LedgerEntry } from "../domain/ledger.ts";
import type { Db } from "./open.ts";

/** An entry as it is stored, with its invoice and the end that its chain had when it was last written to. */
export type LedgerRow = Omit<LedgerEntry, "data"> & {
  invoiceId: string;
  seq: number;
  data: string;
  prevHash: string;
  hash: string;
  /** Null where there is no such invoice. */
  number: string | null;
  headSeq: number | null;
  headHash: string | null;
};

/** The entries after this one, chain by chain, each in its order. */
export async function readLedgerPage(
  db: Db,
  after: { invoiceId: string; seq: number },
  limit: number,
): Promise<LedgerRow[]> {
  const page = await db.client.execute({
    sql: `${SELECT} WHERE (l.invoice_id, l.seq) > (?, ?) ORDER BY l.invoice_id, l.seq LIMIT ?`,
    args: [after.invoiceId, after.seq, limit],
  });
  return readLedgerRows(page);
}

/** The whole chain of one invoice, in its order. */
export function chainQuery(invoiceId: string): InStatement {
  return { sql: `${SELECT} WHERE l.invoice_id = ? ORDER BY l.seq`, args: [invoiceId] };
}

const SELECT = `SELECT l.*, i.number, h.seq AS head_seq, h.hash AS head_hash FROM ledger l
  LEFT JOIN invoices i ON i.id = l.invoice_id LEFT JOIN ledger_heads h ON h.invoice_id = l.invoice_id`;

export function readLedgerRows({ rows }: ResultSet): LedgerRow[] {
  return rows.map((row) => ({
    invoiceId: String(row.invoice_id),
    seq: Number(row.seq),
    at: row.at as number,
    kind: row.kind as LedgerEntry["kind"],
    author: row.author as string,
    data: row.data as string,
    prevHash: String(row.prev_hash),
    hash: String(row.hash),
    number: row.number as string | null,
    headSeq: row.head_seq as number | null,
    headHash: row.head_hash as string | null,
  }));
}

/** The hash that an entry of this content has at this place. */
export function hashOf(row: LedgerRow): string {
  const { invoiceId, seq, prevHash, data } = row;
  return createHash("sha256")
    .update(canonicalLine(invoiceId, seq, prevHash, row, data))
    .digest("hex");
}

/** Invoices without any entry, in the order of their ids: every invoice begins with one. */
export async function readUnbegun(
  db: Db,
  after: string,
  limit: number,
): Promise<{ id: string; number: string }[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT id, number FROM invoices WHERE id > ? AND NOT EXISTS (SELECT 1 FROM ledger WHERE invoice_id = invoices.id)
          ORDER BY id LIMIT ?`,
    args: [after, limit],
  });
  return rows.map((row) => ({ id: String(row.id), number: String(row.number) }));
}

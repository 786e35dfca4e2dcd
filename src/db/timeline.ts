import type { LedgerEntry, LedgerKind } from "../domain/ledger.ts";
import type { Db } from "./open.ts";

export type TimelineEntry = LedgerEntry & { seq: number; hash: string };

/** What happened to an invoice, oldest first, after the entry with number `after`. */
export async function readTimeline(
  db: Db,
  invoiceId: string,
  page: { after: number; limit: number },
): Promise<TimelineEntry[]> {
  const { rows } = await db.client.execute({
    sql: "SELECT seq, at, kind, author, data, hash FROM ledger WHERE invoice_id = ? AND seq > ? ORDER BY seq LIMIT ?",
    args: [invoiceId, page.after, page.limit],
  });
  return rows.map((row) => ({
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind as LedgerKind,
    author: String(row.author),
    data: JSON.parse(String(row.data)) as Record<string, unknown>,
    hash: String(row.hash),
  }));
}

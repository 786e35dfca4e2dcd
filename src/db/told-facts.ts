import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";
import { type EventData, TOLD_KINDS } from "../domain/outgoing-event.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** An invoice as others know it. */
export type ToldInvoice = { id: string; number: string; customerRef: string; currency: string };
export type ToldEntry = {
  row: number;
  seq: number;
  at: Instant;
  kind: (typeof TOLD_KINDS)[number];
  data: EventData;
  invoice: ToldInvoice;
};

const KINDS = TOLD_KINDS.map((kind) => `'${kind}'`).join(", ");
const INVOICE = "i.id, i.number, c.ref, i.currency";

/**
 * What entered the ledgers after a row, of the kinds that others are told of, and the row through which that is all. Rows count up
 * as they are committed, for entries are written one transaction at a time and never taken away.
 */
export async function listToldEntries(
  db: Db,
  { after, limit }: { after: number; limit: number },
): Promise<{ entries: ToldEntry[]; through: number }> {
  const [last, found] = await db.batch(
    [
      "SELECT coalesce(max(rowid), 0) AS row FROM ledger",
      {
        sql: `SELECT l.rowid AS row, l.seq, l.at, l.kind, l.data, ${INVOICE} FROM ledger l
              JOIN invoices i ON i.id = l.invoice_id JOIN customers c ON c.id = i.customer_id
              WHERE l.rowid > ? AND l.kind IN (${KINDS}) ORDER BY l.rowid LIMIT ?`,
        args: [after, limit],
      },
    ],
    "read",
  );
  const entries = found!.rows.map((row) => ({
    row: Number(row.row),
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind as ToldEntry["kind"],
    data: JSON.parse(String(row.data)) as EventData,
    invoice: toInvoice(row),
  }));
  const through = entries.length < limit ? Number(last!.rows[0]!.row) : entries.at(-1)!.row;
  return { entries, through };
}

export type OverdueInvoice = ToldInvoice & { dueOn: CivilDay; balanceMinor: number };

/** Open invoices that were due from `from` until before `before`, of which this endpoint was not told so yet. */
export async function listNewlyOverdue(
  db: Db,
  asked: { endpointId: string; from: CivilDay; before: CivilDay; limit: number },
): Promise<OverdueInvoice[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT ${INVOICE}, i.due_on, i.balance_minor FROM invoices i JOIN customers c ON c.id = i.customer_id
          WHERE i.status = 'open' AND i.balance_minor > 0 AND i.due_on >= ? AND i.due_on < ? AND NOT EXISTS (
            SELECT 1 FROM webhook_messages m WHERE m.endpoint_id = ? AND m.fact = 'invoice.overdue ' || i.id || ' ' || i.due_on)
          LIMIT ?`,
    args: [asked.from, asked.before, asked.endpointId, asked.limit],
  });
  return rows.map((row) => ({
    ...toInvoice(row),
    dueOn: Number(row.due_on),
    balanceMinor: Number(row.balance_minor),
  }));
}

/** Since when a day is over everywhere: the last zone is twelve hours behind UTC. */
export function dayEverywhere(at: Instant): CivilDay {
  return Math.floor((at - DAY_MS / 2) / DAY_MS);
}

function toInvoice(row: Record<string, unknown>): ToldInvoice {
  return {
    id: String(row.id),
    number: String(row.number),
    customerRef: String(row.ref),
    currency: String(row.currency),
  };
}

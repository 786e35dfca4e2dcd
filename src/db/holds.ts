import type { InStatement, InValue, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { HoldKind } from "../domain/facts.ts";
import type { Instant } from "../domain/zone.ts";

export type StoredHold = {
  id: string;
  customerId: string;
  invoiceId: string | null;
  kind: HoldKind;
  reason: string;
  amountMinor: number | null;
  from: Instant;
  until: CivilDay | null;
  questionTo: string | null;
  endedAt: Instant | null;
  author: string;
};

/** Holds not ended, on the invoices of these numbers themselves, oldest first. */
export function holdsByNumberQuery(numbers: Iterable<string>): InStatement {
  return {
    sql: `SELECT h.* FROM json_each(?) wanted JOIN invoices i ON i.number = wanted.value
          JOIN holds h ON h.customer_id = i.customer_id AND h.invoice_id = i.id AND h.ended_at IS NULL ORDER BY h.id`,
    args: [JSON.stringify([...new Set(numbers)])],
  };
}

/** Holds not ended, on all that this customer owes, oldest first. */
export function customerHoldsQuery(customerId: string): InStatement {
  return {
    sql: "SELECT * FROM holds WHERE customer_id = ? AND invoice_id IS NULL AND ended_at IS NULL ORDER BY id",
    args: [customerId],
  };
}

/** Holds not ended of the customers that `source` selects, on an invoice or on everything, oldest first. */
export function openHoldsQuery(source: { sql: string; args: InValue[] }): InStatement {
  return {
    sql: `SELECT * FROM holds WHERE customer_id IN (${source.sql}) AND ended_at IS NULL ORDER BY id`,
    args: source.args,
  };
}

/** How often account owners paused the one of these invoices that they paused most. */
export function pausesQuery(invoiceIds: string[]): InStatement {
  return {
    sql: `SELECT coalesce(max(pauses), 0) AS pauses FROM (
            SELECT count(*) AS pauses FROM json_each(?) j JOIN ledger l ON l.invoice_id = j.value
            WHERE l.kind = 'hold_set' AND l.data->>'by' = 'owner' GROUP BY l.invoice_id)`,
    args: [JSON.stringify(invoiceIds)],
  };
}

export function readHolds(result: ResultSet): StoredHold[] {
  return result.rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    invoiceId: row.invoice_id as string | null,
    kind: row.kind as HoldKind,
    reason: String(row.reason),
    amountMinor: row.amount_minor as number | null,
    from: Number(row.from_at),
    until: row.until as number | null,
    questionTo: row.question_to as string | null,
    endedAt: row.ended_at as number | null,
    author: String(row.author),
  }));
}

/** Stores new holds, and of known ones how much they hold and whether they ended. */
export function putHoldsStatement(holds: Iterable<StoredHold>): InStatement {
  const rows = Array.from(holds, (h) => [
    h.id,
    h.customerId,
    h.invoiceId,
    h.kind,
    h.reason,
    h.amountMinor,
    h.from,
    h.until,
    h.questionTo,
    h.endedAt,
    h.author,
  ]);
  return {
    sql: `INSERT INTO holds (id, customer_id, invoice_id, kind, reason, amount_minor, from_at, until, question_to, ended_at, author)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
            value->>10 FROM json_each(?) WHERE true
          ON CONFLICT (id) DO UPDATE SET amount_minor = excluded.amount_minor, ended_at = excluded.ended_at`,
    args: [JSON.stringify(rows)],
  };
}

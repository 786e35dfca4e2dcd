import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { PromiseState } from "../domain/promise.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type StoredPromise = {
  id: string;
  /** The first of the promises that were made together; stays while they are changed. */
  madeWith: string;
  customerId: string;
  invoiceId: string;
  invoiceNumber: string;
  currency: string;
  holdId: string | null;
  state: PromiseState;
  amountMinor: number;
  on: CivilDay;
  lastDay: CivilDay;
  note: string | null;
  name: string | null;
  author: string;
  replaces: string | null;
  madeAt: Instant;
  endedAt: Instant | null;
  noteAt: Instant | null;
  judgeAt: Instant | null;
};

const SELECT = `SELECT p.*, i.number AS invoice_number, i.currency FROM promises p JOIN invoices i ON i.id = p.invoice_id`;

/** Promises asked or open for the invoices of these numbers. */
export function openPromisesQuery(numbers: string[]): InStatement {
  return {
    sql: `${SELECT} WHERE p.state IN ('asked', 'open') AND i.number IN (SELECT value FROM json_each(?)) ORDER BY p.id`,
    args: [JSON.stringify(numbers)],
  };
}

/** The promise of this id and those made together with it, as far as they have not ended; itself in any case. */
export function promiseGroupQuery(id: string): InStatement {
  return {
    sql: `${SELECT} WHERE p.made_with = (SELECT made_with FROM promises WHERE id = ?1)
            AND (p.id = ?1 OR p.state IN ('asked', 'open')) ORDER BY p.id`,
    args: [id],
  };
}

/** How many promises ever held each of these invoices; a change of one is not another, and what waited for finance in vain is none. */
export function countPromisesQuery(numbers: string[]): InStatement {
  return {
    sql: `SELECT i.number, count(*) AS made FROM json_each(?) j JOIN invoices i ON i.number = j.value
          JOIN promises p ON p.invoice_id = i.id AND p.replaces IS NULL
          JOIN holds h ON h.id = p.hold_id AND h.kind = 'promise' GROUP BY i.id`,
    args: [JSON.stringify(numbers)],
  };
}

/** How many promises came before this one, each changed into the next. */
export function countChangesQuery(promiseId: string): InStatement {
  return {
    sql: `WITH RECURSIVE former(replaces) AS (SELECT replaces FROM promises WHERE id = ?
            UNION ALL SELECT p.replaces FROM promises p JOIN former ON p.id = former.replaces)
          SELECT count(replaces) AS changes FROM former`,
    args: [promiseId],
  };
}

/** The promise of this id; without one, that which stands for the invoice of this number. */
export async function findPromise({ client }: Db, idOrNumber: string): Promise<StoredPromise | undefined> {
  const [byId, byNumber] = await client.batch([
    { sql: `${SELECT} WHERE p.id = ?`, args: [idOrNumber] },
    openPromisesQuery([idOrNumber]),
  ]);
  return readPromises(byId!)[0] ?? readPromises(byNumber!)[0];
}

export function readPromises({ rows }: ResultSet): StoredPromise[] {
  return rows.map((row) => ({
    id: String(row.id),
    madeWith: String(row.made_with),
    customerId: String(row.customer_id),
    invoiceId: String(row.invoice_id),
    invoiceNumber: String(row.invoice_number),
    currency: String(row.currency),
    holdId: row.hold_id as string | null,
    state: row.state as PromiseState,
    amountMinor: Number(row.amount_minor),
    on: Number(row.on_day),
    lastDay: Number(row.last_day),
    note: row.note as string | null,
    name: row.name as string | null,
    author: String(row.author),
    replaces: row.replaces as string | null,
    madeAt: Number(row.made_at),
    endedAt: row.ended_at as number | null,
    noteAt: row.note_at as number | null,
    judgeAt: row.judge_at as number | null,
  }));
}

/** Stores new promises, and of known ones how they stand; those that end first, since an invoice has one open promise at a time. */
export function putPromisesStatement(promises: Iterable<StoredPromise>): InStatement {
  const rows = Array.from(promises)
    .sort((a, b) => Number(b.endedAt !== null) - Number(a.endedAt !== null))
    .map((p) => [
      p.id,
      p.madeWith,
      p.customerId,
      p.invoiceId,
      p.holdId,
      p.state,
      p.amountMinor,
      p.on,
      p.lastDay,
      p.note,
      p.name,
      p.author,
      p.replaces,
      p.madeAt,
      p.endedAt,
      p.noteAt,
      p.judgeAt,
    ]);
  return {
    sql: `INSERT INTO promises (id, made_with, customer_id, invoice_id, hold_id, state, amount_minor, on_day, last_day, note,
            name, author, replaces, made_at, ended_at, note_at, judge_at)
          SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9,
            value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16 FROM json_each(?) WHERE true
          ON CONFLICT (id) DO UPDATE SET hold_id = excluded.hold_id, state = excluded.state, amount_minor = excluded.amount_minor,
            on_day = excluded.on_day, last_day = excluded.last_day, ended_at = excluded.ended_at, note_at = excluded.note_at,
            judge_at = excluded.judge_at`,
    args: [JSON.stringify(rows)],
  };
}

import type { InStatement, ResultSet, Row } from "@libsql/client";
import { ANSWER_WITHIN_MS } from "../domain/dispute.ts";
import type { Move } from "../domain/promised-money.ts";
import type { PaymentKind } from "../domain/records.ts";
import type { Instant } from "../domain/zone.ts";
import { readDisputes, type StoredDispute } from "./disputes.ts";
import { PARTS, SIGNED } from "./money-moves.ts";
import type { Db } from "./open.ts";

/** A customer about whom something is due, and the invoices that it concerns; none where it concerns all it owes. */
export type Tended = { customerId: string; numbers: string[] };

const FRESH =
  "min(coalesce((SELECT CAST(value AS integer) FROM settings WHERE key = 'fresh_through'), 0), ?1)";
const NUMBERS = `(SELECT json_group_array(i.number) FROM plan_invoices x JOIN invoices i ON i.id = x.invoice_id
  WHERE x.plan_id = p.id) AS numbers`;
const ASKED_ABOUT = (whom: string) =>
  `EXISTS (SELECT 1 FROM alerts WHERE fact = 'dispute_waiting ' || d.id || ' ${whom}')`;
/** The owner is asked once when the answer is overdue, finance once after as long again. */
const IS_TO_BE_ASKED = `(NOT ${ASKED_ABOUT("owner")}
  OR (d.answer_due_at + ${ANSWER_WITHIN_MS} <= ?1 AND NOT ${ASKED_ABOUT("finance")}))`;
/** How far the first of all zones is ahead: what is over there may be over. */
const FIRST_ZONE_MS = 14 * 3600 * 1000;

/**
 * Customers of whom a promise, an instalment, a dispute or a short hold needs a look now, at most about `limit`, in one round trip.
 * What waits for fresher payment data is not among them.
 */
export async function listTended(db: Db, at: Instant, limit: number): Promise<Tended[]> {
  const results = await db.batch(
    [
      ...[`note_at <= ?1`, `judge_at <= ${FRESH}`].map((isDue) => ({
        sql: `SELECT p.customer_id, json_array(i.number) AS numbers FROM promises p JOIN invoices i ON i.id = p.invoice_id
              WHERE p.${isDue} LIMIT ?2`,
        args: [at, limit],
      })),
      {
        sql: `SELECT p.customer_id, ${NUMBERS} FROM plans p WHERE p.judge_at <= ${FRESH} LIMIT ?2`,
        args: [at, limit],
      },
      {
        sql: `SELECT p.customer_id, ${NUMBERS} FROM instalments n JOIN plans p ON p.id = n.plan_id WHERE n.note_at <= ?1 LIMIT ?2`,
        args: [at, limit],
      },
      {
        sql: `SELECT d.customer_id, json_array(i.number) AS numbers FROM disputes d JOIN invoices i ON i.id = d.invoice_id
              WHERE d.state = 'open' AND d.answer_due_at <= ?1 AND ${IS_TO_BE_ASKED} LIMIT ?2`,
        args: [at, limit],
      },
      {
        sql: `SELECT h.customer_id, CASE WHEN h.invoice_id IS NULL THEN '[]' ELSE json_array(i.number) END AS numbers
              FROM holds h LEFT JOIN invoices i ON i.id = h.invoice_id
              WHERE h.kind IN ('paid_reported', 'reply') AND h.ended_at IS NULL AND h.until < (?1 + ${FIRST_ZONE_MS}) / 86400000
              LIMIT ?2`,
        args: [at, limit],
      },
    ],
    "read",
  );
  const byCustomer = new Map<string, Set<string>>();
  for (const row of results.flatMap(({ rows }) => rows)) {
    const id = String(row.customer_id);
    const numbers = byCustomer.get(id) ?? new Set();
    for (const number of JSON.parse(String(row.numbers))) numbers.add(number);
    byCustomer.set(id, numbers);
  }
  return [...byCustomer].map(([customerId, numbers]) => ({ customerId, numbers: [...numbers] }));
}

/**
 * The money that was told for these invoices, however much of it they took, and the credit of their customer, with the disputes that
 * credit notes go to first.
 */
export function moneyQueries(customerId: string, invoiceIds: string[]): InStatement[] {
  const ids = JSON.stringify(invoiceIds);
  return [
    {
      sql: `SELECT a.invoice_id, p.id, p.kind, p.paid_on, iif(${PARTS} = 1, ${SIGNED}, a.amount_minor) AS amount_minor
            FROM json_each(?) j JOIN allocations a ON a.invoice_id = j.value JOIN payments p ON p.id = a.payment_id`,
      args: [ids],
    },
    {
      sql: `SELECT p.currency, p.id, p.kind, p.paid_on, ${SIGNED} - p.allocated_minor AS amount_minor,
              (SELECT invoice_id FROM allocations WHERE payment_id = p.id LIMIT 1) AS told_for
            FROM payments p WHERE p.customer_id = ? AND p.amount_minor > abs(p.allocated_minor)`,
      args: [customerId],
    },
    {
      sql: `SELECT d.*, i.number AS invoice_number, i.currency FROM json_each(?) j JOIN disputes d ON d.invoice_id = j.value
            JOIN invoices i ON i.id = d.invoice_id WHERE d.state IN ('open', 'accepted', 'settled')`,
      args: [ids],
    },
  ];
}

export type StoredMoney = {
  /** By invoice id. */
  moves: Map<string, Move[]>;
  /** By currency; `toldFor` is the invoice that did not take it. */
  credit: Map<string, (Move & { toldFor: string | null })[]>;
  disputes: StoredDispute[];
};

export function readMoney([moves, credit, disputes]: ResultSet[]): StoredMoney {
  const told = ({ told_for }: Row) => ({ toldFor: told_for as string | null });
  return {
    moves: movesBy(moves!, "invoice_id", () => ({})),
    credit: movesBy(credit!, "currency", told),
    disputes: readDisputes(disputes!),
  };
}

function movesBy<T>({ rows }: ResultSet, key: string, more: (row: Row) => T): Map<string, (Move & T)[]> {
  const moves = new Map<string, (Move & T)[]>();
  for (const row of rows) {
    const move = {
      id: String(row.id),
      kind: row.kind as PaymentKind,
      on: Number(row.paid_on),
      amountMinor: Number(row.amount_minor),
      ...more(row),
    };
    const of = String(row[key]);
    moves.set(of, [...(moves.get(of) ?? []), move]);
  }
  return moves;
}

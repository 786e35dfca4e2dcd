import type { InStatement, ResultSet } from "@libsql/client";
import type { DisputeReason, DisputeState } from "../domain/dispute.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type StoredDispute = {
  id: string;
  customerId: string;
  invoiceId: string;
  invoiceNumber: string;
  currency: string;
  holdId: string;
  state: DisputeState;
  /** Null for the whole. */
  amountMinor: number | null;
  reason: DisputeReason;
  text: string | null;
  name: string | null;
  author: string;
  openedAt: Instant;
  answerDueAt: Instant;
  endedAt: Instant | null;
  answer: string | null;
};

const SELECT = `SELECT d.*, i.number AS invoice_number, i.currency FROM disputes d JOIN invoices i ON i.id = d.invoice_id`;

/** The dispute of this id, or the open one about the invoice of this number. */
export function disputeQuery(of: { disputeId: string } | { invoiceNumber: string }): InStatement {
  if ("disputeId" in of) return { sql: `${SELECT} WHERE d.id = ?`, args: [of.disputeId] };
  return { sql: `${SELECT} WHERE i.number = ? AND d.state = 'open'`, args: [of.invoiceNumber] };
}

/** Open disputes about the invoices of these numbers. */
export function openDisputesQuery(numbers: string[]): InStatement {
  return {
    sql: `${SELECT} WHERE d.state = 'open' AND i.number IN (SELECT value FROM json_each(?)) ORDER BY d.id`,
    args: [JSON.stringify(numbers)],
  };
}

export async function findDispute(db: Db, disputeId: string): Promise<StoredDispute | undefined> {
  return readDisputes(await db.client.execute(disputeQuery({ disputeId })))[0];
}

export function readDisputes({ rows }: ResultSet): StoredDispute[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    invoiceId: String(row.invoice_id),
    invoiceNumber: String(row.invoice_number),
    currency: String(row.currency),
    holdId: String(row.hold_id),
    state: row.state as DisputeState,
    amountMinor: row.amount_minor as number | null,
    reason: row.reason as DisputeReason,
    text: row.text as string | null,
    name: row.name as string | null,
    author: String(row.author),
    openedAt: Number(row.opened_at),
    answerDueAt: Number(row.answer_due_at),
    endedAt: row.ended_at as number | null,
    answer: row.answer as string | null,
  }));
}

/** Stores a new dispute, and of a known one how it stands. */
export function putDisputeStatement(d: StoredDispute): InStatement {
  return {
    sql: `INSERT INTO disputes (id, customer_id, invoice_id, hold_id, state, amount_minor, reason, text, name, author, opened_at,
            answer_due_at, ended_at, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO UPDATE SET state = excluded.state, ended_at = excluded.ended_at, answer = excluded.answer`,
    args: [
      d.id,
      d.customerId,
      d.invoiceId,
      d.holdId,
      d.state,
      d.amountMinor,
      d.reason,
      d.text,
      d.name,
      d.author,
      d.openedAt,
      d.answerDueAt,
      d.endedAt,
      d.answer,
    ],
  };
}

/** Disputes whose holds have ended are settled, unless somebody said otherwise of them. */
export function settleDisputesStatement(ended: { id: string }[], at: Instant): InStatement {
  return {
    sql: `UPDATE disputes SET state = 'settled', ended_at = ?1
          WHERE state = 'open' AND invoice_id IN (SELECT h.invoice_id FROM json_each(?2) j JOIN holds h ON h.id = j.value)
            AND hold_id IN (SELECT value FROM json_each(?2))`,
    args: [at, JSON.stringify(ended.map(({ id }) => id))],
  };
}

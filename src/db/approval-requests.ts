import type { InStatement, ResultSet } from "@libsql/client";
import type { HoldKind } from "../domain/facts.ts";
import type { PaymentKind } from "../domain/records.ts";
import type { ReminderState } from "../domain/reminder-life.ts";
import type { Instant } from "../domain/zone.ts";
import { UNDER_WAY } from "./reminder-states.ts";

/** Something that came in about a letter's invoices or its customer and makes an approval given before it void. */
export type Word = { at: Instant; what: Exclude<HoldKind, "manual"> | PaymentKind };

/** A reminder as finance is asked about it, or was. */
export type StoredRequest = {
  id: string;
  customerId: string;
  stage: string;
  state: ReminderState;
  askedAt: Instant | null;
  decision: "approve" | "decline" | null;
  decidedAt: Instant | null;
  decidedBy: string | null;
  closedAt: Instant | null;
  closedBecause: string | null;
  /** The last thing that would make an approval void. */
  lastWord: Word | null;
  /** The letter's invoices; `isOpen` where that stage may still leave for it. */
  items: { invoiceId: string; number: string; isOpen: boolean }[];
};

/** The last word on the letter `r`, as JSON `[instant, what]`; a pause by hand is none. */
export const LAST_WORD = `(SELECT json_array(at, what) FROM (
    SELECT h.from_at AS at, h.kind AS what FROM holds h WHERE h.customer_id = r.customer_id AND h.kind <> 'manual'
      AND (h.invoice_id IS NULL OR h.invoice_id IN (SELECT invoice_id FROM reminder_invoices WHERE reminder_id = r.id))
    UNION ALL SELECT p.recorded_at, p.kind FROM reminder_invoices x JOIN allocations a ON a.invoice_id = x.invoice_id
      JOIN payments p ON p.id = a.payment_id WHERE x.reminder_id = r.id
    UNION ALL SELECT p.recorded_at, p.kind FROM payments p
      WHERE p.customer_id = r.customer_id AND p.amount_minor > abs(p.allocated_minor)
  ) ORDER BY at DESC LIMIT 1)`;

const IS_OPEN = `(i.status = 'open' AND i.balance_minor > 0
    AND NOT EXISTS (SELECT 1 FROM reminder_invoices s WHERE s.invoice_id = i.id AND s.stage = x.stage AND s.counts = 1)
    AND NOT EXISTS (SELECT 1 FROM waived_stages w WHERE w.invoice_id = i.id AND w.stage = x.stage))`;

const SELECT = `SELECT r.*, ${LAST_WORD} AS last_word,
    (SELECT json_group_array(json_array(i.id, i.number, ${IS_OPEN})) FROM reminder_invoices x
     JOIN invoices i ON i.id = x.invoice_id WHERE x.reminder_id = r.id) AS items
  FROM reminders r`;

/** The reminder of this id, else what finance was last asked about the invoice of this number; open questions first. */
export function requestQuery(idOrNumber: string): InStatement {
  return {
    sql: `${SELECT} WHERE r.id = ?1 OR r.id IN (SELECT x.reminder_id FROM invoices i
            JOIN reminders q ON q.customer_id = i.customer_id AND q.asked_at IS NOT NULL
            JOIN reminder_invoices x ON x.reminder_id = q.id AND x.invoice_id = i.id WHERE i.number = ?1)
          ORDER BY r.id = ?1 DESC, r.state = 'awaiting_approval' DESC, r.id DESC LIMIT 1`,
    args: [idOrNumber],
  };
}

/** Questions that need no answer any more: nothing of the letter is left to send, or the approval is void or past its time. */
export function closableQuery(approvedBy: Instant, limit: number): InStatement {
  return {
    sql: `SELECT * FROM (${SELECT} WHERE ${UNDER_WAY} AND r.state = 'awaiting_approval')
          WHERE (decision = 'approve' AND (decided_at <= ? OR last_word->>0 >= decided_at))
            OR NOT EXISTS (SELECT 1 FROM json_each(items) WHERE value->>2 = 1) ORDER BY id LIMIT ?`,
    args: [approvedBy, limit],
  };
}

export function readRequests({ rows }: ResultSet): StoredRequest[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    stage: String(row.stage),
    state: row.state as ReminderState,
    askedAt: row.asked_at as number | null,
    decision: row.decision as StoredRequest["decision"],
    decidedAt: row.decided_at as number | null,
    decidedBy: row.decided_by as string | null,
    closedAt: row.closed_at as number | null,
    closedBecause: row.failure as string | null,
    lastWord: wordOf(row.last_word),
    items: JSON.parse(String(row.items)).map(([invoiceId, number, isOpen]: [string, string, number]) => ({
      invoiceId,
      number,
      isOpen: isOpen === 1,
    })),
  }));
}

/** The word that makes this approval void, or null while it stands. What came in at the same instant counts as later. */
export function voidedBy(decidedAt: Instant | null, lastWord: Word | null): Word | null {
  return decidedAt !== null && lastWord !== null && lastWord.at >= decidedAt ? lastWord : null;
}

export function wordOf(value: unknown): Word | null {
  if (value === null || value === undefined) return null;
  const [at, what] = JSON.parse(String(value));
  return { at, what };
}

export function approveStatement(id: string, given: { at: Instant; by: string }): InStatement {
  return {
    sql: "UPDATE reminders SET decision = 'approve', decided_at = ?, decided_by = ? WHERE id = ?",
    args: [given.at, given.by, id],
  };
}

export function declineStatement(
  id: string,
  given: { at: Instant; by: string; reason: string },
): InStatement {
  return {
    sql: `UPDATE reminders SET state = 'cancelled', decision = 'decline', decided_at = ?1, decided_by = ?2, closed_at = ?1,
            failure = ?3 WHERE id = ?4`,
    args: [given.at, given.by, given.reason, id],
  };
}

/** Closes questions, each with its reason. */
export function closeStatement(closed: { id: string; because: string }[], at: Instant): InStatement {
  return {
    sql: `UPDATE reminders SET state = 'cancelled', closed_at = ?, failure = j.value->>1
          FROM json_each(?) j WHERE reminders.id = j.value->>0`,
    args: [at, JSON.stringify(closed.map(({ id, because }) => [id, because]))],
  };
}

import type { InStatement, ResultSet, Row } from "@libsql/client";
import { DAY_MS } from "../domain/civil-date.ts";
import { meaningOf, move, type ReminderState } from "../domain/reminder-life.ts";
import type { Instant } from "../domain/zone.ts";
import { IN_HAND, UNDER_WAY } from "./reminder-states.ts";
import { LEASE_MS } from "./reminders.ts";

/** How an outcome that nobody knew was settled. */
export type SettledBy = "evidence" | "no_evidence" | "person";

/** A reminder and what its outcome is about. */
export type StoredReminder = {
  id: string;
  customerId: string;
  customer: { ref: string; name: string; ownerEmail: string | null };
  /** Its tone. */
  stage: string;
  policy: { name: string; version: number };
  state: ReminderState;
  recipients: string[];
  leaseUntil: Instant | null;
  /** Reminders with one of its stages before it that missed their recipients for the time being. */
  missesBefore: number;
  items: { invoiceId: string; number: string; stage: string }[];
};

const SELECT = `SELECT r.id, r.customer_id, r.stage, r.policy_name, r.policy_version, r.state, r.recipients, r.lease_until,
    c.ref, c.name, c.owner_email,
    (SELECT json_group_array(json_array(i.id, i.number, x.stage)) FROM reminder_invoices x
     JOIN invoices i ON i.id = x.invoice_id WHERE x.reminder_id = r.id) AS items,
    (SELECT count(DISTINCT b.id) FROM reminders b JOIN reminder_invoices y ON y.reminder_id = b.id
     JOIN reminder_invoices x ON x.reminder_id = r.id AND x.invoice_id = y.invoice_id AND x.stage = y.stage
     WHERE b.customer_id = r.customer_id AND b.state = 'bounced' AND b.id <> r.id AND EXISTS (
       SELECT 1 FROM deliveries d WHERE d.mail_id = b.id AND d.kind = 'bounce' AND d.is_permanent = 0)) AS misses_before
  FROM reminders r JOIN customers c ON c.id = r.customer_id`;

/** How far ahead of ours the clock of another machine may be. */
const SKEW_MS = 60 * 1000;
/** For how long evidence of what became of a reminder may come; the provider's events come within minutes. */
const EVIDENCE_WINDOW_MS = 60 * 60 * 1000;

/** A lease that is over, or from the future: of a clock that was wrong and has been set back. */
const EXPIRED = "(state = 'sending' AND coalesce(lease_until, 0) NOT BETWEEN ?1 AND ?2)";
/** Nobody knows, though events came before that was said. */
const HEARD = "(state = 'unknown' AND EXISTS (SELECT 1 FROM deliveries WHERE mail_id = r.id))";
/** Nobody knows, no evidence came in time, it matters for an invoice, and nobody was asked. */
const SILENT = `(state = 'unknown' AND coalesce(unknown_at, 0) NOT BETWEEN ?3 AND ?4
  AND NOT EXISTS (SELECT 1 FROM alerts WHERE fact = 'outcome_unknown ' || r.id)
  AND EXISTS (SELECT 1 FROM reminder_invoices x JOIN invoices i ON i.id = x.invoice_id
    WHERE x.reminder_id = r.id AND x.counts = 1 AND i.status = 'open' AND i.balance_minor > 0))`;
const LOST = `${UNDER_WAY} AND (${EXPIRED} OR ${HEARD} OR ${SILENT})`;

function lostArgs(at: Instant): number[] {
  return [at, latestLease(at), at - EVIDENCE_WINDOW_MS + 1, at + SKEW_MS];
}

/** A lease that lasts longer was given out by a clock that was wrong. */
export function latestLease(at: Instant): Instant {
  return at + LEASE_MS + SKEW_MS;
}

/** Whether there is anything for `settleUnknown` to do. */
export function isAnyLostQuery(at: Instant): InStatement {
  return { sql: `SELECT EXISTS (SELECT 1 FROM reminders r WHERE ${LOST}) AS lost`, args: lostArgs(at) };
}

/** Reminders whose lease is over, and those of unknown outcome of which no evidence came in time. */
export function lostQuery(at: Instant, limit: number): InStatement {
  return { sql: `${SELECT} WHERE ${LOST} ORDER BY r.id LIMIT ?5`, args: [...lostArgs(at), limit] };
}

/** Of these reminders, those with a stage that was given up for want of evidence once before. */
export function givenUpBeforeQuery(ids: string[]): InStatement {
  return {
    sql: `SELECT DISTINCT r.id FROM json_each(?) j JOIN reminders r ON r.id = j.value
          JOIN reminder_invoices x ON x.reminder_id = r.id
          JOIN reminders b ON b.customer_id = r.customer_id AND b.settled_by = 'no_evidence'
          JOIN reminder_invoices y ON y.reminder_id = b.id AND y.invoice_id = x.invoice_id AND y.stage = x.stage`,
    args: [JSON.stringify(ids)],
  };
}

/** Of these reminders, those since whose sending the provider told us something, whatever of: our own late answers do not count. */
export function heardSinceQuery(ids: string[]): InStatement {
  return {
    sql: `SELECT r.id FROM json_each(?) j JOIN reminders r ON r.id = j.value
          WHERE r.sending_at < (SELECT recorded_at FROM deliveries WHERE id NOT LIKE 'answer %' ORDER BY rowid DESC LIMIT 1)`,
    args: [JSON.stringify(ids)],
  };
}

/** What a clock that was wrong wrote ahead of its time comes to be of this moment. */
export function bringForward(id: string, at: Instant): InStatement {
  return {
    sql: "UPDATE reminders SET sending_at = min(sending_at, ?1), leaves_on = min(leaves_on, ?2) WHERE id = ?3",
    args: [at, Math.floor(at / DAY_MS), id],
  };
}

/** The reminder of this id, else the last one about the invoice of this number: one that is in hand before others. */
export function reminderAskedQuery(idOrNumber: string): InStatement {
  return {
    sql: `${SELECT} WHERE r.id = ?1 OR r.id IN (SELECT x.reminder_id FROM invoices i
            JOIN reminders q ON q.customer_id = i.customer_id
            JOIN reminder_invoices x ON x.reminder_id = q.id AND x.invoice_id = i.id WHERE i.number = ?1)
          ORDER BY r.id = ?1 DESC, r.state IN (${IN_HAND}) DESC, r.id DESC LIMIT 1`,
    args: [idOrNumber],
  };
}

/** The reminders with these ids. */
export function remindersQuery(ids: string[]): InStatement {
  return { sql: `${SELECT} WHERE r.id IN (SELECT value FROM json_each(?))`, args: [JSON.stringify(ids)] };
}

export function readReminders({ rows }: ResultSet): StoredReminder[] {
  return rows.map(reminderOf);
}

function reminderOf(row: Row): StoredReminder {
  const ownerEmail = row.owner_email === null ? null : String(row.owner_email);
  return {
    id: String(row.id),
    customerId: String(row.customer_id),
    customer: { ref: String(row.ref), name: String(row.name), ownerEmail },
    stage: String(row.stage),
    policy: { name: String(row.policy_name), version: Number(row.policy_version) },
    state: row.state as ReminderState,
    recipients: JSON.parse(String(row.recipients)),
    leaseUntil: row.lease_until === null ? null : Number(row.lease_until),
    missesBefore: Number(row.misses_before),
    items: JSON.parse(String(row.items)).map(([invoiceId, number, stage]: [string, string, string]) => ({
      invoiceId,
      number,
      stage,
    })),
  };
}

/**
 * Moves a reminder on, and with it whether its stages count. A stage that did not count any more does again, unless it has been
 * sent anew meanwhile.
 */
export function moveStatements(
  reminder: StoredReminder,
  to: ReminderState,
  how: { at: Instant; settledBy: SettledBy | null; failure: string | null },
): InStatement[] {
  const { id, state: from } = reminder;
  const { counts, hasLeft } = meaningOf(move(from, to));
  const statements: InStatement[] = [
    {
      sql: `UPDATE reminders SET state = ?1, lease_until = NULL, settled_by = coalesce(?2, settled_by), failure = ?3,
              unknown_at = iif(?1 = 'unknown', ?4, unknown_at), sent_at = iif(?5, coalesce(sent_at, sending_at), NULL)
            WHERE id = ?6`,
      args: [to, how.settledBy, how.failure, how.at, hasLeft, id],
    },
  ];
  if (!counts) {
    statements.push({ sql: "UPDATE reminder_invoices SET counts = 0 WHERE reminder_id = ?", args: [id] });
  } else if (!meaningOf(from).counts) {
    statements.push({
      sql: `UPDATE reminder_invoices SET counts = 1 WHERE reminder_id = ? AND NOT EXISTS (
              SELECT 1 FROM reminder_invoices o WHERE o.invoice_id = reminder_invoices.invoice_id
              AND o.stage = reminder_invoices.stage AND o.counts = 1)`,
      args: [id],
    });
  }
  return statements;
}

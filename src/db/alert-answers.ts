import type { InStatement, ResultSet, Transaction } from "@libsql/client";
import { INVOICE_KINDS } from "../domain/alert-actions.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import { READER, readAlert, type Settlement, type StoredAlert } from "./alerts.ts";
import type { Db } from "./open.ts";

/** An alert as somebody answers it, with those whose word counts for its customer. */
export type AskedAlert = StoredAlert & {
  ownerEmail: string | null;
  alertsTo: string | null;
  channel: string | null;
  ts: string | null;
};

export async function findAlert(
  db: Pick<Transaction, "execute">,
  id: string,
): Promise<AskedAlert | undefined> {
  const { rows } = await db.execute({
    sql: `SELECT a.*, c.owner_email, c.alerts_to FROM alerts a LEFT JOIN customers c ON c.id = a.customer_id WHERE a.id = ?`,
    args: [id],
  });
  const [row] = rows;
  if (!row) return undefined;
  return {
    ...readAlert(row),
    ownerEmail: row.owner_email as string | null,
    alertsTo: row.alerts_to as string | null,
    channel: row.channel as string | null,
    ts: row.ts as string | null,
  };
}

/** Enters what settled these alerts, once; the first word stands. */
export function settleStatement(settled: ({ id: string } & Settlement)[]): InStatement {
  return {
    sql: `UPDATE alerts SET settled_as = j.value->>1, settled_by = j.value->>2, settled_at = j.value->>3, asks = 0,
            is_stale = (state = 'posted' AND ts <> '')
          FROM json_each(?) j WHERE alerts.id = j.value->>0 AND alerts.settled_at IS NULL`,
    args: [JSON.stringify(settled.map(({ id, as, by, at }) => [id, as, by, at]))],
  };
}

const authorOf = (kinds: string, key: string, of: string) =>
  `(SELECT json_array(l.author, l.at) FROM ledger l WHERE l.invoice_id = ${of}.invoice_id AND l.kind IN (${kinds})
    AND l.data->>'${key}' = ${of}.id ORDER BY l.seq LIMIT 1)`;

/** The heads of the threads of these customers say again what is so. */
export function touchHeads(alertIds: string[]): InStatement {
  return {
    sql: `UPDATE alerts SET is_stale = 1 WHERE id IN (
            SELECT t.alert_id FROM json_each(?) j JOIN alerts a ON a.id = j.value JOIN threads t ON t.customer_id = a.customer_id)`,
    args: [JSON.stringify(alertIds)],
  };
}

/** How the state of each matter that people are asked about says that it is settled: as what, by whom, when. */
const MATTERS = [
  `SELECT a.id, CASE p.state WHEN 'declined' THEN 'decline_promise' WHEN 'withdrawn' THEN 'withdrawn' ELSE 'accept_promise' END,
     ${authorOf("'promise_made', 'promise_ended'", "promise", "p")}
   FROM asking a JOIN promises p ON p.id = a.about WHERE p.state <> 'asked'`,
  `SELECT a.id, CASE p.state WHEN 'declined' THEN 'decline_plan' WHEN 'withdrawn' THEN 'withdrawn' ELSE 'agree_plan' END,
     json_array(p.decided_by, coalesce(p.decided_at, p.ended_at))
   FROM asking a JOIN plans p ON p.id = a.about WHERE p.state <> 'asked'`,
  `SELECT a.id, CASE d.state WHEN 'withdrawn' THEN 'withdrawn' ELSE 'close_dispute' END,
     coalesce(${authorOf("'dispute_closed'", "dispute", "d")}, json_array(NULL, d.ended_at))
   FROM asking a JOIN disputes d ON d.id = a.about WHERE d.state <> 'open'`,
  `SELECT a.id, CASE c.state WHEN 'declined' THEN 'decline_contact' ELSE 'confirm_contact' END,
     json_array(c.decided_by, c.decided_at)
   FROM asking a JOIN proposed_contacts c ON c.id = a.about WHERE c.state <> 'asked'`,
  `SELECT a.id, CASE r.decision WHEN 'approve' THEN 'approve_letter' WHEN 'decline' THEN 'decline_letter' ELSE 'closed' END,
     json_array(r.decided_by, coalesce(r.decided_at, r.closed_at))
   FROM asking a JOIN reminders r ON r.id = a.about AND r.asked_at IS NOT NULL
   WHERE a.kind <> 'outcome_unknown' AND (r.state <> 'awaiting_approval' OR r.decision IS NOT NULL)`,
  `SELECT a.id, iif(r.state = 'failed', 'it_stayed', 'it_left'), NULL
   FROM asking a JOIN reminders r ON r.id = a.about WHERE a.kind = 'outcome_unknown' AND r.state NOT IN ('unknown', 'sending')`,
  `SELECT a.id, iif(n.state = 'sent', 'it_left', 'it_stayed'), NULL
   FROM asking a JOIN notices n ON n.id = a.about WHERE a.kind = 'notice_unknown' AND n.state NOT IN ('unknown', 'sending')`,
  `SELECT a.id, iif(r.state = 'accepted', 'accept_proposal', 'handle_reply'), json_array(r.decided_by, r.decided_at)
   FROM asking a JOIN replies r ON r.id = a.about WHERE r.state IN ('accepted', 'handled')`,
  `SELECT a.id, coalesce(l.data->>'as', 'log_call'), json_array(l.author, l.at) FROM asking a JOIN ledger l ON l.invoice_id = a.invoice_id
     AND l.at >= a.created_at AND l.kind = CASE a.kind WHEN 'call_task' THEN 'call_logged'
       WHEN 'account_check' THEN 'account_checked' WHEN 'owner_warning' THEN 'warning_answered' END
   GROUP BY a.id HAVING l.seq = min(l.seq)`,
  `SELECT a.id, 'paid', NULL FROM asking a WHERE a.kind IN (SELECT value FROM json_each(?3)) AND NOT EXISTS (
     SELECT 1 FROM json_each(a.payload, '$.invoices') j JOIN invoices i ON i.number = j.value->>'number'
     WHERE i.balance_minor > 0 AND i.status = 'open')`,
  `SELECT a.id, 'correct_contact', NULL FROM asking a JOIN contacts c ON c.customer_id = a.customer_id
   WHERE a.kind = 'no_contact' AND lower(c.email) NOT IN (SELECT address FROM suppressions) GROUP BY a.id`,
  `SELECT a.id, 'allocate_money', NULL FROM asking a JOIN allocations x ON x.payment_id = a.about
   WHERE a.kind = 'credit_received' GROUP BY a.id`,
  `SELECT a.id, 'closed', NULL FROM asking a
   WHERE a.kind = 'payment_kept' AND NOT EXISTS (SELECT 1 FROM kept_webhooks k WHERE k.id = a.about)`,
  `SELECT a.id, 'payments_complete', NULL FROM asking a JOIN settings s ON s.key = 'fresh_through'
     AND CAST(s.value AS integer) > a.created_at WHERE a.kind = 'stale_ledger'`,
  `SELECT a.id, 'release_backlog', json_array(NULL, s.value) FROM asking a
   JOIN settings s ON s.key = 'backlog_released_at' AND CAST(s.value AS integer) >= a.created_at WHERE a.kind = 'backlog'`,
];

/** Questions that are settled, wherever that happened, and are not marked so: of one customer, or of all where that is null. */
export function settledMattersQuery(customerId: string | null, limit: number): InStatement {
  return {
    sql: `WITH asking AS (SELECT * FROM alerts WHERE asks = 1 AND (?1 IS NULL OR customer_id = ?1))
          ${MATTERS.join(" UNION ALL ")} LIMIT ?2`,
    args: [customerId, limit, JSON.stringify(INVOICE_KINDS)],
  };
}

export function readSettledMatters({ rows }: ResultSet, at: Instant): ({ id: string } & Settlement)[] {
  return rows.map((row) => {
    const [by, settledAt] = row[2] === null ? [null, null] : JSON.parse(String(row[2]));
    return { id: String(row[0]), as: row[1] as Settlement["as"], by, at: settledAt ?? at };
  });
}

/** What a customer owes in a currency, and since when the oldest of it was due. */
export type OpenSum = { currency: string; balanceMinor: number; dueOn: CivilDay | null };

/** `account`: what the customer owes, where the message is at the head of a thread; null elsewhere. */
export type StaleAlert = StoredAlert & {
  reader: string | null;
  channel: string;
  ts: string;
  account: OpenSum[] | null;
};

/** Alerts whose message no longer says what is so. */
export async function listStaleAlerts(db: Db, limit: number): Promise<StaleAlert[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT a.*, ${READER} AS reader,
            (SELECT json_group_array(json_array(currency, balance, due_on)) FROM (
               SELECT i.currency, sum(i.balance_minor) AS balance, min(i.due_on) AS due_on FROM threads t
               JOIN invoices i ON i.customer_id = t.customer_id AND i.balance_minor > 0 AND i.status = 'open'
               WHERE t.alert_id = a.id GROUP BY i.currency ORDER BY i.currency)) AS account,
            EXISTS (SELECT 1 FROM threads WHERE alert_id = a.id) AS is_head
          FROM alerts a LEFT JOIN customers c ON c.id = a.customer_id WHERE a.is_stale = 1 ORDER BY a.id LIMIT ?`,
    args: [limit],
  });
  return rows.map((row) => ({
    ...readAlert(row),
    reader: row.reader as string | null,
    channel: String(row.channel),
    ts: String(row.ts),
    account: row.is_head ? JSON.parse(String(row.account)).map(readSum) : null,
  }));
}

function readSum([currency, balanceMinor, dueOn]: [string, number, CivilDay | null]): OpenSum {
  return { currency, balanceMinor, dueOn };
}

export function markShown(ids: string[]): InStatement {
  return {
    sql: "UPDATE alerts SET is_stale = 0 WHERE id IN (SELECT value FROM json_each(?))",
    args: [JSON.stringify(ids)],
  };
}

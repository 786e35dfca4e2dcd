import type { InStatement, ResultSet, Row } from "@libsql/client";
import { meaningOf, move, type ReminderState } from "../domain/reminder-life.ts";
import type { Instant } from "../domain/zone.ts";

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
  items: { invoiceId: string; number: string; stage: string; counts: boolean }[];
};

const SELECT = `SELECT r.id, r.customer_id, r.stage, r.policy_name, r.policy_version, r.state, r.recipients, r.lease_until,
    c.ref, c.name, c.owner_email,
    (SELECT json_group_array(json_array(i.id, i.number, x.stage, x.counts)) FROM reminder_invoices x
     JOIN invoices i ON i.id = x.invoice_id WHERE x.reminder_id = r.id) AS items
  FROM reminders r JOIN customers c ON c.id = r.customer_id`;

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
    items: JSON.parse(String(row.items)).map(
      ([invoiceId, number, stage, counts]: [string, string, string, number]) => ({
        invoiceId,
        number,
        stage,
        counts: counts === 1,
      }),
    ),
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

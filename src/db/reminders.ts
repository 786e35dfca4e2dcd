import type { InStatement, ResultSet } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { LedgerHead } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";
import { appendLedger, type LedgerAppend, ledgerHeadsQuery, readHeads } from "./ledger.ts";
import type { Db } from "./open.ts";

/** A reminder that is ready to leave, and the counts of changes that it was made from. */
export type ReadyReminder = {
  id: string;
  customerId: string;
  customerVersion: number;
  stage: string;
  policyName: string;
  policyVersion: number;
  leavesOn: CivilDay;
  recipients: string[];
  subject: string;
  isBacklog: boolean;
  items: { invoiceId: string; stage: string; askedMinor: number; balanceMinor: number }[];
  message: { sha256: string; deflated: Uint8Array; bytes: number };
};

export type SendingResult = {
  id: string;
  state: "sent" | "failed" | "unknown";
  messageId: string | null;
  providerId: string | null;
  failure: string | null;
};

/** How long a reminder may be under way before its outcome counts as unknown. */
const LEASE_MS = 10 * 60 * 1000;

/**
 * Claims reminders and marks them `sending` in one transaction and one round trip: only those whose customer, and what all customers
 * share, are as they were when it was decided. Returns the ids of those that may leave.
 */
export async function claim(
  db: Db,
  input: {
    reminders: ReadyReminder[];
    worldVersion: number;
    at: Instant;
    heads: Map<string, LedgerHead>;
    appends: LedgerAppend[];
  },
): Promise<Set<string>> {
  const { reminders, worldVersion, at, heads, appends } = input;
  const rows = reminders.map((r) => [
    r.id,
    r.customerId,
    r.customerVersion,
    r.stage,
    r.policyName,
    r.policyVersion,
    r.leavesOn,
    JSON.stringify(r.recipients),
    r.subject,
    r.isBacklog ? 1 : 0,
  ]);
  const items = reminders.flatMap((r) =>
    r.items.map((i) => [r.id, i.invoiceId, i.stage, i.askedMinor, i.balanceMinor]),
  );
  const results = await db.batch([
    {
      sql: `INSERT INTO reminders (id, customer_id, stage, state, policy_name, policy_version, leaves_on, recipients, subject,
              is_backlog, lease_until, created_at, sending_at)
            SELECT j.value->>0, j.value->>1, j.value->>3, 'sending', j.value->>4, j.value->>5, j.value->>6, j.value->>7,
              j.value->>8, j.value->>9, ?, ?, ?
            FROM json_each(?) j JOIN customers c ON c.id = j.value->>1 AND c.facts_version = j.value->>2
            WHERE coalesce((SELECT CAST(value AS integer) FROM settings WHERE key = 'facts_version'), 0) = ?
            ON CONFLICT (id) DO UPDATE SET state = 'sending', stage = excluded.stage, policy_name = excluded.policy_name,
              policy_version = excluded.policy_version, leaves_on = excluded.leaves_on, recipients = excluded.recipients,
              subject = excluded.subject, is_backlog = excluded.is_backlog, lease_until = excluded.lease_until,
              sending_at = excluded.sending_at
            RETURNING id`,
      args: [at + LEASE_MS, at, at, JSON.stringify(rows), worldVersion],
    },
    {
      sql: `INSERT INTO reminder_invoices (reminder_id, invoice_id, stage, asked_minor, balance_minor, counts)
            SELECT j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, 1
            FROM json_each(?) j JOIN reminders r ON r.id = j.value->>0 AND r.state = 'sending' WHERE true
            ON CONFLICT (reminder_id, invoice_id) DO UPDATE
            SET counts = 1, stage = excluded.stage, asked_minor = excluded.asked_minor, balance_minor = excluded.balance_minor`,
      args: [JSON.stringify(items)],
    },
    {
      // Invoices that left the letter between the question to finance and the sending.
      sql: `DELETE FROM reminder_invoices WHERE counts = 0 AND reminder_id IN
              (SELECT r.id FROM json_each(?) j JOIN reminders r ON r.id = j.value AND r.state = 'sending')`,
      args: [JSON.stringify(reminders.map((r) => r.id))],
    },
    keepMessages(reminders),
    {
      sql: `UPDATE customers SET facts_version = facts_version + 1
            WHERE id IN (SELECT r.customer_id FROM json_each(?) j JOIN reminders r ON r.id = j.value AND r.state = 'sending')`,
      args: [JSON.stringify(reminders.map((r) => r.id))],
    },
    appendLedger(heads, appends),
  ]);
  return new Set(results[0]!.rows.map((row) => String(row.id)));
}

function keepMessages(reminders: ReadyReminder[]): InStatement {
  const values = reminders.map(() => "(?, ?, ?, ?)").join(", ");
  return {
    sql: `INSERT INTO messages (reminder_id, sha256, raw, bytes)
          SELECT v.column1, v.column2, v.column3, v.column4 FROM (VALUES ${values}) v
          JOIN reminders r ON r.id = v.column1 AND r.state = 'sending' WHERE true
          ON CONFLICT (reminder_id) DO UPDATE SET sha256 = excluded.sha256, raw = excluded.raw, bytes = excluded.bytes`,
    args: reminders.flatMap(({ id, message }) => [id, message.sha256, message.deflated, message.bytes]),
  };
}

/** What became of the reminders of a wave, with its ledger entries and whatever else has to be true together with it. */
export async function recordSending(
  db: Db,
  input: {
    results: SendingResult[];
    at: Instant;
    heads: Map<string, LedgerHead>;
    appends: LedgerAppend[];
    besides: InStatement[];
  },
): Promise<void> {
  const { results, at, appends, besides } = input;
  const rows = JSON.stringify(results.map((r) => [r.id, r.state, r.messageId, r.providerId, r.failure]));
  const statements = (heads: Map<string, LedgerHead>): InStatement[] => [
    {
      sql: `UPDATE reminders SET state = j.value->>1, message_id = j.value->>2, provider_id = j.value->>3,
              failure = j.value->>4, lease_until = NULL, sent_at = iif(j.value->>1 = 'sent', ?, NULL)
            FROM json_each(?) j WHERE reminders.id = j.value->>0`,
      args: [at, rows],
    },
    {
      sql: `UPDATE reminder_invoices SET counts = 0 WHERE reminder_id IN
              (SELECT value->>0 FROM json_each(?) WHERE value->>1 = 'failed')`,
      args: [rows],
    },
    appendLedger(heads, appends),
    ...besides,
  ];
  const optimistic = new Map(input.heads);
  try {
    await db.batch(statements(optimistic));
  } catch (error) {
    if (!isLedgerConflict(error)) throw error;
    // Something else was written about one of these invoices meanwhile: take the chains as they are now.
    await db.write(async (tx) => {
      const query = ledgerHeadsQuery([...new Set(appends.map((append) => append.invoiceId))]);
      await tx.batch(statements(readHeads(await tx.execute(query))));
    });
  }
}

function isLedgerConflict(error: unknown): boolean {
  return (error as { code?: string }).code === "conflict";
}

/** A reminder of which nobody knows whether it left. */
export type LostReminder = {
  id: string;
  customerId: string;
  customer: { ref: string; name: string };
  numbers: string[];
  stage: string;
};

/**
 * Two statements: reminders whose process died count as unknown from now on, and which those are. It is not known whether they left,
 * so they wait for evidence or a person.
 */
export function expireLeases(at: Instant): InStatement[] {
  // The list of states is the index's own condition: without it the planner reads every reminder ever sent.
  const expired = `state IN ('claimed', 'sending', 'unknown', 'awaiting_approval') AND state = 'sending' AND lease_until < ?`;
  return [
    {
      sql: `SELECT r.id, r.stage, c.id AS customer_id, c.ref, c.name,
              (SELECT json_group_array(i.number) FROM reminder_invoices ri JOIN invoices i ON i.id = ri.invoice_id
               WHERE ri.reminder_id = r.id) AS numbers
            FROM reminders r JOIN customers c ON c.id = r.customer_id WHERE r.id IN (SELECT id FROM reminders WHERE ${expired})`,
      args: [at],
    },
    { sql: `UPDATE reminders SET state = 'unknown', lease_until = NULL WHERE ${expired}`, args: [at] },
  ];
}

export function readLost({ rows }: ResultSet): LostReminder[] {
  return rows.map((row) => ({
    id: String(row.id),
    customerId: String(row.customer_id),
    customer: { ref: String(row.ref), name: String(row.name) },
    numbers: JSON.parse(String(row.numbers)),
    stage: String(row.stage),
  }));
}

/** How many reminders of backlog left on this day or are under way, by the name of their policy. */
export async function countBacklogSent(db: Db, today: CivilDay): Promise<Map<string, number>> {
  const { rows } = await db.client.execute({
    sql: `SELECT policy_name, count(*) AS sent FROM reminders
          WHERE is_backlog = 1 AND state <> 'failed' AND leaves_on = ? GROUP BY policy_name`,
    args: [today],
  });
  return new Map(rows.map((row) => [String(row.policy_name), Number(row.sent)]));
}

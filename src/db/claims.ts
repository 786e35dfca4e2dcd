import type { InStatement, ResultSet } from "@libsql/client";
import type { LedgerHead } from "../domain/ledger.ts";
import type { Instant } from "../domain/zone.ts";
import { appendLedger, type LedgerAppend, withHeads } from "./ledger.ts";
import type { Db } from "./open.ts";
import { LEASE_MS, type ReadyReminder } from "./reminders.ts";

/** Said where an invoice turns out, within the claim, not to be owed as its letter says. */
export const NOT_AS_WRITTEN = "what is owed changed while the letter was written";

/** Of the claimed: facts that were read again withdrew the lease of some. */
const LEAVES = "state = 'claimed' AND lease_until IS NOT NULL";
const STAYS = "state = 'claimed' AND lease_until IS NULL";

type Claimed = {
  reminders: ReadyReminder[];
  worldVersion: number;
  at: Instant;
  /** Moved on with what was written. */
  heads: Map<string, LedgerHead>;
  /** What the ledgers tell of those that leave, and of those that turn out not to be owed as written. */
  appends: { leaving: LedgerAppend[]; staying: LedgerAppend[] };
  /** What else has to happen together with it. */
  besides: InStatement[];
};

/**
 * Claims reminders and marks them `sending`, in one transaction and one round trip: those whose customer, and what all customers
 * share, are as they were when it was decided. Then it reads the invoices themselves again: a reminder of which one is no longer
 * open, or owed to another amount, is cancelled whoever changed that. Its invoices stay due for a look.
 */
export async function claim(
  db: Db,
  input: Claimed,
): Promise<{ sending: Set<string>; cancelled: string[]; besides: ResultSet[] }> {
  const { heads, appends, reminders, besides } = input;
  const results = await withHeads(db, heads, [...appends.leaving, ...appends.staying], () => [
    ...besides,
    ...claimStatements(input),
    keepMessages(reminders),
    ...touchClaimed(reminders),
    appendLedger(new Map(heads), appends.staying, STAYS),
    appendLedger(heads, appends.leaving, LEAVES),
    {
      sql: `UPDATE reminders SET state = iif(lease_until IS NULL, 'cancelled', 'sending'),
              closed_at = iif(lease_until IS NULL, ?1, NULL), failure = iif(lease_until IS NULL, ?2, NULL)
            WHERE id IN (SELECT value FROM json_each(?3)) AND state = 'claimed' RETURNING id, state`,
      args: [input.at, NOT_AS_WRITTEN, idsOf(reminders)],
    },
  ]);
  const { rows } = results.at(-1)!;
  const idsIn = (state: string) => rows.filter((row) => row.state === state).map((row) => String(row.id));
  return {
    sending: new Set(idsIn("sending")),
    cancelled: idsIn("cancelled"),
    besides: results.slice(0, besides.length),
  };
}

/** Claims, and withdraws the lease of what is not owed as it was written. */
function claimStatements({ reminders, worldVersion, at }: Claimed): InStatement[] {
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
  return [
    {
      sql: `INSERT INTO reminders (id, customer_id, stage, state, policy_name, policy_version, leaves_on, recipients, subject,
              is_backlog, lease_until, created_at, sending_at)
            SELECT j.value->>0, j.value->>1, j.value->>3, 'claimed', j.value->>4, j.value->>5, j.value->>6, j.value->>7,
              j.value->>8, j.value->>9, ?, ?, ?
            FROM json_each(?) j JOIN customers c ON c.id = j.value->>1 AND c.facts_version = j.value->>2
            WHERE coalesce((SELECT CAST(value AS integer) FROM settings WHERE key = 'facts_version'), 0) = ?
            ON CONFLICT (id) DO UPDATE SET state = 'claimed', stage = excluded.stage, policy_name = excluded.policy_name,
              policy_version = excluded.policy_version, leaves_on = excluded.leaves_on, recipients = excluded.recipients,
              subject = excluded.subject, is_backlog = excluded.is_backlog, lease_until = excluded.lease_until,
              sending_at = excluded.sending_at
            WHERE reminders.state = 'awaiting_approval'`,
      args: [at + LEASE_MS, at, at, JSON.stringify(rows), worldVersion],
    },
    {
      sql: `INSERT INTO reminder_invoices (reminder_id, invoice_id, stage, asked_minor, balance_minor, counts)
            SELECT j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, 1
            FROM json_each(?) j JOIN reminders r ON r.id = j.value->>0 AND r.state = 'claimed' WHERE true
            ON CONFLICT (reminder_id, invoice_id) DO UPDATE
            SET counts = 1, stage = excluded.stage, asked_minor = excluded.asked_minor, balance_minor = excluded.balance_minor`,
      args: [JSON.stringify(items)],
    },
    {
      // Invoices that left the letter between the question to finance and the sending.
      sql: `DELETE FROM reminder_invoices WHERE counts = 0 AND reminder_id IN (${claimed("state = 'claimed'")})`,
      args: [idsOf(reminders)],
    },
    {
      sql: `UPDATE reminders SET lease_until = NULL WHERE id IN (SELECT value FROM json_each(?)) AND state = 'claimed'
            AND EXISTS (SELECT 1 FROM reminder_invoices x JOIN invoices i ON i.id = x.invoice_id
              WHERE x.reminder_id = reminders.id AND (i.status <> 'open' OR i.balance_minor <> x.balance_minor))`,
      args: [idsOf(reminders)],
    },
  ];
}

function keepMessages(reminders: ReadyReminder[]): InStatement {
  const values = reminders.map(() => "(?, ?, ?, ?)").join(", ");
  return {
    sql: `INSERT INTO messages (reminder_id, sha256, raw, bytes)
          SELECT v.column1, v.column2, v.column3, v.column4 FROM (VALUES ${values}) v
          JOIN reminders r ON r.id = v.column1 AND ${LEAVES} WHERE true`,
    args: reminders.flatMap(({ id, message }) => [id, message.sha256, message.deflated, message.bytes]),
  };
}

/** Other claims about these customers no longer hold; the stages of what does not leave are open as before. */
function touchClaimed(reminders: ReadyReminder[]): InStatement[] {
  const args = [idsOf(reminders)];
  return [
    {
      sql: `UPDATE customers SET facts_version = facts_version + 1
            WHERE id IN (${claimed("state = 'claimed'", "customer_id")})`,
      args,
    },
    { sql: `UPDATE reminder_invoices SET counts = 0 WHERE reminder_id IN (${claimed(STAYS)})`, args },
  ];
}

/** Selects from the reminders whose ids are the statement's argument. */
function claimed(condition: string, column = "id"): string {
  return `SELECT ${column} FROM reminders WHERE id IN (SELECT value FROM json_each(?)) AND ${condition}`;
}

function idsOf(reminders: { id: string }[]): string {
  return JSON.stringify(reminders.map(({ id }) => id));
}

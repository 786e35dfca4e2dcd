import type { InStatement } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { LedgerHead } from "../domain/ledger.ts";
import type { ReminderState } from "../domain/reminder-life.ts";
import { ANSWER_WITHIN_MS } from "../domain/sending.ts";
import type { Instant } from "../domain/zone.ts";
import { appendLedger, type LedgerAppend, withHeads } from "./ledger.ts";
import type { Db } from "./open.ts";
import { ANSWERABLE, COUNTING, REACHED_NOBODY } from "./reminder-states.ts";

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

/** What the mailer answered, as it is recorded. */
export type SendingResult = {
  id: string;
  state: "sent" | "failed" | "deferred" | "unknown";
  messageId: string | null;
  providerId: string | null;
  failure: string | null;
};

/** How long a reminder may be under way before its outcome counts as unknown. */
export const LEASE_MS = 10 * 60 * 1000;

/** From when on it is too late to hand over what was claimed at this moment: its answer would come after the lease. */
export function tooLateFrom(claimedAt: Instant): Instant {
  return claimedAt + LEASE_MS - ANSWER_WITHIN_MS;
}

/**
 * What became of the reminders of a wave, with its ledger entries and whatever else has to be true together with it. Where something
 * else said first what became of a reminder, that stays. Returns the states that they have from now on, and which of them the
 * provider's events tell of.
 */
export async function recordSending(
  db: Db,
  input: {
    results: SendingResult[];
    at: Instant;
    heads: Map<string, LedgerHead>;
    appends: LedgerAppend[];
    besides: InStatement[];
  },
): Promise<Map<string, { state: ReminderState; hasEvents: boolean }>> {
  const { results, at, heads, appends, besides } = input;
  const rows = JSON.stringify(results.map((r) => [r.id, r.state, r.messageId, r.providerId, r.failure]));
  const isOpen = `reminders.state IN (${ANSWERABLE})`;
  const [recorded] = await withHeads(db, heads, appends, () => [
    {
      sql: `UPDATE reminders SET state = iif(${isOpen}, j.value->>1, state), message_id = coalesce(j.value->>2, message_id),
              provider_id = coalesce(j.value->>3, provider_id), failure = iif(${isOpen}, j.value->>4, failure),
              lease_until = NULL, sent_at = iif(j.value->>1 = 'sent', ?1, sent_at),
              unknown_at = iif(${isOpen} AND j.value->>1 = 'unknown', coalesce(unknown_at, ?1), unknown_at),
              settled_by = iif(state = 'unknown' AND j.value->>1 <> 'unknown', 'evidence', settled_by)
            FROM json_each(?2) j WHERE reminders.id = j.value->>0
            RETURNING id, state, EXISTS (SELECT 1 FROM deliveries WHERE mail_id = reminders.id) AS has_events`,
      args: [at, rows],
    },
    {
      sql: `UPDATE reminder_invoices SET counts = 0 WHERE reminder_id IN (SELECT r.id FROM json_each(?) j
              JOIN reminders r ON r.id = j.value->>0 AND r.state IN (${REACHED_NOBODY}))`,
      args: [rows],
    },
    appendLedger(heads, appends),
    ...besides,
    {
      // Who looked while these were in hand saw something else: what that one stores must not replace the looks stored here.
      sql: `UPDATE customers SET facts_version = facts_version + 1
            WHERE id IN (SELECT r.customer_id FROM json_each(?) j JOIN reminders r ON r.id = j.value->>0)`,
      args: [rows],
    },
  ]);
  return new Map(
    recorded!.rows.map((row) => {
      const state = row.state as ReminderState;
      return [String(row.id), { state, hasEvents: Number(row.has_events) === 1 }];
    }),
  );
}

/** How many reminders of backlog left on this day or are under way, by the name of their policy. */
export async function countBacklogSent(db: Db, today: CivilDay): Promise<Map<string, number>> {
  const { rows } = await db.client.execute({
    sql: `SELECT policy_name, count(*) AS sent FROM reminders
          WHERE is_backlog = 1 AND state IN (${COUNTING}) AND leaves_on = ? GROUP BY policy_name`,
    args: [today],
  });
  return new Map(rows.map((row) => [String(row.policy_name), Number(row.sent)]));
}

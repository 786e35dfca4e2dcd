import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import { openDisputesQuery, readDisputes, type StoredDispute } from "./disputes.ts";
import { openHoldsQuery, readHolds, type StoredHold } from "./holds.ts";
import type { Db } from "./open.ts";
import { livePlansQuery, readPlans, type StoredPlan } from "./plans.ts";
import { readWaiting, type WaitingAlert } from "./portfolio.ts";
import { openPromisesQuery, readPromises, type StoredPromise } from "./promises.ts";
import { COUNTING } from "./reminder-states.ts";

/** A reminder that left (`what` is its stage) or a call (what was said), on the customer's civil day. */
export type LastContact = { kind: "reminder" | "call"; on: CivilDay; what: string; who: string | null };

/** What an account owner has against a letter that finance is asked about. */
export type Objection = { reminder: string; reason: string; author: string; at: Instant };

/** What goes on with a customer besides what it owes. */
export type CustomerMatters = {
  lastContact: LastContact | null;
  /** Not ended, on an invoice or on everything. */
  holds: StoredHold[];
  /** Asked or open. */
  promises: StoredPromise[];
  /** Open. */
  disputes: StoredDispute[];
  /** Asked or agreed. */
  plans: StoredPlan[];
  /** Against letters that wait for finance's word. */
  objections: Objection[];
  /** Questions to people that nobody has settled. */
  waiting: WaitingAlert[];
};

const MOST_WAITING = 50;

/** Reads what goes on with a customer and these open invoices of it. */
export async function readCustomerMatters(
  db: Db,
  { customerId, numbers }: { customerId: string; numbers: string[] },
): Promise<CustomerMatters> {
  const [contacts, holds, promises, disputes, plans, objections, waiting] = await db.batch(
    [
      {
        sql: `SELECT * FROM (SELECT 'reminder' AS kind, leaves_on AS on_day, stage AS what, NULL AS who, coalesce(sent_at, sending_at) AS at FROM reminders
                WHERE customer_id = ?1 AND state IN (${COUNTING}) ORDER BY leaves_on DESC LIMIT 1)
              UNION ALL SELECT * FROM (SELECT 'call', on_day, said, person, at FROM calls
                WHERE customer_id = ?1 ORDER BY on_day DESC, id DESC LIMIT 1)
              ORDER BY on_day DESC, at DESC LIMIT 1`,
        args: [customerId],
      },
      openHoldsQuery({ sql: "?", args: [customerId] }),
      openPromisesQuery(numbers),
      openDisputesQuery(numbers),
      livePlansQuery(numbers),
      {
        sql: `SELECT r.id AS reminder, l.data->>'reason' AS reason, l.author, l.at FROM reminders r
              JOIN reminder_invoices x ON x.reminder_id = r.id
              JOIN ledger l ON l.invoice_id = x.invoice_id AND l.kind = 'approval_objected' AND l.data->>'reminder' = r.id
              WHERE r.customer_id = ? AND r.state = 'awaiting_approval' GROUP BY r.id, l.author ORDER BY l.at`,
        args: [customerId],
      },
      {
        sql: "SELECT * FROM alerts WHERE asks = 1 AND customer_id = ? ORDER BY id LIMIT ?",
        args: [customerId, MOST_WAITING],
      },
    ],
    "read",
  );
  const [last] = contacts!.rows;
  return {
    lastContact: last
      ? {
          kind: last.kind as LastContact["kind"],
          on: Number(last.on_day),
          what: String(last.what),
          who: last.who as string | null,
        }
      : null,
    holds: readHolds(holds!),
    promises: readPromises(promises!),
    disputes: readDisputes(disputes!),
    plans: readPlans(plans!),
    objections: objections!.rows.map((row) => ({
      reminder: String(row.reminder),
      reason: String(row.reason),
      author: String(row.author),
      at: Number(row.at),
    })),
    waiting: readWaiting(waiting!),
  };
}

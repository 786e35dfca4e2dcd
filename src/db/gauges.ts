import type { ResultSet, Row } from "@libsql/client";
import { REMINDER_STATES, statesThat } from "../domain/reminder-life.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";
import { UNDER_WAY } from "./reminder-states.ts";

/** How much there is to do and under way, at one moment. Counts by state or kind name every one of them. */
export type Gauges = {
  /** How often reminders ever came into each state. */
  reminderTotals: Record<string, number>;
  remindersUnderWay: Record<string, number>;
  noticesUnderWay: Record<string, number>;
  /** Invoices by what they wait for when no clock wakes them. */
  waiting: Record<string, number>;
  /** Invoices that the next tick looks at. */
  due: number;
  /** Since when the oldest of them has been due by its own time; what changed is due at once and has none. */
  dueSince: Instant | null;
  alertsPending: number;
  oldestAlertAt: Instant | null;
  /** Null where the database does not tell. */
  databaseBytes: number | null;
};

const NOTICE_STATES = ["planned", "sending", "unknown"];
const WAITING = ["fresh_ledger", "backlog"];

/** Reads only counters and indexes of what is under way or waiting: the cost does not follow the rows stored. */
export async function readGauges(db: Db, at: Instant): Promise<Gauges> {
  const [totals, reminders, notices, waiting, due, alerts] = await db.batch(
    [
      "SELECT state AS name, total AS count FROM reminder_totals",
      `SELECT state AS name, count(*) AS count FROM reminders WHERE ${UNDER_WAY} GROUP BY state`,
      `SELECT state AS name, count(*) AS count FROM notices WHERE state IN ('planned', 'sending', 'unknown') GROUP BY state`,
      "SELECT waits_for AS name, count(*) AS count FROM invoices WHERE waits_for IS NOT NULL GROUP BY waits_for",
      {
        sql: `SELECT count(*) AS count, min(iif(next_look_at > 0, next_look_at, NULL)) AS oldest
              FROM invoices WHERE next_look_at <= ?`,
        args: [at],
      },
      "SELECT count(*) AS count, min(created_at) AS oldest FROM alerts WHERE state = 'pending'",
    ],
    "read",
  );
  return {
    reminderTotals: countsOf(totals!, REMINDER_STATES),
    remindersUnderWay: countsOf(reminders!, [...statesThat(({ isInHand }) => isInHand), "awaiting_approval"]),
    noticesUnderWay: countsOf(notices!, NOTICE_STATES),
    waiting: countsOf(waiting!, WAITING),
    due: Number(due!.rows[0]!.count),
    dueSince: oldestOf(due!.rows[0]!),
    alertsPending: Number(alerts!.rows[0]!.count),
    oldestAlertAt: oldestOf(alerts!.rows[0]!),
    databaseBytes: await databaseBytes(db),
  };
}

function countsOf({ rows }: ResultSet, names: readonly string[]): Record<string, number> {
  const found = rows.map((row) => [String(row.name), Number(row.count)] as const);
  return Object.fromEntries([...names.map((name) => [name, 0] as const), ...found]);
}

function oldestOf({ oldest }: Row): Instant | null {
  return oldest === null ? null : Number(oldest);
}

/** A remote database need not let its pages be counted. */
async function databaseBytes(db: Db): Promise<number | null> {
  try {
    const sql = "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";
    return Number((await db.client.execute(sql)).rows[0]!.bytes);
  } catch {
    return null;
  }
}

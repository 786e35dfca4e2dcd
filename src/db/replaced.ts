import { pathToFileURL } from "node:url";
import { type Client, createClient, LibsqlError, type Row } from "@libsql/client";
import { formatCivilDay } from "../domain/civil-date.ts";
import type { ReminderState } from "../domain/reminder-life.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";

/** A reminder that left, or may have: its day, stage and invoices. */
export type Departure = {
  date: string;
  stage: string;
  customer: string;
  invoices: string[];
  reminder: string;
};

/** The same of a notice. */
export type NoticeDeparture = Omit<Departure, "stage" | "reminder"> & { kind: string; notice: string };

export type KnownReminder = {
  id: string;
  state: ReminderState;
  messageId: string | null;
  providerId: string | null;
};

/** What became of reminders, and the ids of notices that left or may have. */
export type KnownOutcomes = { reminders: KnownReminder[]; notices: string[] };

/** What a database tells of the time after an instant, oldest first. */
export type Since = { reminders: Departure[]; notices: NoticeDeparture[]; outcomes: KnownOutcomes };

const WAIT_MS = 1000;
const MOST_LISTED = 1000;

/**
 * Makes sure that no other process has this database file open, and brings what stands beside it in a write-ahead log into it.
 * Throws `conflict` where it is in use. One that cannot be read is left as it is: of that nobody can tell.
 */
export async function requireUnused(path: string): Promise<void> {
  try {
    // Leaving the mode in which it is always open takes the file for oneself alone.
    await withFile(path, (client) => client.execute("PRAGMA journal_mode = DELETE"));
  } catch (error) {
    if (!isInUse(error)) return;
    const advice = "stop `dunwell serve` and whatever else works on it first";
    throw new AppError("conflict", `${path} is in use: ${advice}`, { cause: error });
  }
}

/** What a database recorded as leaving after an instant, and the outcomes it knows; null where it cannot be read. */
export async function findDepartures(path: string, since: Instant): Promise<Since | null> {
  const queries = [REMINDERS_LEFT, NOTICES_LEFT, OUTCOMES].map((sql) => ({ sql, args: { since } }));
  const found = await withFile(path, (client) => client.batch(queries, "read")).catch(() => null);
  if (found === null) return null;
  const [reminders, notices, outcomes] = found.map(({ rows }) => rows) as [Row[], Row[], Row[]];
  return {
    reminders: reminders.map((row) => {
      const { date, customer, invoices } = departureOf(row);
      return { date, stage: String(row.stage), customer, invoices, reminder: String(row.id) };
    }),
    notices: notices.map((row) => ({ ...departureOf(row), kind: String(row.kind), notice: String(row.id) })),
    outcomes: { reminders: outcomes.map(knownOf), notices: notices.map(({ id }) => String(id)) },
  };
}

/** What is under way may leave, or have left, at any time. */
const NOTICE_LEFT = "(n.sent_at > :since OR n.state IN ('sending', 'unknown'))";
const REMINDERS_LEFT = `SELECT r.id, r.leaves_on AS day, r.stage, c.ref,
    (SELECT json_group_array(i.number) FROM reminder_invoices ri JOIN invoices i ON i.id = ri.invoice_id
     WHERE ri.reminder_id = r.id) AS numbers
  FROM reminders r JOIN customers c ON c.id = r.customer_id
  WHERE coalesce(r.sent_at, r.sending_at) > :since AND r.state NOT IN ('failed', 'cancelled', 'deferred')
  ORDER BY coalesce(r.sent_at, r.sending_at), r.id LIMIT ${MOST_LISTED}`;
const NOTICES_LEFT = `SELECT n.id, coalesce(n.sent_at, n.leaves_at) / 86400000 AS day, n.kind, c.ref,
    (SELECT json_group_array(i.number) FROM notice_invoices x JOIN invoices i ON i.id = x.invoice_id
     WHERE x.notice_id = n.id) AS numbers
  FROM notices n JOIN customers c ON c.id = n.customer_id WHERE ${NOTICE_LEFT}
  ORDER BY coalesce(n.sent_at, n.leaves_at), n.id`;
/** Of reminders that may have been under way at that time: a lease and an hour's wait for evidence are long over in a day. */
const OUTCOMES = `SELECT id, state, message_id, provider_id FROM reminders
  WHERE sending_at <= :since AND state NOT IN ('sending', 'unknown', 'claimed', 'cancelled')
  AND (settled_by IS NOT NULL OR sending_at > :since - 86400000)`;

function departureOf(row: Row): Pick<Departure, "date" | "customer" | "invoices"> {
  return {
    date: formatCivilDay(Number(row.day)),
    customer: String(row.ref),
    invoices: JSON.parse(String(row.numbers)) as string[],
  };
}

function knownOf(row: Row): KnownReminder {
  const text = (value: unknown) => (value === null ? null : String(value));
  const [messageId, providerId] = [text(row.message_id), text(row.provider_id)];
  return { id: String(row.id), state: row.state as ReminderState, messageId, providerId };
}

async function withFile<T>(path: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = createClient({ url: pathToFileURL(path).href, timeout: WAIT_MS });
  return work(client).finally(() => client.close());
}

function isInUse(error: unknown): boolean {
  return error instanceof LibsqlError && /^SQLITE_(BUSY|LOCKED)/.test(error.extendedCode ?? error.code);
}

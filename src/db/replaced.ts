import { pathToFileURL } from "node:url";
import { type Client, createClient, LibsqlError } from "@libsql/client";
import { formatCivilDay } from "../domain/civil-date.ts";
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

/** The reminders that a database recorded as leaving after an instant, oldest first; null where it cannot be read. */
export async function findDepartures(path: string, since: Instant): Promise<Departure[] | null> {
  const query = {
    sql: `SELECT r.id, r.leaves_on, r.stage, c.ref,
            (SELECT json_group_array(i.number) FROM reminder_invoices ri JOIN invoices i ON i.id = ri.invoice_id
             WHERE ri.reminder_id = r.id) AS numbers
          FROM reminders r JOIN customers c ON c.id = r.customer_id
          WHERE r.sending_at > ? AND r.state NOT IN ('failed', 'cancelled') ORDER BY r.sending_at, r.id LIMIT ${MOST_LISTED}`,
    args: [since],
  };
  const found = await withFile(path, (client) => client.execute(query)).catch(() => null);
  if (found === null) return null;
  return found.rows.map((row) => ({
    date: formatCivilDay(Number(row.leaves_on)),
    stage: String(row.stage),
    customer: String(row.ref),
    invoices: JSON.parse(String(row.numbers)) as string[],
    reminder: String(row.id),
  }));
}

async function withFile<T>(path: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = createClient({ url: pathToFileURL(path).href, timeout: WAIT_MS });
  return work(client).finally(() => client.close());
}

function isInUse(error: unknown): boolean {
  return error instanceof LibsqlError && /^SQLITE_(BUSY|LOCKED)/.test(error.extendedCode ?? error.code);
}

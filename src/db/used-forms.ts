import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

const KEPT_MS = 7 * 24 * 3600 * 1000;

/** Takes a form for the first and only time; false when it was taken before. Forgets those of more than a week ago. */
export async function claimForm(db: Db, token: string, at: Instant): Promise<boolean> {
  const [, claimed] = await db.batch([
    { sql: "DELETE FROM used_forms WHERE used_at < ?", args: [at - KEPT_MS] },
    {
      sql: "INSERT INTO used_forms (token, used_at) VALUES (?, ?) ON CONFLICT (token) DO NOTHING RETURNING token",
      args: [token, at],
    },
  ]);
  return claimed!.rows.length === 1;
}

/** Keeps what came of a form that was claimed. */
export async function keepResult(db: Db, token: string, result: Record<string, unknown>): Promise<void> {
  await db.batch([
    { sql: "UPDATE used_forms SET result = ? WHERE token = ?", args: [JSON.stringify(result), token] },
  ]);
}

/** Gives a claimed form back: nothing came of it, and it may be sent again. */
export async function releaseForm(db: Db, token: string): Promise<void> {
  await db.batch([{ sql: "DELETE FROM used_forms WHERE token = ? AND result IS NULL", args: [token] }]);
}

/** What came of a form; null while that is not known, undefined where it was never taken. */
export async function findResult<T>(db: Db, token: string): Promise<T | null | undefined> {
  const { rows } = await db.client.execute({
    sql: "SELECT result FROM used_forms WHERE token = ?",
    args: [token],
  });
  if (!rows[0]) return undefined;
  return rows[0].result === null ? null : (JSON.parse(String(rows[0].result)) as T);
}

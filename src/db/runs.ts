import type { InStatement } from "@libsql/client";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";
import { expireLeases } from "./reminders.ts";

/** Begins the record of a tick, and gives up on what a dead one left under way. */
export async function startRun(db: Db, at: Instant): Promise<string> {
  const id = newId("run", at);
  await db.batch([
    { sql: "INSERT INTO runs (id, started_at) VALUES (?, ?)", args: [id, at] },
    expireLeases(at),
  ]);
  return id;
}

export function finishRun(
  id: string,
  run: { at: Instant; counts: Record<string, number>; left: number; failed: number; error: string | null },
): InStatement {
  return {
    sql: `UPDATE runs SET finished_at = ?, counts = ?, "left" = ?, failed = ?, error = ? WHERE id = ?`,
    args: [run.at, JSON.stringify(run.counts), run.left, run.failed, run.error, id],
  };
}

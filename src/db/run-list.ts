import type { Row } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** What is on record of a tick. Without an end it was killed, or is still under way. */
export type RunRecord = {
  id: string;
  startedAt: Instant;
  finishedAt: Instant | null;
  byMachineClock: boolean;
  /** By reason, decisions that sent nothing; `sent`, `refused`, `deferred` and `unknown` count reminders. */
  counts: Record<string, number>;
  sent: number;
  left: number;
  failed: number;
  error: string | null;
};

/** The last runs, the newest first, in the order in which they were recorded. */
export async function listRuns(db: Db, limit: number): Promise<RunRecord[]> {
  const { rows } = await db.client.execute({
    sql: "SELECT * FROM runs ORDER BY rowid DESC LIMIT ?",
    args: [limit],
  });
  return rows.map(readRun);
}

export function readRun(row: Row): RunRecord {
  const counts = row.counts === null ? {} : JSON.parse(String(row.counts));
  return {
    id: String(row.id),
    startedAt: Number(row.started_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    byMachineClock: Number(row.by_machine_clock) === 1,
    counts,
    sent: counts.sent ?? 0,
    left: Number(row.left ?? 0),
    failed: Number(row.failed ?? 0),
    error: row.error === null ? null : String(row.error),
  };
}

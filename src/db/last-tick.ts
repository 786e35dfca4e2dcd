import type { InStatement, ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import { type RunRecord, readRun } from "./run-list.ts";

/** A tick that came to its end without an error. */
export type SucceededRun = RunRecord & { finishedAt: Instant };

/** The tick that succeeded last, in the order in which they were recorded, whatever their clocks said. */
export function lastRunQuery(): InStatement {
  return {
    sql: "SELECT * FROM runs WHERE finished_at IS NOT NULL AND error IS NULL ORDER BY rowid DESC LIMIT 1",
    args: [],
  };
}

/** The latest of the ticks that succeeded by this moment: one that was given a moment in the future does not count. */
export function lastTickQuery(at: Instant): InStatement {
  return {
    sql: `SELECT * FROM runs WHERE started_at <= ? AND finished_at IS NOT NULL AND error IS NULL
          ORDER BY started_at DESC LIMIT 1`,
    args: [at],
  };
}

/** When the first tick began after the one that succeeded last; null where that was the newest. */
export function failingSinceQuery(): InStatement {
  return {
    sql: `SELECT min(started_at) AS since FROM runs WHERE rowid > coalesce(
            (SELECT rowid FROM runs WHERE finished_at IS NOT NULL AND error IS NULL ORDER BY rowid DESC LIMIT 1), 0)`,
    args: [],
  };
}

export function readLastRun({ rows }: ResultSet): SucceededRun | undefined {
  return rows[0] && (readRun(rows[0]) as SucceededRun);
}

import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import { PLANNED } from "./due-notices.ts";
import { lastRunQuery, readLastRun, type SucceededRun } from "./last-tick.ts";
import type { Db } from "./open.ts";
import { isAnyLostQuery } from "./reminder-outcomes.ts";
import { readSetting, settingQuery } from "./settings.ts";
import type { Stop } from "./world.ts";

const KEPT_MS = 90 * 24 * 3600 * 1000;
const PRUNED_A_RUN = 200;

export type StartedRun = {
  id: string;
  stop: Stop | null;
  /** Whether some reminder's outcome is to be settled. */
  isAnyLost: boolean;
  /** The one before it that succeeded. */
  last: SucceededRun | undefined;
};

/** Begins the record of a tick, and tells whether everything is stopped and whether others left something behind. */
export async function startRun(
  db: Db,
  { at, byMachineClock }: { at: Instant; byMachineClock: boolean },
): Promise<StartedRun> {
  const id = newId("run", at);
  const [stop, last, lost] = await db.batch([
    settingQuery("stop"),
    lastRunQuery(),
    isAnyLostQuery(at),
    {
      sql: "INSERT INTO runs (id, started_at, by_machine_clock) VALUES (?, ?, ?)",
      args: [id, at, byMachineClock ? 1 : 0],
    },
  ]);
  return {
    id,
    stop: readSetting<Stop>(stop!) ?? null,
    isAnyLost: Number(lost!.rows[0]!.lost) === 1,
    last: readLastRun(last!),
  };
}

/** A run's counts and those of argument 2, together: what it handed out may be done before it ends itself. */
const ADDED = `(SELECT json_group_object(key, n) FROM (SELECT key, sum(value) AS n FROM (
  SELECT key, value FROM json_each(coalesce(runs.counts, '{}')) UNION ALL SELECT key, value FROM json_each(?2)) GROUP BY key))`;

/** Adds to the record of a tick what became of a batch that it handed out. */
export async function countInRun(
  db: Db,
  id: string,
  { counts, failed }: { counts: Record<string, number>; failed: number },
): Promise<void> {
  const sql = `UPDATE runs SET counts = ${ADDED}, failed = coalesce(failed, 0) + ?3 WHERE id = ?1`;
  await db.batch([{ sql, args: [id, JSON.stringify(counts), failed] }]);
}

/**
 * Ends the record of a tick, forgets some of those that are older than 90 days, and tells what it left: invoices that are due for
 * a look, and those that wait as backlog.
 */
export async function finishRun(
  db: Db,
  id: string,
  run: { at: Instant; counts: Record<string, number>; failed: number; error: string | null },
): Promise<{ left: number; backlog: number }> {
  const [finished] = await db.batch([
    {
      sql: `UPDATE runs SET finished_at = ?1, counts = ${ADDED}, failed = coalesce(failed, 0) + ?3, error = ?4,
              "left" = (SELECT count(*) FROM invoices WHERE next_look_at <= ?1)
                + (SELECT count(*) FROM notices WHERE ${PLANNED} AND leaves_at <= ?1)
            WHERE id = ?5
            RETURNING "left", (SELECT count(*) FROM invoices WHERE waits_for = 'backlog') AS backlog`,
      args: [run.at, JSON.stringify(run.counts), run.failed, run.error, id],
    },
    {
      // A person may give a moment years ahead, which is no reason to forget.
      sql: `DELETE FROM runs WHERE (SELECT by_machine_clock FROM runs WHERE id = ?1)
              AND id IN (SELECT id FROM runs WHERE started_at < ?2 ORDER BY started_at LIMIT ?3)`,
      args: [id, run.at - KEPT_MS, PRUNED_A_RUN],
    },
  ]);
  const { left, backlog } = finished!.rows[0]!;
  return { left: Number(left), backlog: Number(backlog) };
}

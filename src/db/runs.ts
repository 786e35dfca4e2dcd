import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";
import { expireLeases, type LostReminder, readLost } from "./reminders.ts";
import { readSetting, settingQuery } from "./settings.ts";
import type { Stop } from "./world.ts";

/** Begins the record of a tick, gives up on what a dead one left under way, and tells whether everything is stopped. */
export async function startRun(
  db: Db,
  at: Instant,
): Promise<{ id: string; stop: Stop | null; lost: LostReminder[] }> {
  const id = newId("run", at);
  const [stop, lost] = await db.batch([
    settingQuery("stop"),
    ...expireLeases(at),
    { sql: "INSERT INTO runs (id, started_at) VALUES (?, ?)", args: [id, at] },
  ]);
  return { id, stop: readSetting<Stop>(stop!) ?? null, lost: readLost(lost!) };
}

/** Ends the record of a tick, and tells what it left: invoices that are due for a look, and those that wait as backlog. */
export async function finishRun(
  db: Db,
  id: string,
  run: { at: Instant; counts: Record<string, number>; failed: number; error: string | null },
): Promise<{ left: number; backlog: number }> {
  const [finished] = await db.batch([
    {
      sql: `UPDATE runs SET finished_at = ?1, counts = ?2, failed = ?3, error = ?4,
              "left" = (SELECT count(*) FROM invoices WHERE next_look_at <= ?1)
            WHERE id = ?5
            RETURNING "left", (SELECT count(*) FROM invoices WHERE waits_for = 'backlog') AS backlog`,
      args: [run.at, JSON.stringify(run.counts), run.failed, run.error, id],
    },
  ]);
  const { left, backlog } = finished!.rows[0]!;
  return { left: Number(left), backlog: Number(backlog) };
}

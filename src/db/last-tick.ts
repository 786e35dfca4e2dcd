import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type LastTick = { finishedAt: Instant; left: number; failed: number };

/** The last tick that came to its end, or undefined before the first. */
export async function findLastTick(db: Db): Promise<LastTick | undefined> {
  const { rows } = await db.client.execute(
    'SELECT finished_at, "left", failed FROM runs WHERE finished_at IS NOT NULL ORDER BY started_at DESC LIMIT 1',
  );
  const row = rows[0];
  return (
    row && {
      finishedAt: Number(row.finished_at),
      left: Number(row.left ?? 0),
      failed: Number(row.failed ?? 0),
    }
  );
}

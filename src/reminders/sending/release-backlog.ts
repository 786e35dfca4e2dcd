import { putSettingStatement } from "../../db/settings.ts";
import { touchWorld } from "../../db/touch.ts";
import type { Services } from "../../services.ts";

/** Lets go what is backlog now: from here on it leaves, oldest first, at most the policy's share a day. */
export async function releaseBacklog(
  services: Pick<Services, "db" | "clock" | "log">,
  { author }: { author: string },
): Promise<{ invoices: number }> {
  const { db, clock, log } = services;
  const [waiting] = await db.batch([
    "SELECT count(*) AS invoices FROM invoices WHERE waits_for = 'backlog'",
    putSettingStatement("backlog_released_at", clock()),
    // Rows are numbered as they come: what is imported later has a higher number, whatever the clock says.
    `INSERT INTO settings (key, value) SELECT 'backlog_released_row', coalesce(max(rowid), 0) FROM invoices WHERE true
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    touchWorld(),
  ]);
  const invoices = Number(waiting!.rows[0]!.invoices);
  log("info", "backlog_released", { invoices, author });
  return { invoices };
}

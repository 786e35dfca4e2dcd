import type { Db } from "../../db/open.ts";
import { countBacklogSent } from "../../db/reminders.ts";
import type { World } from "../../db/world.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";

/** How many more reminders of backlog may leave today (a day of the creditor's zone), by the name of the policy. */
export async function backlogShares(
  db: Db,
  { world, at }: { world: World; at: Instant },
): Promise<Map<string, number>> {
  const sent = await countBacklogSent(db, civilDayAt(at, world.creditor?.timezone ?? "UTC"));
  return new Map(
    [...world.policies].map(([name, { policy }]) => {
      const { backlog } = policy;
      return [name, backlog.mode === "send" ? 0 : backlog.perDay - (sent.get(name) ?? 0)];
    }),
  );
}

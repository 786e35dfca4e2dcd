import { deleteSettingStatement, readSetting, settingQuery } from "../../db/settings.ts";
import { touchWorld } from "../../db/touch.ts";
import type { Stop } from "../../db/world.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/**
 * Ends a stop; the next tick goes on where the last one left off, and what became due long before is backlog. Returns the stop
 * that ended. Throws `not_found` where nothing is stopped.
 */
export async function resumeAll(
  services: Pick<Services, "db" | "log">,
  { author }: { author: string },
): Promise<Stop> {
  return services.db.write(async (tx) => {
    const stop = readSetting<Stop>(await tx.execute(settingQuery("stop")));
    if (!stop) throw new AppError("not_found", "nothing is stopped");
    await tx.batch([deleteSettingStatement("stop"), touchWorld()]);
    services.log("info", "resumed", { author });
    return stop;
  });
}

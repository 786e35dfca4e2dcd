import { findSetting, putSettingStatement, readSetting, settingQuery } from "../../db/settings.ts";
import { touchWorld } from "../../db/touch.ts";
import type { Stop } from "../../db/world.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/**
 * Nothing leaves from this moment on: what was decided before is not sent, and a tick decides nothing until somebody resumes. A
 * stop that is there already stays as it is. Throws `invalid` without a reason.
 */
export async function stopAll(
  services: Pick<Services, "db" | "clock" | "log">,
  told: { reason: string; author: string },
): Promise<Stop & { changed: boolean }> {
  const reason = told.reason.trim();
  if (reason === "") throw new AppError("invalid", "stopping everything needs a reason");
  const { db, clock, log } = services;
  const stop: Stop = { at: clock(), author: told.author, reason };
  return db.write(async (tx) => {
    const before = readSetting<Stop>(await tx.execute(settingQuery("stop")));
    if (before) return { ...before, changed: false };
    await tx.batch([putSettingStatement("stop", stop), touchWorld()]);
    log("info", "stopped", { author: stop.author });
    return { ...stop, changed: true };
  });
}

/** Who stopped everything, or null while nobody did. */
export async function findStop({ db }: Pick<Services, "db">): Promise<Stop | null> {
  return (await findSetting<Stop>(db, "stop")) ?? null;
}

export function describeStop({ at, author, reason }: Stop): string {
  return `stopped since ${new Date(at).toISOString().replace(".000Z", "Z")} by ${author} (${reason}): run \`dunwell resume-all\``;
}

import { addAlerts } from "../../db/alerts.ts";
import { claimDay } from "../../db/settings.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { serviceProblem } from "../alerts/service-problem.ts";
import { describeUnreached, findUnreachedZones, WIDEN_HOURS } from "./unreached-zones.ts";

/**
 * Names the zones that the schedule never reaches within hours: in the log at most once a day, to whoever runs the service once for
 * the same zones. For the entries that ring the clock.
 */
export async function watchZones(services: Pick<Services, "db" | "clock" | "log">): Promise<void> {
  const { db, clock, log } = services;
  if (!(await claimDay(db, "zones_watched_on", civilDayAt(clock(), "UTC")))) return;
  const zones = await findUnreachedZones(services);
  if (zones.length === 0) return;
  log("warn", "zones_unreached", { zones });
  const key = zones.map(({ policy, zone }) => `${policy} ${zone}`).sort();
  const note = `${zones.map(describeUnreached).join("; ")}: nobody there is reminded. Please ${WIDEN_HOURS}.`;
  await db.batch([addAlerts([serviceProblem(`zones_unreached ${key.join(", ")}`, note)], clock())]);
}

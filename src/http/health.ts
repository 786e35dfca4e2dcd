import type { Handler } from "hono";
import { findLastTick } from "../db/last-tick.ts";
import { findStop } from "../reminders/stop-all.ts";
import type { Services } from "../services.ts";

/** Whether the service is there and its database answers; the age of the last tick tells whether the clock runs; who stopped it is not for everybody. */
export function healthz(services: Services): Handler {
  return async (c) => {
    const [tick, stop] = await Promise.all([findLastTick(services.db), findStop(services)]);
    const age = tick ? Math.max(0, Math.round((services.clock() - tick.finishedAt) / 1000)) : null;
    c.header("Cache-Control", "no-store");
    return c.json({
      ok: true,
      last_tick_age_seconds: age,
      last_tick_left: tick?.left ?? null,
      last_tick_failed: tick?.failed ?? null,
      stopped_since: stop ? new Date(stop.at).toISOString() : null,
    });
  };
}

import type { Handler } from "hono";
import type { Instant } from "../domain/zone.ts";
import { checkHealth } from "../reminders/operation/check-health.ts";
import type { Services } from "../services.ts";
import type { Runtime } from "./runtime.ts";

/** Whether the database answers and the clock runs; who stopped it is not for everybody. */
export function healthz(services: Services, { startedAt }: Runtime): Handler {
  return async (c) => {
    const { problem, tick, stop, circuitOpenSince } = await checkHealth(services, { startedAt });
    const age = tick ? Math.max(0, Math.round((services.clock() - tick.finishedAt) / 1000)) : null;
    c.header("Cache-Control", "no-store");
    return c.json(
      {
        ok: problem === null,
        ...(problem !== null && { problem }),
        last_tick_age_seconds: age,
        last_tick_left: tick?.left ?? null,
        last_tick_failed: tick?.failed ?? null,
        stopped_since: isoOf(stop?.at ?? null),
        circuit_open_since: isoOf(circuitOpenSince),
      },
      problem === null ? 200 : 503,
    );
  };
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

import { Cron } from "croner";
import { toAppError } from "./db/open.ts";
import { tick } from "./reminders/sending/tick.ts";
import { isRefusal, reasonOf, watchFailures } from "./reminders/sending/watch-failures.ts";
import { watchZones } from "./reminders/sending/watch-zones.ts";
import { EVERY_15_MINUTES } from "./schedule.ts";
import type { Services } from "./services.ts";

/** Of each step of one run. */
const BATCH = 200;

export type RunningClock = {
  /** Lets the batch under way finish and begins no other. */
  stop(): Promise<void>;
};

/**
 * Ticks every 15 minutes on the quarter, one tick at a time; a tick that fails is logged and the next one tries again.
 * `byMachineClock: false` where a person gave the moment.
 */
export function startClock(
  services: Services,
  { schedule = EVERY_15_MINUTES, byMachineClock = true } = {},
): RunningClock {
  const failures = watchFailures(services);
  const stopping = new AbortController();
  let underWay: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      for (let hasMore = true; hasMore && !stopping.signal.aborted; ) {
        const options = { limit: BATCH, byMachineClock, stopping: stopping.signal };
        const { sent, left, isCut } = await tick(services, options);
        hasMore = isCut || (sent > 0 && left > 0);
      }
      failures.succeeded();
      await watchZones(services);
    } catch (thrown) {
      const error = toAppError(thrown);
      services.log(isRefusal(error) ? "warn" : "error", "tick_failed", {
        error: isRefusal(error) ? error.message : error,
      });
      await failures.failed(reasonOf(error));
    }
  };
  const job = new Cron(schedule, { timezone: "UTC", protect: true }, () => {
    underWay = run();
    return underWay;
  });
  return {
    async stop() {
      stopping.abort();
      job.stop();
      await underWay;
    },
  };
}

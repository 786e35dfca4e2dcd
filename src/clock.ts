import { Cron } from "croner";
import { toAppError } from "./db/open.ts";
import { AppError } from "./errors.ts";
import { tick } from "./reminders/sending/tick.ts";
import { watchFailures } from "./reminders/sending/watch-failures.ts";
import { watchZones } from "./reminders/sending/watch-zones.ts";
import { EVERY_15_MINUTES } from "./schedule.ts";
import type { Services } from "./services.ts";

/** Of each step, between two looks at whether to stop. */
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
  let isStopping = false;
  let underWay: Promise<void> = Promise.resolve();
  const run = async () => {
    try {
      for (let hasMore = true; hasMore && !isStopping; ) {
        const { sent, left, isCut } = await tick(services, { limit: BATCH, byMachineClock });
        hasMore = isCut || (sent > 0 && left > 0);
      }
      failures.succeeded();
      await watchZones(services);
    } catch (thrown) {
      const error = toAppError(thrown);
      services.log(isRefusal(error) ? "warn" : "error", "tick_failed", {
        error: isRefusal(error) ? error.message : error,
      });
      await failures.failed(isRefusal(error) ? error.message : nameOf(error));
    }
  };
  const job = new Cron(schedule, { timezone: "UTC", protect: true }, () => {
    underWay = run();
    return underWay;
  });
  return {
    async stop() {
      isStopping = true;
      job.stop();
      await underWay;
    },
  };
}

/** Nobody said yet who the creditor is, say: told in a sentence, without a trace of the code. */
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== "internal";
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

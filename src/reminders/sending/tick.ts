import { finishRun, startRun } from "../../db/runs.ts";
import { nameOfError } from "../../errors.ts";
import { STEPS } from "../../schedule.ts";
import type { Services } from "../../services.ts";
import { checkClock } from "./check-clock.ts";
import { releaseBacklog } from "./release-backlog.ts";
import { createRun, type Run, type TickOptions, type TickReport } from "./run.ts";

/**
 * One run of the clock: scan, decide, send, in bounded batches until nothing is due or the limit is reached. Safe to run
 * twice at once. While everything is stopped it decides nothing. Throws `invalid` while nobody said who the creditor is, `conflict`
 * where the machine's clock was set back.
 */
export async function tick(services: Services, options: TickOptions = {}): Promise<TickReport> {
  const { db, clock, log } = services;
  const { byMachineClock = false } = options;
  const { id, stop, isAnyLost, last } = await startRun(db, { at: clock(), byMachineClock });
  const run = { ...createRun(services, options, id), isAnyLost };
  const { report } = run;
  report.stop = stop;
  try {
    if (byMachineClock) checkClock(log, { at: clock(), last });
    // Not while stopped: after a restore, what became of what was lost may be about to be entered.
    if (!stop) await goThrough(run);
  } catch (error) {
    await finishRun(db, id, { ...report, at: clock(), error: nameOfError(error) });
    throw error;
  }
  Object.assign(report, await finishRun(db, id, { ...report, at: clock(), error: null }));
  log("info", "tick", { ...report, stop: report.stop !== null });
  return report;
}

async function goThrough(run: Run): Promise<void> {
  const { services, options, report } = run;
  if (options.confirmBacklog) await releaseBacklog(services, options.confirmBacklog);
  for (const step of STEPS) {
    if (await step.run(run)) report.isCut = true;
    if (report.stop || options.stopping?.aborted) return;
  }
}

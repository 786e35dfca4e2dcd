import type { SucceededRun } from "../../db/last-tick.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Log } from "../../ports.ts";

const TOLERATED_MS = 60_000;
const LONG_GAP_MS = 7 * 24 * 3600 * 1000;

/**
 * For a tick that goes by the machine's clock. Throws `conflict` where that was set back behind the last such tick: what day it is
 * cannot be known then. A long gap is only told: it may be an outage as well as a clock set ahead.
 */
export function checkClock(log: Log, { at, last }: { at: Instant; last: SucceededRun | undefined }): void {
  const gap = last?.byMachineClock ? at - last.startedAt : 0;
  if (gap > LONG_GAP_MS) log("info", "clock_gap", { hours: Math.round(gap / 3_600_000), run: last!.id });
  const behind = msBehind(last, at);
  if (behind === 0) return;
  log("info", "clock_behind", { seconds: Math.round(behind / 1000), run: last!.id });
  throw new AppError("conflict", `${describeBehind(behind)}, so nothing was decided or sent: ${REMEDY}`);
}

const REMEDY = "set it right, or confirm the time once with `dunwell tick --at ISO`";

/** How far the machine's clock is behind the last tick, milliseconds; 0 within a minute, and after a tick whose moment was given. */
export function msBehind(last: SucceededRun | undefined, at: Instant): number {
  const behind = last?.byMachineClock ? last.startedAt - at : 0;
  return behind > TOLERATED_MS ? behind : 0;
}

export function describeBehind(ms: number): string {
  return `the machine's clock is ${Math.round(ms / 60_000)} minutes behind the last tick`;
}

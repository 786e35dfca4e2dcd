import { setTimeout as pause } from "node:timers/promises";

/** Lets at most `perSecond` units pass a second, evenly spaced, in the order in which they came; unbounded without a figure. */
export function createPace(perSecond: number | undefined): (units: number) => Promise<void> {
  let nextAt = 0;
  return async (units) => {
    if (perSecond === undefined) return;
    const now = performance.now();
    const mine = Math.max(now, nextAt);
    nextAt = mine + (units * 1000) / perSecond;
    if (mine > now) await pause(mine - now);
  };
}

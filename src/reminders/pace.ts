import { setTimeout as pause } from "node:timers/promises";

/**
 * Lets at most `perSecond` units pass a second, evenly spaced, in the order in which they come, the first in `startsInMs`. Null
 * lets everything pass.
 */
export function createPace(input: {
  perSecond: number | null;
  startsInMs: number;
}): (units: number) => Promise<void> {
  const { perSecond, startsInMs } = input;
  let nextAt = performance.now() + startsInMs;
  return async (units) => {
    if (perSecond === null) return;
    const now = performance.now();
    const mine = Math.max(now, nextAt);
    nextAt = mine + (units * 1000) / perSecond;
    if (mine > now) await pause(mine - now);
  };
}

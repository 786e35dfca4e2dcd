import { setTimeout as pause } from "node:timers/promises";

/** A process that was held up makes up for no more than this: a burst would be too fast. */
const MOST_LATE_MS = 50;

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
  let last = Promise.resolve();
  return (units) => {
    if (perSecond === null) return last;
    last = last.then(async () => {
      const waitMs = nextAt - performance.now();
      if (waitMs >= 1) await pause(waitMs);
      nextAt = Math.max(nextAt, performance.now() - MOST_LATE_MS) + (units * 1000) / perSecond;
    });
    return last;
  };
}

import { START } from "./company.ts";
import type { Random } from "./random.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** How long the company lives before everything is left in peace. */
const SPAN_DAYS = 165;

/** Clocks go forward or back there and then: New York, Berlin and London, Lord Howe (half an hour). */
const CHANGES = ["2026-03-08T07:00Z", "2026-03-29T01:00Z", "2026-04-04T15:00Z"].map((at) => Date.parse(at));

export type Scene = { at: number; isBack: boolean };

/** The moments of the rounds: by quarters of hours, hours, days, a month at once, onto changes of the clock, and back. */
export function scenes(random: Random, rounds: number): Scene[] {
  const found: Scene[] = [];
  const longest = Math.ceil((2.6 * SPAN_DAYS) / rounds);
  for (let at = START; found.length < rounds; ) {
    const step = random.weighted({ quarter: 2, hours: 4, days: 9, month: rounds > 30 ? 0.25 : 0, back: 1 });
    if (step === "back") {
      const back = random.weighted({ minutes: 2, days: 1 }) === "days" ? DAY_MS : 40 * MINUTE_MS;
      found.push({ at: at - random.whole(1, 3) * back, isBack: true });
      continue;
    }
    const before = at;
    if (step === "quarter") at += 15 * MINUTE_MS;
    if (step === "hours") at += random.whole(1, 10) * HOUR_MS;
    if (step === "days") at += random.whole(1, longest) * DAY_MS + random.whole(-8, 8) * HOUR_MS;
    if (step === "month") at += 30 * DAY_MS;
    const change = CHANGES.find((moment) => before < moment && moment < at);
    if (change && random.chance(0.6)) at = change + random.pick([-30, -1, 0, 1, 30, 45]) * MINUTE_MS;
    found.push({ at, isBack: false });
  }
  return found;
}

/**
 * The moments of the quiet weeks after `from`: on every third day three, so that each zone is within office hours at one of them.
 */
export function quietMoments(from: number, days: number): number[] {
  const midnight = Math.ceil(from / DAY_MS) * DAY_MS;
  return Array.from({ length: Math.ceil(days / EVERY) }, (_, i) =>
    [1.5, 9.5, 14.5].map((hour) => midnight + EVERY * i * DAY_MS + hour * HOUR_MS),
  ).flat();
}

const EVERY = 3;

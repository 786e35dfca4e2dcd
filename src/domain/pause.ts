import { type CivilDay, formatCivilDay } from "./civil-date.ts";
import type { Policy } from "./policy.ts";

/** For how many days an answer of the account owner pauses reminders where it names no day. */
export const PAUSE_DAYS = 7;

/** Which bound of the policy an account owner's pause exceeds, as a sentence; null within them. */
export function pauseBound(pause: {
  until: CivilDay;
  today: CivilDay;
  madeBefore: number;
  rules: Policy["pauses"];
}): string | null {
  const { until, today, madeBefore, rules } = pause;
  if (madeBefore >= rules.maxByOwner) {
    return `account owners may pause an invoice ${rules.maxByOwner} times, and did; finance decides from here on`;
  }
  const last = today + rules.maxDays;
  if (until <= last) return null;
  return `an account owner's pause lasts through ${formatCivilDay(last)} at most; finance may set a longer one`;
}

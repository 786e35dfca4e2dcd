import { holidaysOf } from "../../src/domain/holidays.ts";
import type { Policy } from "../../src/domain/policy.ts";

// Days and clocks once more, by hand and the slow way, as a judge of the product's own.

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEKDAYS = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];

type Change = { month: number; sunday: "first" | "second" | "last"; utcMinute: number };
/** Minutes from UTC in winter, and the summer between two changes, where there is one. */
type NaiveZone = { offset: number; summer?: { extra: number; from: Change; until: Change } };

const ZONES: Record<string, NaiveZone> = {
  UTC: { offset: 0 },
  "Asia/Kolkata": { offset: 330 },
  "Asia/Shanghai": { offset: 480 },
  "Pacific/Kiritimati": { offset: 840 },
  "Pacific/Niue": { offset: -660 },
  "Europe/Berlin": {
    offset: 60,
    summer: {
      extra: 60,
      from: { month: 3, sunday: "last", utcMinute: 60 },
      until: { month: 10, sunday: "last", utcMinute: 60 },
    },
  },
  "America/New_York": {
    offset: -300,
    summer: {
      extra: 60,
      from: { month: 3, sunday: "second", utcMinute: 420 },
      until: { month: 11, sunday: "first", utcMinute: 360 },
    },
  },
};

export const NAIVE_ZONES = Object.keys(ZONES);

/** The civil day and the minute of it that a zone's clocks show. */
export function naiveLocal(at: number, zone: string): { day: number; minute: number } {
  const { offset, summer } = ZONES[zone]!;
  let minutes = offset;
  if (summer) {
    const { from, until } = summerOf(new Date(at).getUTCFullYear(), zone);
    if (from <= at && at < until) minutes += summer.extra;
  }
  const local = at + minutes * MINUTE_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

const summers = new Map<string, { from: number; until: number }[]>();

function summerOf(year: number, zone: string): { from: number; until: number } {
  const years = summers.get(zone) ?? [];
  summers.set(zone, years);
  const { from, until } = ZONES[zone]!.summer!;
  years[year] ??= { from: changeIn(year, from), until: changeIn(year, until) };
  return years[year];
}

function changeIn(year: number, { month, sunday, utcMinute }: Change): number {
  const first = Date.UTC(year, month - 1, 1) / DAY_MS;
  const last = Date.UTC(year, month, 0) / DAY_MS;
  const sundays: number[] = [];
  for (let day = first; day <= last; day++) if (weekday(day) === "sun") sundays.push(day);
  return sundays.at({ first: 0, second: 1, last: -1 }[sunday])! * DAY_MS + utcMinute * MINUTE_MS;
}

function weekday(day: number): string {
  return WEEKDAYS[((day % 7) + 7) % 7]!;
}

export function naiveIsSendingDay(day: number, rules: Policy["calendar"], country: string | null): boolean {
  const isWeekday = (rules.days as string[]).includes(weekday(day));
  if (!rules.holidays || country === null) return isWeekday;
  const { off, makeUp } = holidaysOf(country, new Date(day * DAY_MS).getUTCFullYear());
  return makeUp.has(day) || (isWeekday && !off.has(day));
}

export function naiveIsWithinHours(minute: number, { from, until }: Policy["calendar"]): boolean {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return minutesOf(from) <= minute && minute < minutesOf(until);
}

/** The first sending day from this one on, in the direction of `step`. */
export function naiveRoll(
  day: number,
  step: 1 | -1,
  rules: Policy["calendar"],
  country: string | null,
): number {
  let rolled = day;
  while (!naiveIsSendingDay(rolled, rules, country)) rolled += step;
  return rolled;
}

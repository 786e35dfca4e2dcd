/** A civil date as the number of days since 1970-01-01, without zone or time. */
export type CivilDay = number;

export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAY_MS = 86_400_000;
const THURSDAY = 4;

/** Reads strict `YYYY-MM-DD`; null for any other text and for days that no calendar has (2026-02-30). */
export function parseCivilDay(iso: string): CivilDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const at = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(at)) return null;
  const day = at / DAY_MS;
  return formatCivilDay(day) === iso ? day : null;
}

/** The day as `YYYY-MM-DD`. */
export function formatCivilDay(day: CivilDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOf(day: CivilDay): Weekday {
  const index = (day + THURSDAY) % 7;
  return WEEKDAYS[index < 0 ? index + 7 : index]!;
}

export function yearOf(day: CivilDay): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

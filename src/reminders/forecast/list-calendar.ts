import { formatCivilDay, weekdayOf } from "../../domain/civil-date.ts";
import { holidaysOf } from "../../domain/holidays.ts";

/** A day that differs from the plain Monday-to-Friday week. */
export type CalendarDay = { date: string; name: string; sending: boolean };

/** The days of a country and year that differ from the plain week, in order; without data none, and `isCovered` is false. */
export function listCalendar({ country, year }: { country: string; year: number }): {
  isCovered: boolean;
  days: CalendarDay[];
} {
  const { covered, off, makeUp } = holidaysOf(country, year);
  const differing = [
    ...[...off].filter(([day]) => !isWeekend(day)).map(([day, name]) => ({ day, name, sending: false })),
    ...[...makeUp].filter(([day]) => isWeekend(day)).map(([day, name]) => ({ day, name, sending: true })),
  ];
  differing.sort((a, b) => a.day - b.day);
  const days = differing.map(({ day, name, sending }) => ({ date: formatCivilDay(day), name, sending }));
  return { isCovered: covered, days };
}

function isWeekend(day: number): boolean {
  return ["sat", "sun"].includes(weekdayOf(day));
}

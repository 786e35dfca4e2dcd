import { AppError } from "../errors.ts";
import { type CivilDay, type Weekday, weekdayOf, yearOf } from "./civil-date.ts";
import { holidaysOf } from "./holidays.ts";
import { type Instant, instantOf, minuteOfDayAt } from "./zone.ts";

/** When reminders leave: weekdays, hours as `HH:MM` (until `24:00`), and whether public holidays count. */
export type CalendarRules = {
  days: Weekday[];
  from: string;
  until: string;
  holidays: boolean;
  rollDueDate: boolean;
  timezone?: string;
};

/** The sending days and hours of one zone and country. */
export type Calendar = {
  zone: string;
  rules: CalendarRules;
  isSendingDay(day: CivilDay): boolean;
  /** The first sending day on or after the day. */
  next(day: CivilDay): CivilDay;
  /** The last sending day on or before the day. */
  previous(day: CivilDay): CivilDay;
  /** The n-th sending day after the day, before it for a negative n; the day itself for 0. */
  add(day: CivilDay, n: number): CivilDay;
  /** How many sending days lie in (after, through]. */
  countBetween(after: CivilDay, through: CivilDay): number;
  opensAt(day: CivilDay): Instant;
  /** The first moment of the day at which it is closed again. */
  closesAt(day: CivilDay): Instant;
  /** Whether the moment lies within hours, whatever the day. */
  isOpenAt(at: Instant): boolean;
  /** The public holiday that keeps this day from being a sending day. */
  offDayName(day: CivilDay): string | null;
  /** A sentence when holidays are wanted but not known for this day. */
  missingHolidayData(day: CivilDay): string | null;
};

const MAX_DAYS_IN_A_ROW = 400;
const MAX_CALENDARS = 512;
const MAX_DAYS_KEPT = 20_000;

const calendars = new WeakMap<CalendarRules, Map<string, Calendar>>();

/** The calendar of these rules in a zone, for a country (ISO 3166 alpha-2) or for none known. Made once for the same rules object. */
export function createCalendar(options: {
  rules: CalendarRules;
  zone: string;
  country: string | null;
}): Calendar {
  const { rules, zone } = options;
  const country = options.country?.toUpperCase() ?? null;
  const made = calendars.get(rules) ?? new Map<string, Calendar>();
  calendars.set(rules, made);
  const key = `${zone} ${country}`;
  const known = made.get(key);
  if (known) return known;
  if (made.size >= MAX_CALENDARS) made.clear();
  const calendar = buildCalendar(rules, zone, country);
  made.set(key, calendar);
  return calendar;
}

function buildCalendar(rules: CalendarRules, zone: string, country: string | null): Calendar {
  const from = minutesOf(rules.from);
  const until = minutesOf(rules.until);
  const isSendingDay = sendingDays(rules, country);
  return {
    zone,
    rules,
    isSendingDay,
    next: (day) => seek(day, 1, isSendingDay),
    previous: (day) => seek(day, -1, isSendingDay),
    add: (day, n) => step(day, n, isSendingDay),
    countBetween: (after, through) => count(after, through, isSendingDay),
    opensAt: (day) => instantOf(day, from, zone),
    closesAt: (day) => instantOf(day, until, zone),
    isOpenAt: (at) => {
      const minute = minuteOfDayAt(at, zone);
      return from <= minute && minute < until;
    },
    offDayName: (day) => holidayName(day, rules, country),
    missingHolidayData: (day) => missingHolidays(day, rules, country),
  };
}

function sendingDays(rules: CalendarRules, country: string | null): (day: CivilDay) => boolean {
  const weekdays = new Set(rules.days);
  if (!rules.holidays || !country) return (day) => weekdays.has(weekdayOf(day));
  const known = new Map<CivilDay, boolean>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    const { off, makeUp } = holidaysOf(country, yearOf(day));
    const isSending = makeUp.has(day) || (weekdays.has(weekdayOf(day)) && !off.has(day));
    if (known.size >= MAX_DAYS_KEPT) known.clear();
    known.set(day, isSending);
    return isSending;
  };
}

function seek(day: CivilDay, direction: 1 | -1, isSendingDay: (day: CivilDay) => boolean): CivilDay {
  for (let i = 0; i < MAX_DAYS_IN_A_ROW; i++) {
    const candidate = day + i * direction;
    if (isSendingDay(candidate)) return candidate;
  }
  throw new AppError("invalid", "the calendar has no sending day within a year");
}

function step(day: CivilDay, n: number, isSendingDay: (day: CivilDay) => boolean): CivilDay {
  const direction = n < 0 ? -1 : 1;
  let reached = day;
  for (let i = 0; i < Math.abs(n); i++) reached = seek(reached + direction, direction, isSendingDay);
  return reached;
}

function count(after: CivilDay, through: CivilDay, isSendingDay: (day: CivilDay) => boolean): number {
  let days = 0;
  for (let day = after + 1; day <= through; day++) if (isSendingDay(day)) days++;
  return days;
}

function holidayName(day: CivilDay, rules: CalendarRules, country: string | null): string | null {
  if (!rules.holidays || !country) return null;
  return holidaysOf(country, yearOf(day)).off.get(day) ?? null;
}

function missingHolidays(day: CivilDay, rules: CalendarRules, country: string | null): string | null {
  if (!rules.holidays) return null;
  if (!country) return "The customer's country is not known, so no public holidays are assumed.";
  const year = yearOf(day);
  if (holidaysOf(country, year).covered) return null;
  return `There is no holiday data for ${country} in ${year}, so no public holidays are assumed.`;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

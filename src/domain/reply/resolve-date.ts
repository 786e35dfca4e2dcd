import { type CivilDay, DAY_MS, weekdayOf, yearOf } from "../civil-date.ts";
import type { Caught } from "./date-patterns.ts";
import type { Meaning } from "./date-words/date-rule.ts";

/** What a date is read by: the day of writing in the sender's zone, and whether the sender writes the day before the month. */
export type DateSense = { writtenOn: CivilDay; isDayFirst: boolean };

const ISO_WEEKDAY = { mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6, sun: 7 } as const;
const FRIDAY = 5;
const SUNDAY = 7;
// A date without a year is the next one, unless it has just passed: "on 12 November", written on the 19th.
const JUST_PASSED_DAYS = 150;
const PARTS = { start: 10, middle: 15, end: 31 };

/** The day a phrase names; null where no calendar has it. Of a period it is the last day, of a week the last working day. */
export function resolveDate(meaning: Meaning, caught: Caught, sense: DateSense): CivilDay | null {
  const { writtenOn } = sense;
  if ("day" in meaning) return writtenOn + meaning.day;
  if ("in" in meaning) return daysAhead(meaning.in, caught.count ?? 1, writtenOn);
  if ("end" in meaning) return endOf(meaning, writtenOn);
  if ("weekday" in meaning) return weekday(meaning.weekday, caught.weekday!, writtenOn);
  if ("last" in meaning) return lastWeekday(caught.weekday!, writtenOn);
  if ("dayOf" in meaning) return dayOfMonth(meaning.dayOf, (caught.day ?? caught.count)!, writtenOn);
  if ("part" in meaning) return partOf(meaning, caught, writtenOn);
  if ("date" in meaning) return dated(caught.day!, caught.month!, caught.year, writtenOn);
  if ("week" in meaning) return isoWeek(caught.count!, writtenOn);
  return numeric(meaning.numeric, caught, sense);
}

function daysAhead(unit: "days" | "workdays" | "weeks" | "months", count: number, from: CivilDay): CivilDay {
  if (unit === "days") return from + count;
  if (unit === "weeks") return from + 7 * count;
  if (unit === "workdays") return workdaysAhead(count, from);
  const { year, month, day } = partsOf(from);
  return dayIn(year, month + count, Math.min(day, lastDay(year, month + count)));
}

function workdaysAhead(count: number, from: CivilDay): CivilDay {
  let day = from;
  for (let left = Math.min(count, 366); left > 0; ) {
    day++;
    if (isoWeekday(day) <= FRIDAY) left--;
  }
  return day;
}

function endOf(
  { end, ahead }: { end: "week" | "weekend" | "month" | "year"; ahead: number },
  from: CivilDay,
) {
  const { year, month } = partsOf(from);
  if (end === "year") return dayIn(year, 12, 31);
  if (end === "month") return dayIn(year, month + ahead, lastDay(year, month + ahead));
  const monday = from - isoWeekday(from) + 1 + 7 * ahead;
  const last = monday + (end === "weekend" ? SUNDAY : FRIDAY) - 1;
  return last < from ? last + 7 : last;
}

function weekday(which: "coming" | "this" | "next", wanted: number, from: CivilDay): CivilDay {
  const monday = from - isoWeekday(from) + 1;
  if (which === "next") return monday + 7 + wanted - 1;
  const ofThisWeek = monday + wanted - 1;
  if (which === "this" && ofThisWeek >= from) return ofThisWeek;
  return ofThisWeek > from ? ofThisWeek : ofThisWeek + 7;
}

/** The last such weekday of the month, of the next one once it is over. */
function lastWeekday(wanted: number, from: CivilDay): CivilDay {
  const { year, month } = partsOf(from);
  const [ofThis, ofNext] = [month, month + 1].map((one) => {
    const last = dayIn(year, one, lastDay(year, one));
    return last - ((isoWeekday(last) - wanted + 7) % 7);
  });
  return ofThis! >= from ? ofThis! : ofNext!;
}

function dayOfMonth(ahead: number | "coming", day: number, from: CivilDay): CivilDay | null {
  const { year, month, day: today } = partsOf(from);
  const months = ahead === "coming" ? Number(day < today) : ahead;
  return validDay(year, month + months, day);
}

function partOf(
  { part, ahead }: { part: "start" | "middle" | "end"; ahead?: number },
  { month: named, year: told }: Caught,
  from: CivilDay,
): CivilDay {
  const { year, month } = partsOf(from);
  const wanted = named ?? month + (ahead ?? 0);
  const inYear = told ?? (named !== undefined && named < month ? year + 1 : year);
  return dayIn(inYear, wanted, Math.min(PARTS[part], lastDay(inYear, wanted)));
}

function dated(day: number, month: number, year: number | undefined, from: CivilDay): CivilDay | null {
  if (month > 12) return null;
  if (year !== undefined) return validDay(year, month, day);
  const thisYear = yearOf(from);
  const options = [thisYear - 1, thisYear, thisYear + 1].map((one) => validDay(one, month, day));
  return options.find((one) => one !== null && one >= from - JUST_PASSED_DAYS) ?? null;
}

function numeric(
  order: "day first" | "month first" | "by evidence",
  { first, second, year }: Caught,
  { writtenOn, isDayFirst }: DateSense,
): CivilDay | null {
  const dayFirst = dated(first!, second!, year, writtenOn);
  const monthFirst = dated(second!, first!, year, writtenOn);
  if (order === "day first") return dayFirst;
  if (order === "month first") return monthFirst;
  return isDayFirst ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
}

/** The Friday of an ISO 8601 week, of this year or, where it is long past, of the next. */
function isoWeek(week: number, from: CivilDay): CivilDay | null {
  if (week < 1 || week > 53) return null;
  const year = yearOf(from);
  const friday = fridayOf(week, year);
  return friday < from - JUST_PASSED_DAYS ? fridayOf(week, year + 1) : friday;
}

function fridayOf(week: number, year: number): CivilDay {
  const fourth = dayIn(year, 1, 4);
  return fourth - isoWeekday(fourth) + 1 + (week - 1) * 7 + FRIDAY - 1;
}

function isoWeekday(day: CivilDay): number {
  return ISO_WEEKDAY[weekdayOf(day)];
}

function partsOf(day: CivilDay): { year: number; month: number; day: number } {
  const date = new Date(day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function validDay(year: number, month: number, day: number): CivilDay | null {
  if (month < 1 || day < 1 || month > 24 || day > lastDay(year, month)) return null;
  return dayIn(year, month, day);
}

/** Months beyond 12 belong to the next year. */
function dayIn(year: number, month: number, day: number): CivilDay {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

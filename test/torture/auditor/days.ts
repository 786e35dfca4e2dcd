import { Temporal } from "temporal-polyfill";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const EPOCH = Temporal.PlainDate.from("1970-01-01");

/** Where a moment falls for somebody in this zone: days since 1970, the day of the week, the time of the day. */
export function localTime(at: number, zone: string): { day: number; weekday: string; time: string } {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return {
    day: EPOCH.until(local.toPlainDate(), { largestUnit: "day" }).days,
    weekday: WEEKDAYS[local.dayOfWeek - 1]!,
    time: local.toPlainTime().toString({ smallestUnit: "minute" }),
  };
}

export function nameOfDay(day: number): string {
  return EPOCH.add({ days: day }).toString();
}

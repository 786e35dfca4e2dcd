import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";

const WITH_WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });

/** `Fri  4 Sep`, in a column always of ten characters. */
export function shortDay(day: CivilDay, place: "in a column" | "in a sentence"): string {
  const date = new Date(day * DAY_MS);
  const month = MONTH.format(date).slice(0, 3);
  return `${WITH_WEEKDAY.format(date)} ${String(date.getUTCDate()).padStart(place === "in a column" ? 2 : 0)} ${month}`;
}

import { AppError } from "../errors.ts";
import { type CivilDay, DAY_MS } from "./civil-date.ts";

/** A moment as milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

const MINUTE_MS = 60_000;
const BUCKET_MS = 15 * MINUTE_MS;
const MAX_BUCKETS = 4096;
const MAX_ZONES = 1024;
const CLOCK_FACE = {
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
} as const;

type ZoneOffsets = { format: Intl.DateTimeFormat; buckets: Map<number, number> };

const zones = new Map<string, ZoneOffsets>();

/** Whether the name is a time zone that this runtime knows (IANA name, `UTC`). */
export function isZone(name: string): boolean {
  try {
    return offsetsOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** The civil day that the zone's calendars show at this moment. */
export function civilDayAt(at: Instant, zone: string): CivilDay {
  return Math.floor((at + offsetAt(at, zone)) / DAY_MS);
}

/** Minutes on the zone's wall clock since 00:00, from 0 to 1439. */
export function minuteOfDayAt(at: Instant, zone: string): number {
  const local = at + offsetAt(at, zone);
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/**
 * The moment at which the zone's clocks show this day and minute; 1440 is the next midnight. A time that they skip
 * gives the first moment after the gap, one that they show twice the earlier.
 */
export function instantOf(day: CivilDay, minuteOfDay: number, zone: string): Instant {
  const local = day * DAY_MS + minuteOfDay * MINUTE_MS;
  const before = offsetAt(local - DAY_MS, zone);
  const after = offsetAt(local + DAY_MS, zone);
  const earlier = local - Math.max(before, after);
  const later = local - Math.min(before, after);
  if (earlier + offsetAt(earlier, zone) === local) return earlier;
  if (later + offsetAt(later, zone) === local) return later;
  return changeBetween(earlier, later, zone);
}

/** The first moment in (from, until] at which the offset is no longer that of `from`. */
function changeBetween(from: Instant, until: Instant, zone: string): Instant {
  const offset = offsetAt(from, zone);
  let low = from;
  let high = until;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle, zone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

function offsetAt(at: Instant, zone: string): number {
  const { format, buckets } = offsetsOf(zone);
  const bucket = Math.floor(at / BUCKET_MS);
  const known = buckets.get(bucket);
  if (known !== undefined) return known;
  const start = readOffset(bucket * BUCKET_MS, format);
  // Until 2011 some zones changed at 00:01, inside a bucket: such a bucket is not kept.
  if (start !== readOffset((bucket + 1) * BUCKET_MS - 1, format)) return readOffset(at, format);
  if (buckets.size >= MAX_BUCKETS) buckets.clear();
  buckets.set(bucket, start);
  return start;
}

function offsetsOf(zone: string): ZoneOffsets {
  const known = zones.get(zone);
  if (known) return known;
  if (zones.size >= MAX_ZONES) zones.clear();
  const offsets = { format: createFormat(zone), buckets: new Map<number, number>() };
  zones.set(zone, offsets);
  return offsets;
}

function createFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", { ...CLOCK_FACE, timeZone: zone });
  } catch (cause) {
    throw new AppError("invalid", `unknown time zone "${zone}"`, { cause });
  }
}

function readOffset(at: Instant, format: Intl.DateTimeFormat): number {
  const second = Math.floor(at / 1000) * 1000;
  const [month, day, year, hour, minute, seconds] = format.format(second).match(/\d+/g)!.map(Number);
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, seconds!) - second;
}

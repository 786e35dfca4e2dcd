import { policyOf, readWorld, worldQueries } from "../../db/world.ts";
import { listNamedZones } from "../../db/zones.ts";
import { type CalendarRules, createCalendar } from "../../domain/calendar.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";

export type UnreachedZone = { policy: string; zone: string; customers: number };

const TICK_EVERY_MS = 15 * 60 * 1000;
const WATCHED_DAYS = 14;

/** The zones of customers in which no tick of the coming two weeks falls within the hours of their policy. */
export async function findUnreachedZones({
  db,
  clock,
}: Pick<Services, "db" | "clock">): Promise<UnreachedZone[]> {
  const [named, world] = [await listNamedZones(db), readWorld(await db.batch(worldQueries(), "read"))];
  const ticks = ticksFrom(clock());
  const unreached = new Map<string, UnreachedZone>();
  for (const { policy: name, timezone, customers } of named) {
    const { policy } = policyOf(world, name);
    const zone = timezone ?? policy.calendar.timezone ?? world.creditor?.timezone ?? "UTC";
    if (isReached({ rules: policy.calendar, zone, ticks })) continue;
    const key = `${policy.name} ${zone}`;
    const known = unreached.get(key)?.customers ?? 0;
    unreached.set(key, { policy: policy.name, zone, customers: known + customers });
  }
  return [...unreached.values()];
}

/** A sentence on such a zone, without its full stop. */
export function describeUnreached({ policy, zone, customers }: UnreachedZone): string {
  return `no tick falls within the hours of policy "${policy}" in ${zone} (customers there: ${customers})`;
}

/** How to mend it. */
export const WIDEN_HOURS = "widen the calendar's from and until to span a quarter of an hour";

/** Whether any of these ticks falls on a sending day and within hours there; public holidays do not matter. */
export function isReached(input: { rules: CalendarRules; zone: string; ticks: Instant[] }): boolean {
  const { rules, zone, ticks } = input;
  const calendar = createCalendar({ rules, zone, country: null });
  return ticks.some((at) => calendar.isOpenAt(at) && calendar.isSendingDay(civilDayAt(at, zone)));
}

/** The ticks of two weeks, on every quarter of an hour. */
export function ticksFrom(at: Instant): Instant[] {
  const first = Math.ceil(at / TICK_EVERY_MS) * TICK_EVERY_MS;
  return Array.from({ length: (WATCHED_DAYS * DAY_MS) / TICK_EVERY_MS }, (_, i) => first + i * TICK_EVERY_MS);
}

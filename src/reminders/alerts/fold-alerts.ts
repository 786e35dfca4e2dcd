import { countTold, type PendingAlert } from "../../db/alerts.ts";
import { isChannelId, type Route, routeOf } from "../../domain/routing.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { findColleagues } from "./find-colleagues.ts";

const MOST_AN_HOUR = 20;
const HOUR_MS = 3_600_000;

/** One message in the making: what it tells, and where it goes. `isFolded`: more than its reader takes within the hour. */
export type PlannedMessage = { alerts: PendingAlert[]; route: Route; isFolded: boolean };

/**
 * Alerts as messages, in the order in which they came: reminders that left are one message per reader, and so is what comes beyond
 * twenty within the hour. Who reads it is asked of the chat; what is for people of whom it does not answer yet is left out.
 */
export async function foldAlerts(services: Services, pending: PendingAlert[]): Promise<PlannedMessage[]> {
  const { db, clock, chat } = services;
  const known = await findColleagues(
    services,
    pending.map(({ reader }) => reader),
  );
  const told = await countTold(db, clock() - HOUR_MS);
  const today = civilDayAt(clock(), "UTC");
  const messages: PlannedMessage[] = [];
  for (const [reader, alerts] of Map.groupBy(pending, (alert) => alert.reader)) {
    const isLookedUp = reader === null || isChannelId(reader) || known.get(reader)?.lookedUpAt != null;
    if (chat.findPerson && !isLookedUp) continue;
    const route = routeOf(reader, known, today);
    const room = Math.max(0, MOST_AN_HOUR - (told.get(reader) ?? 0));
    for (const message of foldedFor(alerts.toSorted(byId), room)) messages.push({ ...message, route });
  }
  return messages.sort((a, b) => byId(a.alerts[0]!, b.alerts[0]!));
}

function foldedFor(alerts: PendingAlert[], room: number): Omit<PlannedMessage, "route">[] {
  const isSent = ({ kind }: PendingAlert) => kind === "reminder_sent";
  const sent = alerts.filter(isSent);
  const others = alerts.filter((alert) => !isSent(alert));
  // One that is left over is no more to read than a message that says so.
  const alone = others.length === room + 1 ? others : others.slice(0, room);
  const rest = others.slice(alone.length);
  const messages: Omit<PlannedMessage, "route">[] = alone.map((alert) => ({
    alerts: [alert],
    isFolded: false,
  }));
  if (sent.length > 0) messages.push({ alerts: sent, isFolded: false });
  if (rest.length > 0) messages.push({ alerts: rest, isFolded: true });
  return messages;
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

import { listPendingAlerts, markDeferred, markPosted, type PendingAlert } from "../db/alerts.ts";
import { routeOf } from "../domain/routing.ts";
import { civilDayAt, type Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { localeOf, viewOf } from "./alert-view.ts";
import { findColleagues } from "./find-colleagues.ts";
import { settleAlerts } from "./settle-alerts.ts";
import { showAlerts } from "./show-alerts.ts";

const ALERTS_A_RUN = 1000;
const FIRST_RETRY_MS = 60 * 1000;
const LAST_RETRY_MS = 6 * 3600 * 1000;

/**
 * Tells people what waits to be told, reminders that left folded into one message per person. What cannot be told now
 * is kept and tried again; nothing here stops a mail. Posts at most `limit` messages; returns whether more wait.
 */
export async function postAlerts(
  services: Services,
  { limit = Number.POSITIVE_INFINITY }: { limit?: number } = {},
): Promise<boolean> {
  const { db, clock, chat, writer, log } = services;
  await settleAlerts(services, null);
  const pending = await listPendingAlerts(db, clock(), ALERTS_A_RUN);
  const readers = pending.map(({ reader }) => reader);
  const { known } = pending.length > 0 ? await findColleagues(services, readers) : { known: new Map() };
  const groups = fold(pending);
  for (const { reader, alerts } of groups.slice(0, limit)) {
    const ids = alerts.map(({ id }) => id);
    const { locale, ...route } = routeOf(reader, known, civilDayAt(clock(), "UTC"));
    const message = writer.alert(viewOf(alerts, localeOf(locale)));
    const outcome = await chat.post({ toEmail: alerts[0]!.toEmail, ...route, id: ids[0], ...message });
    const at = clock();
    if (outcome.kind === "posted") {
      await db.batch([markPosted(ids, { at, channel: outcome.channel, ts: outcome.ts })]);
    } else {
      const attempts = Math.max(...alerts.map((alert) => alert.attempts));
      const retryAfterMs = outcome.kind === "deferred" ? outcome.retryAfterMs : null;
      await db.batch([
        markDeferred(ids, { until: at + (retryAfterMs ?? backOff(attempts)), code: outcome.code }),
      ]);
      log("warn", "alert_deferred", { alerts: ids, code: outcome.code });
    }
  }
  await showAlerts(services);
  return groups.length > limit;
}

function backOff(attempts: number): Instant {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
}

type Group = { reader: string | null; alerts: PendingAlert[] };

function fold(pending: PendingAlert[]): Group[] {
  const routine = new Map<string | null, PendingAlert[]>();
  const groups: Group[] = [];
  for (const alert of pending) {
    const { reader } = alert;
    if (alert.kind !== "reminder_sent") groups.push({ reader, alerts: [alert] });
    else routine.set(reader, [...(routine.get(reader) ?? []), alert]);
  }
  for (const [reader, alerts] of routine) groups.push({ reader, alerts });
  return groups;
}

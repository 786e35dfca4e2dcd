import { listPendingAlerts, markDeferred, markPosted, type PendingAlert } from "../db/alerts.ts";
import type { AlertView } from "../domain/alert.ts";
import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";

const ALERTS_A_RUN = 1000;
const LISTED = 15;
const FIRST_RETRY_MS = 60 * 1000;
const LAST_RETRY_MS = 6 * 3600 * 1000;

/**
 * Tells people what waits to be told, reminders that left folded into one message per person. What cannot be told now
 * is kept and tried again; nothing here stops a mail.
 */
export async function postAlerts(services: Services): Promise<void> {
  const { db, clock, chat, writer, log } = services;
  const pending = await listPendingAlerts(db, clock(), ALERTS_A_RUN);
  for (const group of fold(pending)) {
    const ids = group.alerts.map(({ id }) => id);
    const message = writer.alert(group.view);
    const outcome = await chat.post({ toEmail: group.toEmail, ...message });
    const at = clock();
    if (outcome.kind === "posted") {
      await db.batch([markPosted(ids, { at, channel: outcome.channel, ts: outcome.ts })]);
    } else {
      const attempts = Math.max(...group.alerts.map((alert) => alert.attempts));
      await db.batch([
        markDeferred(ids, { until: at + (outcome.retryAfterMs ?? backOff(attempts)), code: outcome.code }),
      ]);
      log("warn", "alert_deferred", { alerts: ids, code: outcome.code });
    }
  }
}

function backOff(attempts: number): Instant {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
}

type Group = { toEmail: string | null; alerts: PendingAlert[]; view: AlertView };

function fold(pending: PendingAlert[]): Group[] {
  const routine = new Map<string | null, PendingAlert[]>();
  const groups: Group[] = [];
  for (const alert of pending) {
    if (alert.kind !== "reminder_sent")
      groups.push({ toEmail: alert.toEmail, alerts: [alert], view: viewOf([alert]) });
    else routine.set(alert.toEmail, [...(routine.get(alert.toEmail) ?? []), alert]);
  }
  for (const [toEmail, alerts] of routine) groups.push({ toEmail, alerts, view: viewOf(alerts) });
  return groups;
}

function viewOf(alerts: PendingAlert[]): AlertView {
  const [first] = alerts;
  const invoices = alerts.flatMap(({ payload }) => payload.invoices);
  return {
    kind: first!.kind === "reminder_sent" ? "reminders_sent" : first!.kind,
    customer: alerts.length === 1 ? first!.payload.customer : null,
    invoices: invoices.slice(0, LISTED),
    more: Math.max(0, invoices.length - LISTED),
    note: first!.payload.note,
    details: first!.payload.details,
    locale: "en",
  };
}

import type { Handler } from "hono";
import { type Gauges, readGauges } from "../db/gauges.ts";
import type { Instant } from "../domain/zone.ts";
import { checkHealth, type Health } from "../reminders/operation/check-health.ts";
import type { Services } from "../services.ts";
import { EXPOSITION_TYPE, type Metric, writeExposition } from "./exposition.ts";
import type { Runtime } from "./runtime.ts";

/** How it goes, for Prometheus. */
export function metricsRoute(services: Services, { startedAt }: Runtime): Handler {
  return async (c) => {
    const at = services.clock();
    const [health, gauges] = await Promise.all([
      checkHealth(services, { startedAt }),
      readGauges(services.db, at),
    ]);
    const metrics = [...serviceMetrics(health, gauges, at), ...workMetrics(gauges, at)];
    return c.body(writeExposition(metrics), 200, { "Content-Type": EXPOSITION_TYPE });
  };
}

function serviceMetrics(
  { problem, stop, circuitOpenSince, tick }: Health,
  gauges: Gauges,
  at: Instant,
): Metric[] {
  return [
    gauge("dunwell_healthy", "1 while /healthz is well.", problem === null ? 1 : 0),
    gauge("dunwell_stopped", "1 while a person's stop-all lasts.", stop ? 1 : 0),
    gauge(
      "dunwell_circuit_open",
      "1 while nothing leaves because the mail provider fails.",
      circuitOpenSince === null ? 0 : 1,
    ),
    gauge(
      "dunwell_last_tick_age_seconds",
      "Time since the end of the last tick that succeeded.",
      tick && seconds(at, tick.finishedAt),
    ),
    gauge(
      "dunwell_last_tick_duration_seconds",
      "How long that tick took.",
      tick && seconds(tick.finishedAt, tick.startedAt),
    ),
    gauge("dunwell_last_tick_sent", "Reminders that left with it.", tick?.sent ?? null),
    gauge("dunwell_last_tick_left", "Invoices that it left for the next one.", tick?.left ?? null),
    gauge("dunwell_last_tick_failed", "Customers that it could not decide on.", tick?.failed ?? null),
    gauge("dunwell_database_bytes", "Size of the database.", gauges.databaseBytes),
  ];
}

function workMetrics(gauges: Gauges, at: Instant): Metric[] {
  const { reminderTotals, remindersUnderWay, noticesUnderWay, waiting } = gauges;
  return [
    {
      name: "dunwell_reminders_total",
      type: "counter",
      help: "How often reminders came into each state.",
      label: "state",
      values: reminderTotals,
    },
    by("state", "dunwell_reminders_under_way", "Reminders on their way or waiting.", remindersUnderWay),
    gauge(
      "dunwell_unknown_outcomes",
      "Reminders and notices of which nobody knows whether they left.",
      (remindersUnderWay.unknown ?? 0) + (noticesUnderWay.unknown ?? 0),
    ),
    gauge("dunwell_notices_pending", "Notices that are yet to leave.", noticesUnderWay.planned ?? 0),
    gauge("dunwell_invoices_due", "Invoices that the next tick looks at.", gauges.due),
    gauge(
      "dunwell_due_lag_seconds",
      "Time since the oldest of them became due; what changed since the last tick has no age.",
      since(gauges.dueSince, at),
    ),
    by(
      "waits_for",
      "dunwell_invoices_waiting",
      "Invoices that wait for payment data or for a release of the backlog.",
      waiting,
    ),
    gauge("dunwell_alerts_pending", "Alerts that people are yet to be told.", gauges.alertsPending),
    gauge(
      "dunwell_alerts_oldest_age_seconds",
      "Time since the oldest of them came up.",
      since(gauges.oldestAlertAt, at),
    ),
  ];
}

function gauge(name: string, help: string, value: number | null): Metric {
  return { name, type: "gauge", help, value };
}

function by(label: string, name: string, help: string, values: Record<string, number>): Metric {
  return { name, type: "gauge", help, label, values };
}

function since(from: Instant | null, at: Instant): number {
  return from === null ? 0 : seconds(at, from);
}

function seconds(until: Instant, from: Instant): number {
  return Math.max(0, until - from) / 1000;
}

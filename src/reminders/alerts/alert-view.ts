import type { StoredAlert } from "../../db/alerts.ts";
import type { AlertView } from "../../domain/alert.ts";
import { actionsOf } from "../../domain/alert-actions.ts";
import { DAY_MS, formatCivilDay } from "../../domain/civil-date.ts";

const LISTED = 15;

/** What is read of an alert on record. */
type Told = Pick<StoredAlert, "id" | "kind" | "about" | "payload" | "settled">;

/** Several are told as one message: reminders that left, or more than somebody takes at once. */
export function viewOf(alerts: Told[], locale: AlertView["locale"] = "en"): AlertView {
  const [first] = alerts;
  const { id, kind, payload, settled } = first!;
  if (kind !== "reminder_sent" && alerts.length > 1) return manyView(alerts, locale);
  const invoices = alerts.flatMap((alert) => alert.payload.invoices);
  const actions = actionsOf(first!);
  return {
    kind: kind === "reminder_sent" ? "reminders_sent" : kind,
    customer: alerts.length === 1 ? payload.customer : null,
    invoices: invoices.slice(0, LISTED),
    more: Math.max(0, invoices.length - LISTED),
    note: payload.note,
    details: payload.details,
    asks: settled || actions.length === 0 ? undefined : { id, actions },
    settled: settled
      ? { as: settled.as, by: settled.by, on: formatCivilDay(Math.floor(settled.at / DAY_MS)) }
      : undefined,
    locale,
  };
}

function manyView(alerts: Told[], locale: AlertView["locale"]): AlertView {
  const folded = alerts.slice(0, LISTED).map(({ kind, payload: { customer, invoices } }) => ({
    kind: kind === "reminder_sent" ? ("reminders_sent" as const) : kind,
    customer,
    invoices,
  }));
  const more = alerts.length - folded.length;
  return { kind: "many_alerts", customer: null, invoices: [], more, note: null, folded, locale };
}

/** The language of ours in which somebody reads who set this one: `zh-TW`. */
export function localeOf(tag: string | null | undefined): AlertView["locale"] {
  return tag?.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

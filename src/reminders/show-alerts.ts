import { listStaleAlerts, markShown } from "../db/alert-answers.ts";
import type { Services } from "../services.ts";
import { localeOf, viewOf } from "./alert-view.ts";
import { findColleagues } from "./find-colleagues.ts";

const MOST_A_RUN = 50;

/** Brings messages up to date whose question is settled. What cannot be updated now is tried again by the next tick. */
export async function showAlerts(services: Services): Promise<void> {
  const { db, chat, writer, log } = services;
  if (!chat.update) return;
  const stale = await listStaleAlerts(db, MOST_A_RUN);
  if (stale.length === 0) return;
  const { known } = await findColleagues(
    services,
    stale.map(({ toEmail }) => toEmail),
  );
  const shown: string[] = [];
  for (const alert of stale) {
    const locale = localeOf(known.get(alert.toEmail ?? "")?.locale);
    const outcome = await chat.update(alert, writer.alert(viewOf([alert], locale)));
    if (outcome.kind === "posted") shown.push(alert.id);
    else {
      log("warn", "alert_not_updated", { alert: alert.id, code: outcome.code });
      if (outcome.kind === "deferred" && outcome.retryAfterMs !== null) break;
    }
  }
  if (shown.length > 0) await db.batch([markShown(shown)]);
}

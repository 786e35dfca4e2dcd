import { listStaleAlerts, markShown, type OpenSum } from "../../db/alert-answers.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { routeOf } from "../../domain/routing.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { localeOf, viewOf } from "./alert-view.ts";
import { amountOf } from "./alerts-of-plan.ts";
import { findColleagues } from "./find-colleagues.ts";

const MOST_A_RUN = 50;

/** Brings messages up to date whose question is settled. What cannot be updated now is tried again by the next tick. */
export async function showAlerts(services: Services): Promise<void> {
  const { db, chat, writer, clock, log } = services;
  if (!chat.update) return;
  const stale = await listStaleAlerts(db, MOST_A_RUN);
  if (stale.length === 0) return;
  const known = await findColleagues(
    services,
    stale.map(({ reader }) => reader),
  );
  const today = civilDayAt(clock(), "UTC");
  const shown: string[] = [];
  for (const alert of stale) {
    const { locale } = routeOf(alert.reader, known, today);
    const account = alert.account?.map((sum) => saidSum(sum, today));
    const view = { ...viewOf([alert], localeOf(locale)), account };
    const outcome = await chat.update(alert, writer.alert(view));
    if (outcome.kind === "posted") shown.push(alert.id);
    else {
      log("warn", "alert_not_updated", { alert: alert.id, code: outcome.code });
      // A chat that does not answer takes its time for each.
      if (outcome.kind === "unknown" || outcome.retryAfterMs !== null) break;
    }
  }
  if (shown.length > 0) await db.batch([markShown(shown)]);
}

function saidSum({ currency, balanceMinor, dueOn }: OpenSum, today: CivilDay) {
  const daysOverdue = dueOn === null ? 0 : Math.max(0, today - dueOn);
  return { amount: amountOf(balanceMinor, currency), daysOverdue };
}

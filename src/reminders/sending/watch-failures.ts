import { addAlerts } from "../../db/alerts.ts";
import { failingSinceQuery, lastRunQuery, readLastRun } from "../../db/last-tick.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { postAlerts } from "../alerts/post-alerts.ts";
import { serviceProblem } from "../alerts/service-problem.ts";
import { findStop } from "../decisions/stop-all.ts";

/** With one every 15 minutes, so many failures in a row are an hour of them. Counted, since the clock itself may be what is wrong. */
const TOLD_FROM = 5;

const HOUR_MS = 3600 * 1000;

/** Nobody said yet who the creditor is, say: told in a sentence, without a trace of the code. */
export function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.code !== "internal";
}

/** Why a tick failed, without personal data. */
export function reasonOf(error: unknown): string {
  if (isRefusal(error)) return error.message;
  return error instanceof Error ? error.name : "unknown";
}

export type FailureWatch = {
  succeeded(): void;
  /** `reason` is a sentence without personal data. */
  failed(reason: string): Promise<void>;
};

/** Tells whoever runs the service, once an outage, that ticks have been failing for an hour; past the database where that is at fault. */
export function watchFailures(services: Services): FailureWatch {
  let failures = 0;
  let isTold = false;
  return {
    succeeded() {
      failures = 0;
      isTold = false;
    },
    async failed(reason) {
      failures++;
      if (failures < TOLD_FROM || isTold) return;
      isTold = await tell(services, reason);
    },
  };
}

/**
 * The same for a service that remembers nothing from one tick to the next: it goes by the record of ticks. Where that cannot be had,
 * nobody is told; whoever watches /healthz sees it.
 */
export async function tellLongFailing(services: Services, reason: string): Promise<void> {
  try {
    const [found] = await services.db.batch([failingSinceQuery()], "read");
    const since = found!.rows[0]!.since as Instant | null;
    if (since !== null && services.clock() - since >= HOUR_MS) await tell(services, reason);
  } catch (error) {
    services.log("error", "alert_not_kept", { error });
  }
}

/** Whether it was told for good; otherwise it is to be told again. */
async function tell(services: Services, reason: string): Promise<boolean> {
  const { db, clock, chat, writer, log } = services;
  const note = `No tick has succeeded for an hour, so nothing is sent (${reason}). \`dunwell runs\` and \`dunwell doctor\` say more.`;
  try {
    const [last] = await db.batch([lastRunQuery()], "read");
    const fact = `ticks_failing ${readLastRun(last!)?.id ?? "since the beginning"}`;
    await db.batch([addAlerts([serviceProblem(fact, note)], clock())]);
    if (!(await findStop(services))) await postAlerts(services);
    return false;
  } catch (error) {
    log("error", "alert_not_kept", { error });
    const view = { kind: "service_problem" as const, customer: null, invoices: [], more: 0, note };
    const outcome = await chat.post({ toEmail: null, ...writer.alert({ ...view, locale: "en" }) });
    return outcome.kind === "posted";
  }
}

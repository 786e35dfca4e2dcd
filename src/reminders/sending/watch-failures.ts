import { addAlerts } from "../../db/alerts.ts";
import { lastRunQuery, readLastRun } from "../../db/last-tick.ts";
import type { Services } from "../../services.ts";
import { postAlerts } from "../alerts/post-alerts.ts";
import { serviceProblem } from "../alerts/service-problem.ts";
import { findStop } from "../decisions/stop-all.ts";

/** With one every 15 minutes, so many failures in a row are an hour of them. Counted, since the clock itself may be what is wrong. */
const TOLD_FROM = 5;

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
      const note = `No tick has succeeded for an hour, so nothing is sent (${reason}). \`dunwell runs\` and \`dunwell doctor\` say more.`;
      isTold = await tell(services, note);
    },
  };
}

/** Whether it was told for good; otherwise it is to be told again. */
async function tell(services: Services, note: string): Promise<boolean> {
  const { db, clock, chat, writer, log } = services;
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

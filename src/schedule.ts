import { tendPromises } from "./reminders/agreements/tend-promises.ts";
import { postAlerts } from "./reminders/alerts/post-alerts.ts";
import { sendDigests } from "./reminders/alerts/send-digests.ts";
import { closeRequests } from "./reminders/decisions/close-requests.ts";
import { sendNotices } from "./reminders/notices/send-notices.ts";
import { eraseOutlived } from "./reminders/operation/erase-outlived.ts";
import { settleUnknown } from "./reminders/outcomes/settle-unknown.ts";
import { askAboutReplies } from "./reminders/replies/ask-about-replies.ts";
import { drainBacklog, drainDue } from "./reminders/sending/drain-due.ts";
import type { Run } from "./reminders/sending/run.ts";
import { tellSystems } from "./reminders/webhooks/tell-systems.ts";
import type { Worked } from "./reminders/work-through.ts";

/** When the clock rings for a tick, in UTC: Node's clock follows it, and the cron trigger in wrangler.toml is the same. */
export const EVERY_15_MINUTES = "*/15 * * * *";

export type Step = {
  what: string;
  /** True where more of it waits than the run had room for. */
  // biome-ignore lint/suspicious/noConfusingVoidType: what is always done whole answers nothing.
  run(run: Run): Promise<boolean | void>;
};

/** What one tick does, in this order, on both runtimes. */
export const STEPS: Step[] = [
  {
    what: "settle mails of which nobody knows whether they left",
    run: async ({ services, isAnyLost }) => {
      if (isAnyLost) await settleUnknown(services);
    },
  },
  {
    what: "ask people about replies",
    run: async (run) => counted(run, await askAboutReplies(run.services, run)),
  },
  {
    what: "judge promises and plans",
    run: async (run) => counted(run, await tendPromises(run.services, run)),
  },
  { what: "close questions that are over", run: ({ services }) => closeRequests(services) },
  {
    what: "send notices",
    run: async (run) => {
      const { sent, left } = await sendNotices(run.services, {
        limit: run.room,
        stopping: run.options.stopping,
      });
      run.report.notices = sent;
      run.room -= sent;
      return sent > 0 && left > 0;
    },
  },
  { what: "send what is due", run: drainDue },
  { what: "send released backlog", run: drainBacklog },
  { what: "send digests", run: async (run) => counted(run, await sendDigests(run.services, run)) },
  {
    what: "tell people",
    run: ({ services, limit, options: { stopping } }) => postAlerts(services, { limit, stopping }),
  },
  { what: "tell other systems", run: ({ services, limit }) => tellSystems(services, { limit }) },
  { what: "erase what was kept long enough", run: ({ services }) => eraseOutlived(services) },
];

function counted({ report }: Run, { isCut, failed }: Worked): boolean {
  report.failed += failed;
  return isCut;
}

import { compose } from "../../src/compose.ts";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { closeDispute } from "../../src/reminders/agreements/close-dispute.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { reportPaid } from "../../src/reminders/agreements/report-paid.ts";
import { approveReminder } from "../../src/reminders/decisions/approve-reminder.ts";
import { declineReminder } from "../../src/reminders/decisions/decline-reminder.ts";
import { endHold } from "../../src/reminders/decisions/end-hold.ts";
import { resetStage } from "../../src/reminders/decisions/reset-stage.ts";
import { resumeAll } from "../../src/reminders/decisions/resume-all.ts";
import { setHold } from "../../src/reminders/decisions/set-hold.ts";
import { stopAll } from "../../src/reminders/decisions/stop-all.ts";
import { waiveStage } from "../../src/reminders/decisions/waive-stage.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import { recordDelivery } from "../../src/reminders/outcomes/record-delivery.ts";
import { settleReminder } from "../../src/reminders/outcomes/settle-reminder.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { releaseBacklog } from "../../src/reminders/sending/release-backlog.ts";
import { suppressAddress } from "../../src/reminders/sending/suppress-address.ts";
import { tick } from "../../src/reminders/sending/tick.ts";

// A process of its own in which people at the creditor do one thing after another, each at the moment that it is told.

let now = 0;
const services = await compose(process.env, { clock: () => now, logLevel: "error" });
const author = "torture";

// biome-ignore lint/suspicious/noExplicitAny: what a deed takes is what its use case takes
type Deed = (input: any) => Promise<unknown>;

const DEEDS: Record<string, Deed> = {
  creditor: (body) => applyCreditor(services, body),
  policy: (body) => applyPolicy(services, body),
  pay: async ({ records }) => refused(await recordPayments(services, records, { author, at: now })),
  fresh: () => recordFreshness(services, { through: now }),
  hold: (input) => setHold(services, { ...input, author }),
  unhold: (input) => endHold(services, { ...input, author }),
  dispute: (input) => openDispute(services, { ...input, reason: "goods", author }),
  close_dispute: (input) => closeDispute(services, { ...input, answer: "as delivered", author, by: "owner" }),
  promise: (input) => makePromise(services, { ...input, author, by: "debtor" }),
  plan: (input) => askPlan(services, { ...input, author, by: "finance" }),
  report_paid: (input) => reportPaid(services, { ...input, author, by: "debtor" }),
  settle: (input) => settleReminder(services, { ...input, reason: "looked up with SES", author }),
  approve: (input) => approveReminder(services, { ...input, author }),
  decline: (input) => declineReminder(services, { ...input, author }),
  waive: (input) => waiveStage(services, { ...input, author }),
  reset: (input) => resetStage(services, { ...input, author }),
  release: () => releaseBacklog(services, { author }),
  stop: () => stopAll(services, { reason: "torture", author }),
  resume: () => resumeAll(services, { author }),
  suppress: (input) => suppressAddress(services, input),
  async deliver({ events }) {
    for (const event of events) await recordDelivery(services, event);
  },
  tick: () => tick(services),
};

function refused(outcomes: { ok: boolean }[]): void {
  const bad = outcomes.filter(({ ok }) => !ok);
  if (bad.length > 0) throw Object.assign(new Error(JSON.stringify(bad)), { code: "refused" });
}

process.on(
  "message",
  async ({ id, deed, at, input }: { id: number; deed: string; at: number; input: unknown }) => {
    now = at;
    try {
      process.send!({ id, ok: true, result: await DEEDS[deed]!(input) });
    } catch (error) {
      const { code = "thrown", message, stack } = error as Error & { code?: string };
      process.send!({ id, ok: false, code, message: code === "thrown" ? stack : message });
    }
  },
);
process.send!({ id: 0, ok: true });

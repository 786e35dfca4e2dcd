import { type Loaded, loadBacklog, loadDue } from "../db/due.ts";
import type { StoredCustomer } from "../db/facts.ts";
import { postponeLooks } from "../db/looks.ts";
import { finishRun, startRun } from "../db/runs.ts";
import { policyOf, type Stop, type World } from "../db/world.ts";
import { formatCivilDay } from "../domain/civil-date.ts";
import { canSend, phaseOf } from "../domain/sending.ts";
import type { Instant } from "../domain/zone.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { backlogShares } from "./backlog-shares.ts";
import { checkClock } from "./check-clock.ts";
import { closeRequests } from "./close-requests.ts";
import { linkSecret } from "./link-secret.ts";
import { type CustomerPlan, planCustomer } from "./plan-customer.ts";
import { postAlerts } from "./post-alerts.ts";
import type { PreparedReminder } from "./prepare-reminder.ts";
import { releaseBacklog } from "./release-backlog.ts";
import { sendInWaves } from "./send-in-waves.ts";
import { sendNotices } from "./send-notices.ts";
import type { Sent } from "./send-reminders.ts";
import { learnQuota, waitsForCircuit } from "./sending-limits.ts";
import { settleCustomers } from "./settle-customers.ts";
import { settleUnknown } from "./settle-unknown.ts";
import { tendPromises } from "./tend-promises.ts";

/** One invoice in one reminder that left, as the command line prints it. */
export type SendLine = {
  date: string;
  invoice: string;
  customer: string;
  stage: string;
  action: "send";
  reminder: string;
};

export type TickOptions = {
  /** At most about so many mails in this run; the rest is said to be left. */
  limit?: number;
  /** Whoever releases the backlog before the run. */
  confirmBacklog?: { author: string };
  /** The moment is the machine's own, not one that a person gave: a clock that was set back is refused. */
  byMachineClock?: boolean;
  onSend?: (line: SendLine) => void;
};

export type TickReport = {
  run: string;
  sent: number;
  /** By reason, decisions that sent nothing; `sent`, `refused`, `deferred` and `unknown` count reminders. */
  counts: Record<string, number>;
  /** Notices that left. */
  notices: number;
  /** Invoices that are still due for a look, and notices that are still to leave. */
  left: number;
  /** Invoices that wait as backlog. */
  backlog: number;
  /** Customers that could not be decided on. */
  failed: number;
  /** A person's word, before or during this run, that nothing leaves. */
  stop: Stop | null;
};

const INVOICES_A_BATCH = 1000;
/** A run with little room does not load what it could not send; what sends nothing needs no room. */
const FEWEST_A_BATCH = 100;
const FAILED_RETRY_AFTER_MS = 15 * 60 * 1000;
/** Batches in a row of which others claimed everything first; then the rest is theirs. */
const MOST_LOST_BATCHES = 3;

/**
 * One run of the clock: scan, decide, send, in bounded batches until nothing is due or the limit is reached. Safe to run
 * twice at once. While everything is stopped it decides nothing. Throws `invalid` while nobody said who the creditor is, `conflict`
 * where the machine's clock was set back.
 */
export async function tick(services: Services, options: TickOptions = {}): Promise<TickReport> {
  const { db, clock, log } = services;
  const { byMachineClock = false } = options;
  const { id, stop, isAnyLost, last } = await startRun(db, { at: clock(), byMachineClock });
  const run = createRun(services, options, id);
  const { report } = run;
  report.stop = stop;
  try {
    if (byMachineClock) checkClock(log, { at: clock(), last });
    // Not while stopped: after a restore, what became of them may be about to be entered.
    if (isAnyLost && !stop) await settleUnknown(services);
    if (!stop) await goThrough(run);
  } catch (error) {
    await finishRun(db, id, { ...report, at: clock(), error: nameOfError(error) });
    throw error;
  }
  Object.assign(report, await finishRun(db, id, { ...report, at: clock(), error: null }));
  log("info", "tick", { ...report, stop: report.stop !== null });
  return report;
}

async function goThrough(run: Run): Promise<void> {
  const { services, options, report } = run;
  if (options.confirmBacklog) await releaseBacklog(services, options.confirmBacklog);
  await tendPromises(services);
  await closeRequests(services);
  report.notices = (await sendNotices(services, { limit: run.room })).sent;
  run.room -= report.notices;
  await drainDue(run);
  await drainBacklog(run);
  if (!report.stop) await postAlerts(services);
}

type Run = {
  services: Services;
  options: TickOptions;
  report: TickReport;
  room: number;
  /** How much released backlog may still leave today, by policy; null before its turn has come. */
  shares: Map<string, number> | null;
  secret: string | null;
};

function createRun(services: Services, options: TickOptions, id: string): Run {
  const report: TickReport = {
    run: id,
    sent: 0,
    counts: {},
    notices: 0,
    left: 0,
    backlog: 0,
    failed: 0,
    stop: null,
  };
  return {
    services,
    options,
    report,
    room: options.limit ?? Number.POSITIVE_INFINITY,
    shares: null,
    secret: null,
  };
}

async function drainDue(run: Run): Promise<void> {
  const { db, clock } = run.services;
  for (let lost = 0; run.room > 0 && lost < MOST_LOST_BATCHES; ) {
    const at = clock();
    const room = Math.max(FEWEST_A_BATCH, Math.min(INVOICES_A_BATCH, run.room));
    const loaded = await loadDue(db, at, room);
    requireCreditor(loaded);
    run.report.stop = loaded.world.stop;
    if (loaded.customers.length === 0 || run.report.stop) return;
    lost = (await runBatch(run, loaded, at)) > 0 ? 0 : lost + 1;
  }
}

const BACKLOG_PAGE = 50;
const ALWAYS = Number.NEGATIVE_INFINITY;

/** Backlog that was released leaves oldest first, up to the day's share of each policy. */
async function drainBacklog(run: Run): Promise<void> {
  const { db, clock } = run.services;
  for (let offset = 0; run.room > 0; ) {
    const at = clock();
    const loaded = await loadBacklog(db, { offset, limit: BACKLOG_PAGE });
    const { world } = loaded;
    run.report.stop = world.stop;
    const policies = [...world.policies.values()].map(({ policy }) => policy);
    const isAsked =
      world.backlogReleasedAt === null && !policies.some(({ backlog }) => backlog.mode === "spread");
    const isFailing = phaseOf(world.sending.circuit, at) === "open";
    if (loaded.customers.length === 0 || world.stop || isAsked || isFailing) return;
    const shares = await backlogShares(db, { world, at });
    if ([...shares.values()].every((share) => share <= 0)) return;
    run.shares = shares;
    const before = run.report.sent;
    await runBatch(run, loaded, at);
    if (!canSend(world.sending, clock())) return;
    if (run.report.sent === before) offset += BACKLOG_PAGE;
  }
}

type Fail = (event: string, customer: string, error: unknown) => void;

/** Returns for how many customers something was settled or sent. */
async function runBatch(run: Run, loaded: Loaded, at: Instant): Promise<number> {
  const { services, report } = run;
  const { world } = loaded;
  await learnQuota(services, world.sending, at);
  const failed: string[] = [];
  const fail: Fail = (event, customer, error) => {
    failed.push(customer);
    services.log("error", event, { customer, error: nameOfError(error) });
  };
  const plans: CustomerPlan[] = [];
  for (const stored of loaded.customers) {
    try {
      plans.push(planWithin(run.shares, { stored, world, at }));
    } catch (error) {
      fail("customer_failed", stored.facts.id, error);
    }
  }
  const leaving = plans
    .filter((plan) => plan.reminder !== null)
    .sort(oldestFirst)
    .slice(0, run.room);
  const quiet = plans.filter((plan) => plan.reminder === null);
  for (const plan of quiet) countReasons(report, plan);
  await settleCustomers(services, { plans: quiet, world, at });
  const claimed = await sendAll(run, leaving, { world, at, fail });
  report.failed += failed.length;
  if (failed.length > 0) await services.db.batch([postponeLooks(failed, at + FAILED_RETRY_AFTER_MS)]);
  return quiet.length + claimed + failed.length;
}

function oldestFirst(a: CustomerPlan, b: CustomerPlan): number {
  return a.reminder!.dueSince - b.reminder!.dueSince;
}

/** Plans for one customer and takes what it sends of the backlog from its policy's share. */
function planWithin(
  shares: Run["shares"],
  input: { stored: StoredCustomer; world: World; at: Instant },
): CustomerPlan {
  const { name } = policyOf(input.world, input.stored.policyName).policy;
  const share = shares?.get(name) ?? 0;
  const plan = planCustomer({ ...input, backlogOpensOn: share > 0 ? ALWAYS : null });
  if (plan.reminder?.isBacklog) shares?.set(name, share - 1);
  return plan;
}

async function sendAll(
  run: Run,
  plans: CustomerPlan[],
  { world, at, fail }: { world: World; at: Instant; fail: Fail },
): Promise<number> {
  if (plans.length === 0) return 0;
  const { services, report } = run;
  const until = await waitsForCircuit(services, world.sending, at);
  if (until !== null) {
    const ids = plans.map(({ stored }) => stored.facts.id);
    await services.db.batch([postponeLooks(ids, until)]);
    report.counts.circuit_open = (report.counts.circuit_open ?? 0) + plans.length;
    return plans.length;
  }
  run.secret ??= await linkSecret(services);
  let claimed = 0;
  await sendInWaves(services, {
    plans,
    world,
    secret: run.secret,
    onSent(sent) {
      for (const one of sent) countSent(run, one);
      run.room -= sent.length;
      claimed += sent.length;
    },
    onFailed: ({ stored }, error) => fail("letter_failed", stored.facts.id, error),
  });
  return claimed;
}

function countReasons(report: TickReport, plan: CustomerPlan): void {
  for (const { reason } of plan.decisions) {
    if (reason) report.counts[reason] = (report.counts[reason] ?? 0) + 1;
  }
}

function countSent(run: Run, { prepared, outcome }: Sent): void {
  const { report, options } = run;
  const name = outcome.kind === "accepted" ? "sent" : outcome.kind;
  report.counts[name] = (report.counts[name] ?? 0) + 1;
  if (outcome.kind !== "accepted") return;
  report.sent++;
  for (const line of sendLines(prepared)) options.onSend?.(line);
}

export function sendLines({ plan, reminder, ready }: PreparedReminder): SendLine[] {
  return reminder.items.map(({ invoice, stage }) => ({
    date: formatCivilDay(plan.context.today),
    invoice: invoice.number,
    customer: plan.context.customer.ref,
    stage,
    action: "send",
    reminder: ready.id,
  }));
}

/** Throws AppError `invalid` while nobody said who the creditor is. */
export function requireCreditor({ world }: Loaded): void {
  if (world.creditor) return;
  throw new AppError(
    "invalid",
    "nothing is sent while nobody said who the creditor is: run `dunwell creditor apply FILE.json`",
  );
}

/** Names and codes only: a message may carry what must not reach a log. */
function nameOfError(error: unknown): string {
  if (error instanceof AppError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.name : "unknown";
}

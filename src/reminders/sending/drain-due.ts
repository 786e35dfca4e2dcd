import { type Loaded, loadBacklog, loadDue } from "../../db/due.ts";
import type { StoredCustomer } from "../../db/facts.ts";
import { postponeLooks } from "../../db/looks.ts";
import { countInRun } from "../../db/runs.ts";
import { policyOf, type World } from "../../db/world.ts";
import { canSend, phaseOf } from "../../domain/sending.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError, nameOfError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { linkSecret } from "../links/link-secret.ts";
import { backlogShares } from "./backlog-shares.ts";
import { type Batch, handOut } from "./hand-out.ts";
import { type CustomerPlan, planCustomer } from "./plan-customer.ts";
import { createRun, type Run, type TickReport } from "./run.ts";
import { sendInWaves } from "./send-in-waves.ts";
import { sendsOf } from "./send-line.ts";
import type { Sent } from "./send-reminders.ts";
import { learnQuota, waitsForCircuit } from "./sending-limits.ts";
import { settleCustomers } from "./settle-customers.ts";

const INVOICES_A_BATCH = 1000;
/** A run with little room does not load what it could not send; what sends nothing needs no room. */
const FEWEST_A_BATCH = 100;
const FAILED_RETRY_AFTER_MS = 15 * 60 * 1000;
/** Batches in a row of which others claimed everything first; then the rest is theirs. */
const MOST_LOST_BATCHES = 3;

/** Sends what is due, or its share of that and hands out the rest. */
export async function drainDue(run: Run): Promise<void> {
  const { services, options, report } = run;
  if (options.isRest) return;
  const { handOut: take } = options;
  const isAnyLeft = await drain(run, take ? 1 : Number.POSITIVE_INFINITY);
  if (isAnyLeft && take) report.counts.handed_out = await handOut(services, { run: report.run, take });
}

/** Sends what these customers owe and is due: they were handed out by the run of this id, which counts what becomes of them. */
export async function drainCustomers(services: Services, { run: id, customers }: Batch): Promise<void> {
  const run = createRun(services, { limit: customers.length }, id);
  await drain(run, Number.POSITIVE_INFINITY, customers);
  await countInRun(services.db, id, run.report);
  services.log("info", "batch", { ...run.report, stop: run.report.stop !== null });
}

/** Batch by batch, of these customers or of all. Returns whether more is due. */
async function drain(run: Run, most: number, customers?: string[]): Promise<boolean> {
  const { db, clock } = run.services;
  let lost = 0;
  // Whom a batch names is bounded already: fewer loads of more are cheaper there.
  const fewest = customers ? INVOICES_A_BATCH : FEWEST_A_BATCH;
  for (let batch = 0; batch < most && run.room > 0 && lost < MOST_LOST_BATCHES; batch++) {
    if (run.options.stopping?.aborted) return true;
    const at = clock();
    const invoices = Math.max(fewest, Math.min(INVOICES_A_BATCH, run.room));
    const loaded = await loadDue(db, { at, invoices, customers });
    requireCreditor(loaded);
    run.report.stop = loaded.world.stop;
    if (loaded.customers.length === 0 || run.report.stop) return false;
    lost = (await runBatch(run, loaded, at)) > 0 ? 0 : lost + 1;
  }
  return true;
}

const BACKLOG_PAGE = 50;
/** In a run that may ask the database only so often. */
const MOST_BACKLOG_PAGES = 10;
const ALWAYS = Number.NEGATIVE_INFINITY;

/** Backlog that was released leaves oldest first, up to the day's share of each policy. */
export async function drainBacklog(run: Run): Promise<boolean> {
  const { db, clock } = run.services;
  const before = run.report.sent;
  const most = run.options.handOut || run.options.isRest ? MOST_BACKLOG_PAGES : Number.POSITIVE_INFINITY;
  for (let offset = 0, page = 0; run.room > 0 && page < most; page++) {
    if (run.options.stopping?.aborted) break;
    const at = clock();
    const loaded = await loadBacklog(db, { offset, limit: BACKLOG_PAGE });
    const { world } = loaded;
    run.report.stop = world.stop;
    const policies = [...world.policies.values()].map(({ policy }) => policy);
    const isAsked =
      world.backlogReleasedAt === null && !policies.some(({ backlog }) => backlog.mode === "spread");
    const isFailing = phaseOf(world.sending.circuit, at) === "open";
    if (loaded.customers.length === 0 || world.stop || isAsked || isFailing) return false;
    const shares = await backlogShares(db, { world, at });
    if ([...shares.values()].every((share) => share <= 0)) return false;
    run.shares = shares;
    const sent = run.report.sent;
    await runBatch(run, loaded, at);
    if (!canSend(world.sending, clock())) return false;
    if (run.report.sent === sent) offset += BACKLOG_PAGE;
  }
  return run.report.sent > before;
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
    stopping: run.options.stopping,
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
  const { plan, reminder, ready } = prepared;
  const { today: on, customer } = plan.context;
  for (const send of sendsOf(reminder, { id: ready.id, on, customer })) options.onSend?.(send);
}

/** Throws AppError `invalid` while nobody said who the creditor is. */
export function requireCreditor({ world }: Loaded): void {
  if (world.creditor) return;
  throw new AppError(
    "invalid",
    "nothing is sent while nobody said who the creditor is: run `dunwell creditor apply FILE.json`",
  );
}

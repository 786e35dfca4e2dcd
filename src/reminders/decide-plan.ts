import type { StoredPlan } from "../db/plans.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import { moved } from "../domain/moves.ts";
import { noteLeavesAt } from "../domain/notice.ts";
import { type Instalment, PLAN_MOVES } from "../domain/plan.ts";
import { judgedFrom, lastDayOf } from "../domain/promise.ts";
import { LONGEST_TEXT, takeLines } from "../domain/taken.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { tell } from "./case-news.ts";
import { addHold, type DebtorCase, dropHold, requirePayable, writeCase } from "./debtor-case.ts";
import {
  endPlan,
  glance,
  notifyPlan,
  openPlanCase,
  type PlanOf,
  refuseInstalments,
  saidPlan,
  sharesOfPlan,
  spread,
  storePlan,
  toStored,
} from "./plan-case.ts";
import { endPromise, storePromises } from "./promise-case.ts";
import { enter } from "./recording.ts";

export type PlanDecision = PlanOf & {
  /** `change` agrees to the instalments given here instead of those that were asked for. */
  decision: "approve" | "change" | "decline";
  instalments?: Instalment[];
  /** Whether interest is waived while the plan is kept. */
  waivesInterest?: boolean;
  /** What the debtor is told. */
  answer?: string;
};

/**
 * Finance answers a request for instalments. Agreed, as asked or with other instalments, the plan holds its invoices through the
 * last instalment and its grace, takes the place of promises, and goes to the debtor in writing; declined, the debtor is told and
 * the ladder goes on. Throws `not_found`, `conflict` for a plan that was answered or no longer fits what is open, `invalid` for
 * instalments that do not.
 */
export async function decidePlan(
  services: Services,
  decision: PlanDecision,
): Promise<{ id: string; state: "agreed" | "declined"; instalments: Instalment[] }> {
  const answer = takeLines("answer", decision.answer, LONGEST_TEXT);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, plan } = await openPlanCase(tx, decision, at);
    const event = decision.decision === "decline" ? "declined" : "agreed";
    moved(PLAN_MOVES, plan.state, event, `plan ${plan.id}`);
    Object.assign(plan, { answer, decidedAt: at, decidedBy: decision.author });
    if (event === "declined") {
      endPlan(matter, plan, "declined", { answer: answer ?? undefined });
      notifyPlan(matter, "plan_declined", plan);
    } else agree(matter, plan, decision);
    storePlan(matter, plan);
    await writeCase(tx, matter);
    const instalments = plan.instalments.map(({ on, amountMinor }) => ({ on, amountMinor }));
    return { id: plan.id, state: event, instalments };
  });
}

function agree(matter: DebtorCase, plan: StoredPlan, decision: PlanDecision): void {
  const { waivesInterest = false } = decision;
  plan.state = moved(PLAN_MOVES, plan.state, "agreed", `plan ${plan.id}`);
  plan.waivesInterest = waivesInterest;
  setInstalments(matter, plan, decision);
  holdInvoices(matter, plan);
  for (const promise of matter.promises) {
    endPromise(matter, promise, "withdrawn", { because: `plan ${plan.id} takes its place` });
  }
  storePromises(matter, matter.promises);
  for (const { invoiceId } of plan.invoices) {
    enter(matter.recording, invoiceId, "plan_agreed", {
      ...saidPlan(plan),
      answer: plan.answer ?? undefined,
    });
  }
  const lastDay = lastDayOfPlan(matter, plan);
  notifyPlan(matter, "plan_agreed", plan, { lastDay, event: { id: plan.id, sequence: 0 } });
  const shares = sharesOfPlan(matter, plan);
  tell(matter, {
    kind: "plan_agreed",
    to: "owner",
    about: plan.id,
    shares,
    note: [glance(plan), plan.answer],
  });
}

function setInstalments(matter: DebtorCase, plan: StoredPlan, { decision, instalments }: PlanDecision): void {
  const { calendar } = matter.context;
  if ((decision === "change") !== (instalments !== undefined)) {
    throw new AppError("invalid", "instalments come with a change, and only with one");
  }
  for (const share of plan.invoices) {
    const invoice = matter.invoices.find(({ id }) => id === share.invoiceId)!;
    dropHold(matter, share.holdId);
    share.amountMinor = requirePayable(matter, invoice);
  }
  refuseInstalments(matter, instalments ?? plan.instalments, spread(sharesOfPlan(matter, plan)));
  if (instalments) plan.instalments = toStored(instalments);
  for (const instalment of plan.instalments) {
    const noteAt = noteLeavesAt(instalment.on, calendar);
    instalment.noteAt = noteAt > matter.recording.at ? noteAt : null;
  }
  const firstLastDay = lastDayOf(plan.instalments[0]!.on, matter.context.policy.promises, calendar);
  plan.judgeAt = judgedFrom(firstLastDay, calendar.zone);
}

function holdInvoices(matter: DebtorCase, plan: StoredPlan): void {
  for (const share of plan.invoices) {
    share.holdId = addHold(matter, {
      invoiceId: share.invoiceId,
      kind: "plan",
      reason: `plan ${plan.id}`,
      amountMinor: null,
      until: lastDayOfPlan(matter, plan),
      questionTo: null,
    }).id;
  }
}

function lastDayOfPlan({ context }: DebtorCase, { instalments }: StoredPlan): CivilDay {
  return lastDayOf(instalments.at(-1)!.on, context.policy.promises, context.calendar);
}

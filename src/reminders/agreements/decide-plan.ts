import type { StoredPlan } from "../../db/plans.ts";
import { moved } from "../../domain/moves.ts";
import { type Instalment, PLAN_MOVES } from "../../domain/plan.ts";
import { LONGEST_TEXT, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { agreePlan } from "./agree-plan.ts";
import { type DebtorCase, writeCase } from "./debtor-case.ts";
import { endPlan, glance, notifyPlan, openPlanCase, type PlanOf, storePlan } from "./plan-case.ts";

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
  const { instalments, waivesInterest = false } = decision;
  if ((decision.decision === "change") !== (instalments !== undefined)) {
    throw new AppError("invalid", "instalments come with a change, and only with one");
  }
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, plan } = await openPlanCase(tx, decision, at);
    refuseReplaced(matter, plan);
    const event = decision.decision === "decline" ? "declined" : "agreed";
    moved(PLAN_MOVES, plan.state, event, `plan ${plan.id}`);
    Object.assign(plan, { answer, decidedAt: at, decidedBy: decision.author });
    if (event === "declined") {
      endPlan(matter, plan, "declined", { answer: answer ?? undefined });
      notifyPlan(matter, "plan_declined", plan);
    } else agreePlan(matter, plan, { instalments, waivesInterest });
    storePlan(matter, plan);
    await writeCase(tx, matter);
    const terms = plan.instalments.map(({ on, amountMinor }) => ({ on, amountMinor }));
    return { id: plan.id, state: event, instalments: terms };
  });
}

/** People were told of the first request of a day alone: whoever decides on it hears which one took its place. */
function refuseReplaced({ plans }: DebtorCase, { id, state }: StoredPlan): void {
  const latest = plans.find((plan) => plan.state === "asked");
  if (state !== "withdrawn" || !latest) return;
  throw new AppError(
    "conflict",
    `plan ${id} gave way to plan ${latest.id} (${glance(latest)}): decide on that`,
  );
}

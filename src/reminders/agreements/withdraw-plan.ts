import { LONGEST_NAME, takeLine } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { tell, tellBoth } from "./case-news.ts";
import { writeCase } from "./debtor-case.ts";
import {
  endPlan,
  glance,
  notifyPlan,
  openPlanCase,
  type PlanOf,
  sharesOfPlan,
  storePlan,
} from "./plan-case.ts";

/**
 * Takes back a plan that waits for finance, or, by finance, one that is agreed; the ladder goes on. The debtor and the creditor's
 * people are told. Throws `not_found`, and `conflict` for one that has ended, or that is agreed where the debtor asks.
 */
export async function withdrawPlan(
  services: Services,
  withdrawal: PlanOf & { name?: string; by: "debtor" | "finance" },
): Promise<{ invoices: string[] }> {
  const { by, planId } = withdrawal;
  const name = takeLine("name", withdrawal.name, LONGEST_NAME);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, plan } = await openPlanCase(tx, withdrawal, at);
    const wasAgreed = plan.state === "agreed";
    if (wasAgreed && by === "debtor")
      throw new AppError("conflict", `plan ${planId} is agreed: ask finance to change it`);
    const instalments = plan.instalments.filter(({ state }) => state === "open");
    endPlan(matter, plan, "withdrawn", { name: name ?? undefined });
    storePlan(matter, plan);
    const event = wasAgreed ? { id: planId, sequence: 1 } : undefined;
    notifyPlan(matter, "plan_withdrawn", plan, { name, instalments, event });
    const news = { about: planId, shares: sharesOfPlan(matter, plan), note: [glance(plan)] };
    if (by === "debtor") tellBoth(matter, { kind: "plan_withdrawn", ...news });
    else tell(matter, { kind: "plan_withdrawn", to: "owner", ...news });
    await writeCase(tx, matter);
    return { invoices: plan.invoices.map(({ number }) => number) };
  });
}

import type { Transaction } from "@libsql/client";
import type { StoredPlan } from "../../db/plans.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { type Instalment, planBound } from "../../domain/plan.ts";
import { LONGEST_NAME, LONGEST_TEXT, takeLine, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { enter } from "../recording.ts";
import { agreePlan } from "./agree-plan.ts";
import { type Share, tellBoth } from "./case-news.ts";
import { type DebtorCase, openCase, requirePayable, writeCase } from "./debtor-case.ts";
import { enteredToday } from "./entered-today.ts";
import {
  endPlan,
  glance,
  notifyPlan,
  refuseInstalments,
  saidPlan,
  spread,
  storePlan,
  toStored,
} from "./plan-case.ts";
import { holdForAnswer } from "./short-hold.ts";

export type PlanRequest = {
  /** Of one customer, in one currency. */
  invoices: string[];
  /** In order of days; they come to what is open of the invoices and not disputed, to the minor unit. */
  instalments: Instalment[];
  note?: string;
  name?: string;
  author: string;
  /** Finance is bound by no policy and agrees by asking; absent, the debtor asks. */
  by?: "debtor" | "owner" | "finance";
  /** What finance agrees to: whether interest is waived while the plan is kept. */
  waivesInterest?: boolean;
  customerId?: string;
};

/**
 * Asks finance to let a debtor pay in instalments; the account owner is told, the debtor gets it in writing, and the invoices are
 * held for the few days that the policy gives people to answer, once in 30 days. Finance's own plan is agreed at once. A plan asked for before gives
 * way. Throws `invalid` with the bound that is exceeded, `conflict` for an invoice with an agreed plan or with nothing left, `not_found`.
 */
export async function askPlan(
  services: Services,
  request: PlanRequest,
): Promise<{ id: string; state: "asked" | "agreed" }> {
  const { invoices: numbers, author, customerId } = request;
  const words = {
    note: takeLines("note", request.note, LONGEST_TEXT),
    name: takeLine("name", request.name, LONGEST_NAME),
  };
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author, at, customerId });
    const shares = matter.invoices.map((invoice) => ({
      invoice,
      amountMinor: requirePayable(matter, invoice),
    }));
    refusePlan(matter, request, shares);
    for (const former of matter.plans) {
      endPlan(matter, former, "withdrawn", { because: "another took its place" });
      storePlan(matter, former);
    }
    const plan = startPlan(matter, shares, { instalments: request.instalments, ...words });
    if (request.by === "finance")
      agreePlan(matter, plan, { waivesInterest: request.waivesInterest ?? false });
    else await ask(tx, matter, plan, shares);
    storePlan(matter, plan);
    await writeCase(tx, matter);
    return { id: plan.id, state: request.by === "finance" ? ("agreed" as const) : ("asked" as const) };
  });
}

/** Asked again for the same invoices on the same day, it is recorded and told nobody anew. */
async function ask(tx: Transaction, matter: DebtorCase, plan: StoredPlan, shares: Share[]): Promise<void> {
  const before = await enteredToday(tx, matter, "plan_asked");
  const { holdIds, heldUntil } = await holdForAnswer(tx, matter, () => `plan ${plan.id} asked for`);
  for (const invoice of plan.invoices) {
    invoice.holdId = holdIds.get(invoice.invoiceId) ?? null;
    enter(matter.recording, invoice.invoiceId, "plan_asked", saidPlan(plan));
  }
  if (shares.every(({ invoice }) => before.has(invoice.id))) return;
  notifyPlan(matter, "plan_asked", plan);
  const details = { heldUntil: heldUntil === null ? null : formatCivilDay(heldUntil) };
  const note = [glance(plan), plan.note];
  tellBoth(matter, { kind: "plan_asked", about: plan.id, shares, note, details });
}

function refusePlan(matter: DebtorCase, { instalments, by }: PlanRequest, shares: Share[]): void {
  const agreed = matter.plans.find(({ state }) => state === "agreed");
  if (agreed) {
    const numbers = agreed.invoices.map(({ number }) => number).join(", ");
    const way = by === "finance" ? "withdraw it first" : "ask finance to change it";
    throw new AppError("conflict", `plan ${agreed.id} is agreed for ${numbers}; ${way}`);
  }
  const sum = spread(shares);
  refuseInstalments(matter, instalments, sum);
  if (by === "finance") return;
  const { today, policy } = matter.context;
  const amount = (minor: number) => amountOf(minor, sum.currency);
  const bound = planBound(instalments, { today, rules: policy.plans, amount });
  if (bound) throw new AppError("invalid", bound);
}

function startPlan(
  matter: DebtorCase,
  shares: Share[],
  asked: { instalments: Instalment[]; note: string | null; name: string | null },
): StoredPlan {
  const { at, author } = matter.recording;
  return {
    id: newId("pln", at),
    customerId: matter.stored.facts.id,
    state: "asked",
    currency: shares[0]!.invoice.currency,
    waivesInterest: false,
    note: asked.note,
    name: asked.name,
    author,
    askedAt: at,
    decidedAt: null,
    decidedBy: null,
    answer: null,
    endedAt: null,
    judgeAt: null,
    invoices: shares.map(({ invoice, amountMinor }) => ({
      invoiceId: invoice.id,
      number: invoice.number,
      holdId: null,
      amountMinor,
    })),
    instalments: toStored(asked.instalments),
  };
}

import type { StoredPlan } from "../../db/plans.ts";
import type { StoredMoney } from "../../db/tending.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { keptInstalments } from "../../domain/plan.ts";
import { judgedFrom, lastDayOf } from "../../domain/promise.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { moneyOfPlan } from "./case-money.ts";
import { type Share, tell, tellBoth } from "./case-news.ts";
import { type DebtorCase, undisputedMinor } from "./debtor-case.ts";
import { endPlan, notifyPlan, sharesOfPlan, storePlan } from "./plan-case.ts";

/**
 * Judges the plans of a case that are to be: each instalment by all the money since the plan was agreed. One that did not come by
 * its last day ends the plan, and the ladder goes on; the last one fulfils it.
 */
export function judgePlans(matter: DebtorCase, money: StoredMoney): void {
  const fresh = matter.freshThrough ?? 0;
  for (const plan of matter.plans) {
    if (plan.judgeAt === null || plan.judgeAt > fresh) continue;
    judge(matter, money, plan);
    storePlan(matter, plan);
  }
}

function judge(matter: DebtorCase, money: StoredMoney, plan: StoredPlan): void {
  const invoices = sharesOfPlan(matter, plan).map(({ invoice }) => invoice);
  if (invoices.every(({ status }) => status !== "open")) {
    endPlan(matter, plan, "withdrawn", { because: "no invoice of it is open" });
    return;
  }
  if (plan.state === "asked") {
    plan.judgeAt = null;
    if (invoices.every(({ balanceMinor }) => balanceMinor === 0))
      endPlan(matter, plan, "withdrawn", { because: "nothing is left to pay" });
    return;
  }
  judgeInstalments(matter, money, plan);
}

function judgeInstalments(matter: DebtorCase, money: StoredMoney, plan: StoredPlan): void {
  const { calendar, policy } = matter.context;
  const terms = plan.instalments.map(({ on, amountMinor }) => ({
    on,
    amountMinor,
    lastDay: lastDayOf(on, policy.promises, calendar),
  }));
  const kept = keptInstalments(terms, moneyOfPlan(matter, money, plan));
  plan.instalments.forEach((instalment, i) => {
    instalment.state = i < kept ? "kept" : "open";
    if (i < kept) instalment.noteAt = null;
  });
  const next = terms[kept];
  if (!next) {
    fulfil(matter, plan);
    return;
  }
  plan.judgeAt = judgedFrom(next.lastDay, calendar.zone);
  if (plan.judgeAt > (matter.freshThrough ?? 0)) return;
  const shares = undisputedShares(matter, plan);
  if (shares.length === 0) {
    endPlan(matter, plan, "withdrawn", { because: "disputed" });
    return;
  }
  plan.instalments[kept]!.state = "missed";
  end(matter, plan, kept, shares);
}

function fulfil(matter: DebtorCase, plan: StoredPlan): void {
  endPlan(matter, plan, "fulfilled");
  notifyPlan(matter, "plan_ended", plan, { isFulfilled: true });
  tell(matter, {
    kind: "plan_kept",
    to: "owner",
    about: plan.id,
    shares: sharesOfPlan(matter, plan),
    note: [],
  });
}

/** What is left of its invoices and disputed by nobody. */
function undisputedShares(matter: DebtorCase, plan: StoredPlan): Share[] {
  return sharesOfPlan(matter, plan)
    .map(({ invoice }) => ({ invoice, amountMinor: undisputedMinor(matter, invoice) }))
    .filter((share) => share.amountMinor > 0);
}

/** No more is named than is left of the `shares`, which are nobody's query. */
function end(matter: DebtorCase, plan: StoredPlan, missed: number, shares: Share[]): void {
  const leftMinor = shares.reduce((sum, share) => sum + share.amountMinor, 0);
  const open = plan.instalments.slice(missed).map((instalment) => ({
    on: instalment.on,
    amountMinor: Math.min(instalment.amountMinor, leftMinor),
  }));
  const { on, amountMinor } = open[0]!;
  endPlan(matter, plan, "defaulted", { missed: formatCivilDay(on) });
  const event = { id: plan.id, sequence: 1 };
  notifyPlan(matter, "plan_ended", plan, { isFulfilled: false, on, instalments: open, event, shares });
  const note = [`${amountOf(amountMinor, plan.currency)} ${formatCivilDay(on)}`];
  tellBoth(matter, { kind: "plan_broken", about: plan.id, shares, note });
}

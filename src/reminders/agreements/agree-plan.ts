import type { StoredPlan } from "../../db/plans.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { moved } from "../../domain/moves.ts";
import { noteLeavesAt } from "../../domain/notice.ts";
import { type Instalment, PLAN_MOVES } from "../../domain/plan.ts";
import { judgedFrom, lastDayOf } from "../../domain/promise.ts";
import { enter } from "../recording.ts";
import { tell } from "./case-news.ts";
import { addHold, type DebtorCase, dropHold, requirePayable } from "./debtor-case.ts";
import {
  glance,
  notifyPlan,
  refuseInstalments,
  saidPlan,
  sharesOfPlan,
  spread,
  toStored,
} from "./plan-case.ts";
import { endPromise, storePromises } from "./promise-case.ts";

/**
 * Agrees to a plan that was asked for, with other instalments where they are given: it holds its invoices, takes the place of
 * promises, and debtor and account owner are told. Throws `invalid` for instalments that do not come to what is open now.
 */
export function agreePlan(
  matter: DebtorCase,
  plan: StoredPlan,
  { instalments, waivesInterest }: { instalments?: Instalment[]; waivesInterest: boolean },
): void {
  const { at, author } = matter.recording;
  plan.state = moved(PLAN_MOVES, plan.state, "agreed", `plan ${plan.id}`);
  Object.assign(plan, { waivesInterest, decidedAt: at, decidedBy: author });
  setInstalments(matter, plan, instalments);
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
  const isChanged = instalments !== undefined;
  notifyPlan(matter, "plan_agreed", plan, { lastDay, isChanged, event: { id: plan.id, sequence: 0 } });
  const shares = sharesOfPlan(matter, plan);
  tell(matter, {
    kind: "plan_agreed",
    to: "owner",
    about: plan.id,
    shares,
    note: [glance(plan), plan.answer],
  });
}

function setInstalments(matter: DebtorCase, plan: StoredPlan, instalments?: Instalment[]): void {
  const { calendar } = matter.context;
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

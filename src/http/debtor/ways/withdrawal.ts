import { html } from "hono/html";
import type { StandingDispute, StandingPlan } from "../../../db/debtor-answers.ts";
import type { Words } from "../../../email/words.ts";
import { closeDispute } from "../../../reminders/agreements/close-dispute.ts";
import { withdrawPlan } from "../../../reminders/agreements/withdraw-plan.ts";
import { withdrawPromise } from "../../../reminders/agreements/withdraw-promise.ts";
import type { DebtorAccount } from "../../../reminders/links/debtor-account.ts";
import { hidden } from "../../pages/debtor/fields.ts";
import { all, type Filled, one } from "../filled.ts";
import { listOf } from "../invoice-choice.ts";
import { type StandingGroup, standingGroup, sumsOf } from "../standing.ts";
import type { Way } from "../way.ts";
import { weekdayOf } from "./promise.ts";

/** What is taken back: promises made together, a request for instalments, or a query. */
type Draft =
  | { group: StandingGroup; plan?: undefined }
  | { plan: StandingPlan; group?: undefined }
  | { dispute: StandingDispute; number: string; group?: undefined; plan?: undefined };

const FIELDS = ["promise", "plan", "dispute"];

export const withdrawalWay: Way<Draft> = {
  name: "withdrawal",
  fields: /^(promise|plan|dispute)$/,
  isOpen: (account, filled) => targetOf(account, filled) !== undefined,

  start: (_, asked) =>
    new Map(FIELDS.map((field): [string, readonly string[]] => [field, all(asked, field)])),

  isComplete: () => true,

  read: (filled, { account }) => ({ draft: targetOf(account, filled)! }),

  form: (filled) => html`${FIELDS.map((field) => hidden(field, one(filled, field)))}`,

  understood(draft, { words }) {
    return { said: [saidOf(draft, words)], notes: [words.say("page.withdrawal.note")] };
  },

  async perform(services, draft, { name, page }) {
    const { words, account } = page;
    const by = { author: "debtor", customerId: account.customerId };
    if (draft.group) {
      await withdrawPromise(services, { promiseId: draft.group.promises[0]!.id, name, ...by });
      return words.say("page.withdrawal.done", groupWords(draft.group, words));
    }
    if (draft.plan) {
      await withdrawPlan(services, { planId: draft.plan.id, name, ...by, by: "debtor" });
      return words.say("page.withdrawal.planDone", { amount: totalOf(draft.plan, words) });
    }
    await closeDispute(services, { disputeId: draft.dispute.id, as: "withdrawn", by: "debtor", ...by });
    return words.say("page.withdrawal.disputeDone", { number: draft.number });
  },
};

function targetOf(account: DebtorAccount, filled: Filled): Draft | undefined {
  const group = standingGroup(account, one(filled, "promise"));
  if (group) return { group };
  const planId = one(filled, "plan");
  const plan = account.answers.plans.find((one) => one.id === planId && one.state === "asked");
  if (plan) return { plan };
  const id = one(filled, "dispute");
  const found = [...account.answers.disputes].find(([, dispute]) => dispute.id === id);
  return found && { number: found[0], dispute: found[1] };
}

function saidOf(draft: Draft, words: Words): string {
  if (draft.group) return words.say("page.withdrawal.said", groupWords(draft.group, words));
  if (draft.plan) return words.say("page.withdrawal.plan", { amount: totalOf(draft.plan, words) });
  return words.say("page.withdrawal.dispute", { number: draft.number });
}

/** What a plan comes to. */
function totalOf({ instalments, currency }: StandingPlan, words: Words): string {
  const total = instalments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return words.formats.money(total, currency);
}

/** Promises made together, in words. */
export function groupWords({ promises }: StandingGroup, words: Words) {
  const { money, list } = words.formats;
  const sums = sumsOf(promises, ({ amountMinor }) => amountMinor);
  return {
    amount: list(sums.map(({ amountMinor, currency }) => money(amountMinor, currency))),
    invoices: listOf(promises, words),
    on: weekdayOf(promises[0]!.on, words),
  };
}

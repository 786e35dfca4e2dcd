import { html } from "hono/html";
import type { StandingDispute } from "../../../db/debtor-answers.ts";
import type { Words } from "../../../email/words.ts";
import { closeDispute } from "../../../reminders/close-dispute.ts";
import type { DebtorAccount } from "../../../reminders/debtor-account.ts";
import { withdrawPromise } from "../../../reminders/withdraw-promise.ts";
import { hidden } from "../../pages/debtor/fields.ts";
import { all, type Filled, one } from "../filled.ts";
import { listOf } from "../invoice-choice.ts";
import { type StandingGroup, standingGroup, sumsOf } from "../standing.ts";
import type { Way } from "../way.ts";
import { weekdayOf } from "./promise.ts";

/** What is taken back: promises made together, or a query. */
type Draft =
  | { group: StandingGroup; dispute?: undefined }
  | { dispute: StandingDispute; number: string; group?: undefined };

export const withdrawalWay: Way<Draft> = {
  name: "withdrawal",
  fields: /^(promise|dispute)$/,
  isOpen: (account, filled) => targetOf(account, filled) !== undefined,

  start: (_, asked) =>
    new Map(["promise", "dispute"].map((field): [string, readonly string[]] => [field, all(asked, field)])),

  isComplete: () => true,

  read: (filled, { account }) => ({ draft: targetOf(account, filled)! }),

  form: (filled) =>
    html`${hidden("promise", one(filled, "promise"))}${hidden("dispute", one(filled, "dispute"))}`,

  understood(draft, { words }) {
    const said = draft.group
      ? words.say("page.withdrawal.said", groupWords(draft.group, words))
      : words.say("page.withdrawal.dispute", { number: draft.number });
    return { said: [said], notes: [words.say("page.withdrawal.note")] };
  },

  async perform(services, draft, { name, page }) {
    const { words, account } = page;
    const by = { author: "debtor", customerId: account.customerId };
    if (draft.group) {
      await withdrawPromise(services, { promiseId: draft.group.promises[0]!.id, name, ...by });
      return words.say("page.withdrawal.done", groupWords(draft.group, words));
    }
    await closeDispute(services, { disputeId: draft.dispute.id, as: "withdrawn", by: "debtor", ...by });
    return words.say("page.withdrawal.disputeDone", { number: draft.number });
  },
};

function targetOf(account: DebtorAccount, filled: Filled): Draft | undefined {
  const group = standingGroup(account, one(filled, "promise"));
  if (group) return { group };
  const id = one(filled, "dispute");
  const found = [...account.answers.disputes].find(([, dispute]) => dispute.id === id);
  return found && { number: found[0], dispute: found[1] };
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

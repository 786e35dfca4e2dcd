import { html } from "hono/html";
import type { Words } from "../../../email/words.ts";
import { withdrawPromise } from "../../../reminders/withdraw-promise.ts";
import { hidden } from "../../pages/debtor/fields.ts";
import { one } from "../filled.ts";
import { listOf } from "../invoice-choice.ts";
import { type StandingGroup, standingGroup, sumsOf } from "../standing.ts";
import type { Way } from "../way.ts";
import { weekdayOf } from "./promise.ts";

type Draft = { group: StandingGroup };

export const withdrawalWay: Way<Draft> = {
  name: "withdrawal",
  fields: /^promise$/,
  isOpen: (account, filled) => standingGroup(account, one(filled, "promise")) !== undefined,

  start: (_, asked) => new Map([["promise", [one(asked, "promise")]]]),

  isComplete: () => true,

  read: (filled, { account }) => ({ draft: { group: standingGroup(account, one(filled, "promise"))! } }),

  form: (filled) => html`${hidden("promise", one(filled, "promise"))}`,

  understood: ({ group }, { words }) => ({
    said: [words.say("page.withdrawal.said", groupWords(group, words))],
    notes: [words.say("page.withdrawal.note")],
  }),

  async perform(services, { group }, { name, page }) {
    const { id } = group.promises[0]!;
    await withdrawPromise(services, {
      promiseId: id,
      name,
      author: "debtor",
      customerId: page.account.customerId,
    });
    return page.words.say("page.withdrawal.done", groupWords(group, page.words));
  },
};

/** Promises made together, in words. */
export function groupWords({ promises }: StandingGroup, words: Words) {
  const { money, list } = words.formats;
  const sums = sumsOf(
    promises.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
    ({ amountMinor }) => amountMinor,
  );
  return {
    amount: list(sums.map(({ amountMinor, currency }) => money(amountMinor, currency))),
    invoices: listOf(promises, words),
    on: weekdayOf(promises[0]!.on, words),
  };
}

import { html } from "hono/html";
import type { CivilDay } from "../../../domain/civil-date.ts";
import { lastDayOf } from "../../../domain/promise.ts";
import { changePromise } from "../../../reminders/agreements/change-promise.ts";
import { hidden } from "../../pages/debtor/fields.ts";
import { one } from "../filled.ts";
import { createReader } from "../reader.ts";
import { type StandingGroup, standingGroup } from "../standing.ts";
import type { Way } from "../way.ts";
import { daysPart, readDay, weekdayOf } from "./promise.ts";
import { groupWords } from "./withdrawal.ts";

type Draft = { group: StandingGroup; on: CivilDay };

export const changeWay: Way<Draft> = {
  name: "change",
  fields: /^(promise|day|own)$/,
  isOpen: (account, filled) => standingGroup(account, one(filled, "promise"))?.canChange === true,

  start: (_, asked) => new Map([["promise", [one(asked, "promise")]]]),

  read(filled, page) {
    const { account } = page;
    const reader = createReader(filled, page);
    const group = standingGroup(account, one(filled, "promise"))!;
    const on = readDay(reader, filled);
    const most = account.on + account.rules.promises.maxDaysAhead;
    if (on !== undefined && on > most) {
      reader.wrong("own", "page.mistake.ahead", { day: page.words.formats.day(most) });
    }
    const { mistakes } = reader;
    return mistakes.length > 0 ? { mistakes } : { draft: { group, on: on! } };
  },

  form(filled, page, mistakes) {
    const { words, account } = page;
    const promise = one(filled, "promise");
    const group = standingGroup(account, promise)!;
    return html`<p>${words.say("page.change.intro", groupWords(group, words))}</p>
      ${hidden("promise", promise)}${daysPart({ filled, mistakes, words }, page)}`;
  },

  understood({ group, on }, { words, account }) {
    const { on: formerOn, ...about } = groupWords(group, words);
    const lastDay = words.formats.day(lastDayOf(on, account.rules.promises, account.calendar));
    return {
      said: [words.say("page.change.said", { ...about, formerOn, on: weekdayOf(on, words) })],
      notes: [words.say("page.promise.held", { lastDay })],
    };
  },

  async perform(services, { group, on }, { name, page }) {
    const { customerId } = page.account;
    const { id } = group.promises[0]!;
    await changePromise(services, { promiseId: id, on, name, author: "debtor", by: "debtor", customerId });
    const { amount } = groupWords(group, page.words);
    return page.words.say("page.promise.done", { amount, on: weekdayOf(on, page.words) });
  },
};

import { parseCivilDay } from "../../domain/civil-date.ts";
import { parseAmount } from "../../domain/money.ts";
import { PAUSE_DAYS } from "../../domain/pause.ts";
import { isFinance } from "../../domain/permissions.ts";
import { AppError } from "../../errors.ts";
import { handBack } from "../../reminders/hand-back.ts";
import { logCall } from "../../reminders/log-call.ts";
import { setHold } from "../../reminders/set-hold.ts";
import { takeOver } from "../../reminders/take-over.ts";
import type { CustomerDeed, CustomerListener } from "../customer-press.ts";
import { today } from "../press.ts";

export const pauseCustomerWeek: CustomerListener = {
  act: async (services, deed) => {
    const until = today(services) + PAUSE_DAYS;
    await setHold(services, { ...wordOf(deed), until, reason: deed.words.pausedFromSlack });
  },
};

export const pauseCustomerUntil: CustomerListener = {
  fields: [
    { id: "until", type: "date" },
    { id: "reason", type: "line" },
  ],
  act: async (services, deed) => {
    const { until = "", reason = "" } = deed.values;
    await setHold(services, { ...wordOf(deed), until: dayOf(until), reason });
  },
};

/** What was promised in the call is confirmed to the debtor in writing. */
export const logCustomerCall: CustomerListener = {
  fields: [
    { id: "person", type: "line" },
    { id: "said", type: "lines" },
    { id: "promisedOn", type: "date", isOptional: true },
    { id: "promisedAmount", type: "amount", isOptional: true },
  ],
  act: async (services, deed) => {
    const { person = "", said = "" } = deed.values;
    await logCall(services, { ...wordOf(deed), person, said, promise: promiseOf(deed) });
  },
};

export const takeCustomerOver: CustomerListener = {
  fields: [
    { id: "until", type: "date", isOptional: true },
    { id: "reason", type: "line", isOptional: true },
  ],
  act: async (services, deed) => {
    const word = wordOf(deed);
    const { until, reason } = deed.values;
    await takeOver(services, { ...word, handler: word.by, until: until ? dayOf(until) : undefined, reason });
  },
};

export const handCustomerBack: CustomerListener = {
  act: (services, deed) => handBack(services, wordOf(deed)),
};

function wordOf({ customer, answerer }: CustomerDeed) {
  const by: "owner" | "finance" = isFinance(answerer.standings) ? "finance" : "owner";
  return { customerRef: customer.ref, author: answerer.author, by };
}

function promiseOf({ customer, values }: CustomerDeed) {
  const { promisedOn, promisedAmount } = values;
  if (!promisedOn && !promisedAmount) return undefined;
  if (!promisedOn) throw new AppError("invalid", "a promised amount needs the day that it is promised for");
  const on = dayOf(promisedOn);
  if (!promisedAmount) return { on };
  const [currency, another] = customer.currencies;
  if (currency === undefined || another !== undefined)
    throw new AppError("invalid", "what is open is not in one currency: leave the amount empty");
  const amountMinor = parseAmount(promisedAmount, currency);
  if (!amountMinor) throw new AppError("invalid", `${promisedAmount} is no amount in ${currency}`);
  return { on, amountMinor };
}

function dayOf(iso: string): number {
  const day = parseCivilDay(iso);
  if (day === null) throw new AppError("invalid", `${iso} is no date`);
  return day;
}

import { PAUSE_DAYS } from "../../domain/pause.ts";
import { decidesAs } from "../../domain/permissions.ts";
import { logCall } from "../../reminders/agreements/log-call.ts";
import { handBack } from "../../reminders/decisions/hand-back.ts";
import { setHold } from "../../reminders/decisions/set-hold.ts";
import { takeOver } from "../../reminders/decisions/take-over.ts";
import type { CustomerDeed, CustomerListener } from "../customer-press.ts";
import { dayIn } from "../forms.ts";
import { today } from "../press.ts";
import { CALL_FIELDS, promisedIn, TAKE_OVER_FIELDS } from "./call.ts";
import { PAUSE_FIELDS } from "./pause.ts";

export const pauseCustomerWeek: CustomerListener = {
  act: async (services, deed) => {
    const until = today(services) + PAUSE_DAYS;
    await setHold(services, { ...wordOf(deed), until, reason: deed.words.pausedFromSlack });
  },
};

export const pauseCustomerUntil: CustomerListener = {
  fields: PAUSE_FIELDS,
  act: async (services, deed) => {
    const { until = "", reason = "" } = deed.values;
    await setHold(services, { ...wordOf(deed), until: dayIn(until), reason });
  },
};

/** What was promised in the call is confirmed to the debtor in writing. */
export const logCustomerCall: CustomerListener = {
  fields: CALL_FIELDS,
  act: async (services, deed) => {
    const { person = "", said = "" } = deed.values;
    const promise = promisedIn(deed.values, deed.customer.currencies);
    await logCall(services, { ...wordOf(deed), person, said, promise });
  },
};

export const takeCustomerOver: CustomerListener = {
  fields: TAKE_OVER_FIELDS,
  act: async (services, deed) => {
    const word = wordOf(deed);
    const { until, reason } = deed.values;
    await takeOver(services, { ...word, handler: word.by, until: until ? dayIn(until) : undefined, reason });
  },
};

export const handCustomerBack: CustomerListener = {
  act: (services, deed) => handBack(services, wordOf(deed)),
};

function wordOf({ customer, answerer: { author, standings } }: CustomerDeed) {
  return { customerRef: customer.ref, author, by: decidesAs(standings) };
}

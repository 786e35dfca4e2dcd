import type { App } from "@slack/bolt";
import type { CustomerAction } from "../domain/customer-actions.ts";
import { type AskedCustomer, actOnCustomer, checkDeed } from "../reminders/alerts/act-on-customer.ts";
import type { Answerer } from "../reminders/alerts/answer-alert.ts";
import type { Services } from "../services.ts";
import type { Field } from "./forms.ts";
import { listenToPress, type Said } from "./press.ts";
import { showCard } from "./show-card.ts";

export type CustomerDeed = Said & { customer: AskedCustomer; answerer: Answerer };

/** How something is done about a customer: like the answer to an alert, but nobody asked. */
export type CustomerListener = {
  fields?: Field[];
  act: (services: Services, deed: CustomerDeed) => Promise<void>;
};

/** Takes a button of this action on a customer's card, which then shows what was done. */
export function listenToDeed(
  app: App,
  services: Services,
  action: CustomerAction,
  { fields, act }: CustomerListener,
): void {
  listenToPress<AskedCustomer>(app, services, {
    name: `customer.${action}`,
    action,
    fields: fields && (() => fields),
    check: (press) => checkDeed(services, { ...press, action }),
    answer: (press, said) =>
      actOnCustomer(services, { ...press, action }, (writing, customer, answerer) =>
        act(writing, { customer, answerer, ...said }),
      ),
    placeOf: () => undefined,
    show: (place, customer, answerer) => showCard(services, place, { customer, answerer, done: action }),
  });
}

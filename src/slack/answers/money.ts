import { endHold } from "../../reminders/decisions/end-hold.ts";
import { acceptSuggestion } from "../../reminders/money/accept-suggestion.ts";
import { recordFreshness } from "../../reminders/money/record-freshness.ts";
import type { AnswerListener } from "../press.ts";
import { decision } from "./decision.ts";
import { recordAs } from "./paid.ts";

/** Which invoice money was for that names none; the first one that it would settle exactly is filled in. */
export const allocateMoney = decision(
  (services, { id, author, values: { invoice = "" } }) =>
    acceptSuggestion(services, { id, invoiceNumber: invoice, author }),
  ({ payload }) => [{ id: "invoice", type: "line", initial: payload.invoices[0]?.number }],
);

/** A small rest that banks took: nobody is asked for it. */
export const creditRest: AnswerListener = {
  act: (services, deed) => recordAs(services, deed, "credit_note"),
};

export const askForRest: AnswerListener = {
  async act(services, { alert, answerer: { author } }) {
    await endHold(services, { invoiceNumber: alert.payload.invoices[0]!.number, author });
  },
};

export const paymentsComplete: AnswerListener = {
  act: (services) => recordFreshness(services, { through: services.clock() }),
};

import {
  ACCOUNT_CHECK_ANSWERS,
  type AccountCheckAnswer,
  WARNING_ANSWERS,
  type WarningAnswer,
} from "../../domain/owner-answers.ts";
import { answerAccountCheck } from "../../reminders/decisions/answer-account-check.ts";
import { answerWarning } from "../../reminders/decisions/answer-warning.ts";
import type { Services } from "../../services.ts";
import type { Field } from "../forms.ts";
import type { AnswerListener } from "../press.ts";
import { paidOn, paymentFields } from "./paid.ts";

const WRONG: Field = { id: "wrong", type: "lines" };

const FIELDS: Partial<Record<AccountCheckAnswer, (services: Services) => Field[]>> = {
  reported_paid: paymentFields,
  disputed: () => [WRONG],
  our_error: () => [WRONG],
};

/** How a due invoice stands at the customer. */
export const CHECK_ANSWERS = byName(ACCOUNT_CHECK_ANSWERS, (answer) => {
  const fields = FIELDS[answer];
  return {
    fields: fields && ((_, services) => fields(services)),
    async act(services, { alert, answerer: { author }, values }) {
      await answerAccountCheck(services, {
        invoiceNumber: alert.payload.invoices[0]!.number,
        answer,
        note: values.wrong,
        paidOn: paidOn(services, values),
        reference: values.reference,
        author,
      });
    },
  };
});

/** What becomes of the firm letter that leaves next. */
export const WARNING_LISTENERS = byName(WARNING_ANSWERS, (answer: WarningAnswer) => ({
  async act(services, { alert, answerer: { author } }) {
    await answerWarning(services, { invoiceNumber: alert.payload.invoices[0]!.number, answer, author });
  },
}));

function byName<Name extends string>(names: readonly Name[], make: (name: Name) => AnswerListener) {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, AnswerListener>;
}

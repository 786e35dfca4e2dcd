import { parseAmount } from "../../domain/money.ts";
import { decidesAs } from "../../domain/permissions.ts";
import { AppError } from "../../errors.ts";
import { type CallLog, logCall as log } from "../../reminders/agreements/log-call.ts";
import { takeOver as take } from "../../reminders/decisions/take-over.ts";
import { dayIn, type Field, type Values } from "../forms.ts";
import type { AnswerListener } from "../press.ts";

export const CALL_FIELDS: Field[] = [
  { id: "person", type: "line" },
  { id: "said", type: "lines" },
  { id: "promisedOn", type: "date", isOptional: true },
  { id: "promisedAmount", type: "amount", isOptional: true },
];

export const TAKE_OVER_FIELDS: Field[] = [
  { id: "until", type: "date", isOptional: true },
  { id: "reason", type: "line", isOptional: true },
];

/** What was said about the alert's invoice, or about all that the customer owes where it names several. */
export const logCall: AnswerListener = {
  fields: () => CALL_FIELDS,
  async act(services, { alert: { payload }, answerer: { author, standings }, values }) {
    const { person = "", said = "" } = values;
    const [invoice, another] = payload.invoices;
    const target =
      invoice && !another ? { invoiceNumber: invoice.number } : { customerRef: payload.customer!.ref };
    const currencies = [...new Set(payload.invoices.map(({ amount }) => amount.split(" ")[0]!))];
    const promise = promisedIn(values, currencies);
    await log(services, { ...target, person, said, promise, author, by: decidesAs(standings) });
  },
};

export const takeOver: AnswerListener = {
  fields: () => TAKE_OVER_FIELDS,
  async act(services, { alert, answerer: { author, standings }, values: { until, reason } }) {
    const by = decidesAs(standings);
    const customerRef = alert.payload.customer!.ref;
    await take(services, {
      customerRef,
      handler: by,
      by,
      author,
      reason,
      until: until ? dayIn(until) : undefined,
    });
  },
};

/** What was promised in a call, in the one currency of what is open. Throws `invalid`. */
export function promisedIn(values: Values, currencies: string[]): CallLog["promise"] {
  const { promisedOn, promisedAmount } = values;
  if (!promisedOn && !promisedAmount) return undefined;
  if (!promisedOn) throw new AppError("invalid", "a promised amount needs the day that it is promised for");
  const on = dayIn(promisedOn);
  if (!promisedAmount) return { on };
  const [currency, another] = currencies;
  if (currency === undefined || another !== undefined)
    throw new AppError("invalid", "what is open is not in one currency: leave the amount empty");
  const amountMinor = parseAmount(promisedAmount, currency);
  if (!amountMinor) throw new AppError("invalid", `${promisedAmount} is no amount in ${currency}`);
  return { on, amountMinor };
}

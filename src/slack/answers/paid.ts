import { formatCivilDay, parseCivilDay } from "../../domain/civil-date.ts";
import { parseAmount } from "../../domain/money.ts";
import type { PaymentRecord } from "../../domain/records.ts";
import { AppError } from "../../errors.ts";
import { recordPayments } from "../../reminders/record-payments.ts";
import { reportPaid } from "../../reminders/report-paid.ts";
import type { Services } from "../../services.ts";
import type { Field } from "../forms.ts";
import { type AnswerListener, type Deed, today } from "../press.ts";

/** The account owner says that it is paid: a short hold, until finance finds the money. */
export const reportAsPaid: AnswerListener = {
  fields: (_, services) => paymentFields(services),
  async act(services, { alert, answerer, values }) {
    await reportPaid(services, {
      invoices: alert.payload.invoices.map(({ number }) => number),
      paidOn: paidOn(services, values),
      reference: values.reference,
      author: answerer.author,
      by: "owner",
    });
  },
};

/** Finance has seen the money: all that the alert names, or the amount that is written for its one invoice. */
export const confirmMoney: AnswerListener = {
  fields: ({ payload }, services) => [
    ...paymentFields(services),
    ...(payload.invoices.length === 1
      ? [{ id: "amount" as const, type: "amount" as const, initial: amountOf(payload.invoices[0]!).amount }]
      : []),
  ],
  async act(services, deed) {
    const { author } = deed.answerer;
    const at = services.clock();
    const outcomes = await recordPayments(services, paymentsOf(services, deed), {
      author,
      at,
      source: "api",
    });
    const refused = outcomes.find((outcome) => !outcome.ok);
    if (refused) throw new AppError("conflict", `${refused.column} ${refused.error}`);
  },
};

function paymentFields(services: Services): Field[] {
  return [
    { id: "paidOn", type: "date", initial: formatCivilDay(today(services)) },
    { id: "reference", type: "line", isOptional: true },
  ];
}

function paidOn(services: Services, values: Deed["values"]): number {
  return parseCivilDay(values.paidOn ?? "") ?? today(services);
}

function paymentsOf(services: Services, { alert, values }: Deed): PaymentRecord[] {
  const { invoices } = alert.payload;
  const { reference } = values;
  return invoices.map((invoice) => {
    const { currency, amount } = amountOf(invoice);
    const amountMinor = parseAmount(values.amount ?? amount, currency);
    if (!amountMinor) throw new AppError("invalid", `${values.amount} is no amount in ${currency}`);
    return {
      invoiceNumber: invoice.number,
      amountMinor,
      currency,
      paidOn: paidOn(services, values),
      // A reference names one payment.
      reference: reference && invoices.length > 1 ? `${reference} ${invoice.number}` : reference,
      kind: "payment",
      occurrence: 0,
    };
  });
}

/** Alerts carry `EUR 1,200.00`. */
function amountOf({ amount }: { amount: string }): { currency: string; amount: string } {
  const [currency = "", decimal = ""] = amount.split(" ");
  return { currency, amount: decimal.replaceAll(",", "") };
}

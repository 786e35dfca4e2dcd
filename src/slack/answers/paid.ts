import { formatCivilDay, parseCivilDay } from "../../domain/civil-date.ts";
import { parseAmount } from "../../domain/money.ts";
import type { PaymentRecord } from "../../domain/records.ts";
import { AppError } from "../../errors.ts";
import { reportPaid } from "../../reminders/agreements/report-paid.ts";
import { recordPayments } from "../../reminders/money/record-payments.ts";
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

/** A letter that finance is asked about is answered by all of its money; a part of it leaves the question. */
const PAID_IN_FULL: readonly string[] = ["approval_asked", "approval_overdue"];

/** Finance has seen the money: all that the alert names, or the amount that is written for its one invoice. */
export const confirmMoney: AnswerListener = {
  fields: ({ kind, payload }, services) => [
    ...paymentFields(services),
    ...(payload.invoices.length === 1 && !PAID_IN_FULL.includes(kind)
      ? [{ id: "amount" as const, type: "amount" as const, initial: amountOf(payload.invoices[0]!).amount }]
      : []),
  ],
  act: (services, deed) => recordAs(services, deed, "payment"),
};

/** Records what the alert's invoices come to as money or as credit. Throws `conflict` where it cannot be. */
export async function recordAs(
  services: Services,
  deed: Deed,
  kind: "payment" | "credit_note",
): Promise<void> {
  const payments = paymentsOf(services, deed).map((payment) => ({ ...payment, kind }));
  const { author } = deed.answerer;
  const outcomes = await recordPayments(services, payments, { author, at: services.clock(), source: "api" });
  const refused = outcomes.find((outcome) => !outcome.ok);
  if (refused) throw new AppError("conflict", `${refused.column} ${refused.error}`);
}

export function paymentFields(services: Services): Field[] {
  return [
    { id: "paidOn", type: "date", initial: formatCivilDay(today(services)) },
    { id: "reference", type: "line", isOptional: true },
  ];
}

export function paidOn(services: Services, values: Deed["values"]): number {
  return parseCivilDay(values.paidOn ?? "") ?? today(services);
}

function paymentsOf(services: Services, { alert, values }: Deed): Omit<PaymentRecord, "kind">[] {
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
      occurrence: 0,
    };
  });
}

/** Alerts carry `EUR 1,200.00`. */
function amountOf({ amount }: { amount: string }): { currency: string; amount: string } {
  const [currency = "", decimal = ""] = amount.split(" ");
  return { currency, amount: decimal.replaceAll(",", "") };
}

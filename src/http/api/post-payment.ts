import { z } from "@hono/zod-openapi";
import { findListedInvoice } from "../../db/invoice-list.ts";
import { countLikePayments } from "../../db/like-payments.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { PaymentRecord } from "../../domain/records.ts";
import { type PAYMENT_COLUMNS, parsePaymentRow } from "../../domain/rows.ts";
import { recordFreshness } from "../../reminders/money/record-freshness.ts";
import { recordPayments } from "../../reminders/money/record-payments.ts";
import type { Services } from "../../services.ts";
import { endpoint } from "../endpoint.ts";
import { ProblemError } from "../problem.ts";
import { isChanged, recordOf, toRow } from "./rows.ts";
import { amount, answers, currency, dateField, decimalField, field, isoDate, jsonBody } from "./schemas.ts";

const KINDS = ["payment", "credit_note", "refund"] as const;

const columns = {
  invoice_number: field({ description: "This or `customer_ref`." }),
  customer_ref: field({ description: "Alone: credit that is not allocated to an invoice." }),
  amount: decimalField(),
  currency: field({ description: "ISO 4217; the invoice's where absent.", example: "EUR" }),
  paid_on: dateField(),
  reference: field({ description: "What makes this payment the same one when it comes again." }),
  kind: field({ enum: KINDS, description: "`payment` unless told otherwise." }),
} satisfies Record<(typeof PAYMENT_COLUMNS)[number], z.ZodType>;

const headers = z.object({
  "idempotency-key": z.string().max(200, "has at most 200 characters").optional().openapi({
    description: "Serves as the reference where the body has none. The same key with another body is 422.",
  }),
});

const answer = z
  .object({
    invoice_number: z.string().nullable(),
    customer_ref: z.string().nullable(),
    amount,
    currency,
    paid_on: isoDate,
    kind: z.enum(KINDS),
    reference: z.string().nullable(),
  })
  .openapi("Payment");

export const postPayment = endpoint(
  {
    summary: "Records a payment, a credit note or a refund; counts as payment data",
    description:
      "A `reference` or an `Idempotency-Key` makes it once; without either, every call records one more.",
    tags: ["Records"],
    request: { headers, body: jsonBody(z.strictObject(columns).openapi("PaymentBody")) },
    responses: { 200: answers("Was on record already", answer), 201: answers("Recorded", answer) },
  },
  (services) => async (c) => {
    const given = c.req.valid("json");
    const key = c.req.valid("header")["idempotency-key"]?.replace(/^"(.*)"$/, "$1");
    const row = toRow({ ...given, reference: given.reference || key });
    const invoice = row.invoice_number ? await findListedInvoice(services.db, row.invoice_number) : undefined;
    const payment = recordOf(parsePaymentRow(row, { currencyOf: () => invoice?.currency }));
    const told: Told = { payment, author: c.get("author") };
    const isNew = payment.reference
      ? await recordOnce(services, told, given.reference ? 409 : 422)
      : await recordAnother(services, told);
    await recordFreshness(services, { through: services.clock() });
    return isNew ? c.json(toAnswer(payment), 201) : c.json(toAnswer(payment), 200);
  },
);

type Told = { payment: PaymentRecord; author: string };

/** A reference that stands for something else contradicts what is recorded; a reused key is answered as its draft standard says. */
async function recordOnce(services: Services, told: Told, onOther: 409 | 422): Promise<boolean> {
  const outcomes = await record(services, told);
  const [outcome] = outcomes;
  if (outcome && !outcome.ok && outcome.column === "reference") {
    const field = onOther === 409 ? "reference" : "Idempotency-Key";
    throw new ProblemError(onOther, `${field} ${outcome.error}`, [
      { field, value: outcome.value, detail: outcome.error },
    ]);
  }
  return isChanged(outcomes);
}

/** Nothing tells two such payments apart but their count. Of two at the same moment, one counts on. */
async function recordAnother(services: Services, { payment, author }: Told): Promise<boolean> {
  let occurrence = await countLikePayments(services.db, payment);
  while (!isChanged(await record(services, { payment: { ...payment, occurrence }, author }))) occurrence++;
  return true;
}

function record(services: Services, { payment, author }: Told) {
  return recordPayments(services, [payment], {
    author,
    at: services.clock(),
    source: "api",
  });
}

function toAnswer(payment: PaymentRecord): z.output<typeof answer> {
  return {
    invoice_number: payment.invoiceNumber ?? null,
    customer_ref: payment.customerRef ?? null,
    amount: formatDecimal(payment.amountMinor, payment.currency),
    currency: payment.currency,
    paid_on: formatCivilDay(payment.paidOn),
    kind: payment.kind,
    reference: payment.reference ?? null,
  };
}

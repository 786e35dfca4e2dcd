import { z } from "zod";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Money, PaymentEvent } from "../../reminders/money/record-payment-event.ts";
import {
  charge,
  creditNote,
  dispute,
  intent,
  invoice,
  invoicePayment,
  soleRefund,
} from "./stripe-objects.ts";

const envelope = z.object({
  id: z.string().min(1),
  type: z.string(),
  created: z.int(),
  data: z.object({ object: z.unknown() }),
});
type Envelope = z.output<typeof envelope>;

export type ReadStripe = {
  payments: { id: string; event: PaymentEvent }[];
  /** What no rule of ours settles. */
  forPerson: { id: string; reason: string } | null;
};

const PERSON: Record<string, string> = {
  "credit_note.voided": "a credit note of Stripe that was taken back",
  "invoice.marked_uncollectible": "an invoice that Stripe counts as uncollectible",
  "refund.failed": "a refund of Stripe that failed",
};
/** Without decimals in ISO 4217, with two at Stripe: https://docs.stripe.com/currencies#special-cases */
const TWO_DECIMALS_AT_STRIPE = ["ISK", "UGX"];

/** Reads an event of Stripe; null for what is none. */
export function readStripeEvent(text: string): ReadStripe | null {
  const read = envelope.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const event = read.data;
  const reader = READERS[event.type];
  const payments = reader ? reader(event) : [];
  const reason =
    PERSON[event.type] ?? (payments ? null : `a ${event.type} that names no invoice or no money`);
  return {
    payments: (payments ?? []).map((told, i) => ({ id: `${event.id} ${i}`, event: told })),
    forPerson: reason === null ? null : { id: event.id, reason: `${reason}${nameOf(event)}` },
  };
}

/** Which one it is: finance finds it at Stripe by that. */
function nameOf({ data }: Envelope): string {
  const { id } = (data.object ?? {}) as { id?: unknown };
  return typeof id === "string" ? ` (${id})` : "";
}

const READERS: Record<string, (event: Envelope) => PaymentEvent[] | null> = {
  "invoice.finalized": namedInvoice,
  "invoice.sent": namedInvoice,
  "invoice.updated": namedInvoice,
  "invoice.paid": paidInvoice,
  "invoice.payment_succeeded": paidInvoice,
  "invoice_payment.paid": paidPart,
  "invoice.voided": voidedInvoice,
  "payment_intent.succeeded": succeededIntent,
  "charge.refunded": refundedCharge,
  "refund.created": refunded,
  "refund.updated": refunded,
  "refund.failed": refunded,
  "charge.dispute.created": openedDispute,
  "charge.dispute.funds_withdrawn": withdrawnFunds,
  "charge.dispute.funds_reinstated": reinstatedFunds,
  "charge.dispute.closed": closedDispute,
  "credit_note.created": issuedCreditNote,
};

/** Its number at Stripe is ours, unless its metadata says otherwise. */
function numberOf({ number, metadata: own }: Pick<z.output<typeof invoice>, "number" | "metadata">) {
  return own?.invoice_number ?? number;
}

function namedInvoice({ data }: Envelope): PaymentEvent[] {
  const read = invoice.safeParse(data.object);
  const number = read.data && numberOf(read.data);
  return number ? [{ names: { [read.data!.id]: number } }] : [];
}

/**
 * What older versions tell with the intent that paid it is one payment; newer ones tell a total, without the intents. Nothing paid
 * means settled in a way that only a person knows.
 */
function paidInvoice({ data, created }: Envelope): Money[] | null {
  const read = invoice.safeParse(data.object);
  const number = read.data && numberOf(read.data);
  if (!number) return null;
  const { id: told, currency, amount_paid: amount, status_transitions: transitions } = read.data!;
  if (amount === 0) return null;
  const paidBy = read.data!.payment_intent ?? read.data!.charge;
  const reference = paidBy ?? `${told} ${amount}`;
  const row = { number, currency, amount, at: transitions?.paid_at ?? created, reference };
  const names = { [told]: number, [reference]: told };
  return [{ ...rowOf({ ...row, kind: "payment" }), names, counts: paidBy ? "part" : "total" }];
}

/** One of the payments of an invoice, as newer versions tell them: what it was paid by, and by no number for what. */
function paidPart({ data, created }: Envelope): Money[] | null {
  const read = invoicePayment.safeParse(data.object);
  if (!read.data?.invoice) return null;
  const { id: told, invoice: of, currency, amount_paid: amount, payment } = read.data;
  if (amount === 0) return [];
  const reference = payment.payment_intent ?? payment.charge ?? payment.payment_record ?? told;
  const at = read.data.status_transitions?.paid_at ?? created;
  const row = rowOf({ currency, amount, at, reference, kind: "payment" });
  return [{ ...row, names: { [reference]: of }, of, counts: "part" }];
}

function voidedInvoice({ data }: Envelope): PaymentEvent[] | null {
  const read = invoice.safeParse(data.object);
  const number = read.data && numberOf(read.data);
  return number ? [{ voided: number }] : null;
}

/**
 * An intent of a Stripe invoice is told by that invoice; newer versions name it as the order, if at all. Another one names ours in
 * its metadata, as `invoice_number`. One that names none waits for what is told of it later, or for a person to say what it was for.
 */
function succeededIntent({ data, created: at }: Envelope): Money[] | null {
  const read = intent.safeParse(data.object);
  if (!read.success) return null;
  const { id: told, currency, amount_received: amount, invoice: invoiceId, metadata: own } = read.data;
  if (invoiceId) return [];
  const order = read.data.payment_details?.order_reference;
  const of = order?.startsWith("in_") ? order : told;
  const row = rowOf({ number: own?.invoice_number, currency, amount, at, reference: told, kind: "payment" });
  return [{ ...row, names: of === told ? {} : { [told]: of }, of, counts: "part" }];
}

/** With its list, each refund for itself; newer versions leave it out and tell the total given back. */
function refundedCharge({ data, created }: Envelope): Money[] | null {
  const read = charge.safeParse(data.object);
  if (!read.success) return null;
  const { id: told, currency, amount_refunded: total, payment_intent: intentId, metadata: own } = read.data;
  const of = intentId ?? told;
  const money = { number: own?.invoice_number, currency, of };
  if (!read.data.refunds) {
    const reference = `${told} ${total}`;
    const row = refundRow({ ...money, amount: total, at: created, reference });
    return total === 0 ? [] : [{ ...row, counts: "total" }];
  }
  const done = read.data.refunds.data.filter(({ status }) => isDone(status));
  return done.map((one) => refundRow({ ...money, amount: one.amount, at: one.created, reference: one.id }));
}

/** What failed is still here. Where it was recorded before it failed, it comes back as money of its own; else it waits for that. */
function refunded({ data }: Envelope): Money[] | null {
  const read = soleRefund.safeParse(data.object);
  const of = read.data?.payment_intent ?? read.data?.charge;
  if (!of) return null;
  const { id: reference, amount, created: at, currency, status } = read.data!;
  if (isDone(status)) return [refundRow({ currency, of, amount, at, reference })];
  return [
    { ...rowOf({ currency, amount, at, reference: `${reference} failed`, kind: "payment" }), of: reference },
  ];
}

function isDone(status: string | null | undefined): boolean {
  return status !== "failed" && status !== "canceled";
}

function openedDispute({ data }: Envelope): PaymentEvent[] | null {
  const read = readDispute(data.object);
  return read && [{ dispute: read.id, isOpen: true, of: read.of }];
}

/** The money is gone while the payer's bank decides: the invoice is open again, and nobody is reminded of it meanwhile. */
function withdrawnFunds({ data, created: at }: Envelope): PaymentEvent[] | null {
  const read = readDispute(data.object);
  if (!read) return null;
  const { id: told, of, currency, amount } = read;
  const row = rowOf({ currency, amount, at, reference: told, kind: "refund" });
  return [
    { ...row, of },
    { dispute: told, isOpen: true, of },
  ];
}

function reinstatedFunds({ data, created: at }: Envelope): PaymentEvent[] | null {
  const read = readDispute(data.object);
  if (!read) return null;
  const { id: told, of, currency, amount } = read;
  return [{ ...rowOf({ currency, amount, at, reference: `${told} reinstated`, kind: "payment" }), of }];
}

function closedDispute({ data }: Envelope): PaymentEvent[] | null {
  const read = readDispute(data.object);
  return read && [{ dispute: read.id, isOpen: false, of: read.of }];
}

function readDispute(object: unknown) {
  const { data } = dispute.safeParse(object);
  const of = data?.payment_intent ?? data?.charge;
  return data && of ? { ...data, of } : null;
}

/** What was given back outside Stripe is no credit that is left. */
function issuedCreditNote({ data, created: at }: Envelope): PaymentEvent[] | null {
  const read = creditNote.safeParse(data.object);
  if (!read.data?.invoice) return null;
  const { id: reference, invoice: of, currency, out_of_band_amount: paidBack } = read.data;
  const amount = read.data.amount - (paidBack ?? 0);
  return amount <= 0 ? [] : [{ ...rowOf({ currency, amount, at, reference, kind: "credit_note" }), of }];
}

type ToldRow = { number?: string; currency: string; amount: number; at: number; reference: string };

/** A part of what was given back of a payment, named after it. */
function refundRow({ of, ...told }: ToldRow & { of: string }): Money {
  return { ...rowOf({ ...told, kind: "refund" }), names: { [told.reference]: of }, of, counts: "part" };
}

function rowOf(told: ToldRow & { kind: "payment" | "refund" | "credit_note" }): Money {
  const { number, amount, at, reference, kind } = told;
  const currency = told.currency.toUpperCase();
  const minor = TWO_DECIMALS_AT_STRIPE.includes(currency) ? Math.round(amount / 100) : amount;
  return {
    row: {
      ...(number !== undefined && { invoice_number: number }),
      amount: formatDecimal(minor, currency),
      currency,
      paid_on: formatCivilDay(civilDayAt(at * 1000, "UTC")),
      reference,
      kind,
    },
  };
}

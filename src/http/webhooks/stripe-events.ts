import { z } from "zod";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { civilDayAt } from "../../domain/zone.ts";
import type { Money, PaymentEvent } from "../../reminders/record-payment-event.ts";

const id = z.string().min(1);
/** An id, or the whole object in its place. */
const idOf = z
  .union([id, z.object({ id })])
  .nullish()
  .transform((told) => (typeof told === "object" ? told?.id : told));
const amount = z.int().nonnegative();
const metadata = z.object({ invoice_number: z.string().min(1).optional() }).nullish();

const invoice = z.object({
  id,
  number: z.string().nullish(),
  currency: z.string(),
  amount_paid: amount,
  payment_intent: idOf,
  charge: idOf,
  status_transitions: z.object({ paid_at: z.int().nullish() }).nullish(),
});
const intent = z.object({ id, currency: z.string(), amount_received: amount, invoice: idOf, metadata });
const refund = z.object({ id, amount, created: z.int(), status: z.string().nullish() });
const charge = z.object({
  id,
  currency: z.string(),
  amount_refunded: amount,
  payment_intent: idOf,
  metadata,
  refunds: z.object({ data: z.array(refund) }).nullish(),
});
const envelope = z.object({
  id,
  type: z.string(),
  created: z.int(),
  data: z.object({ object: z.unknown(), previous_attributes: z.record(z.string(), z.unknown()).optional() }),
});
type Envelope = z.output<typeof envelope>;

export type ReadStripe = {
  payments: { id: string; event: PaymentEvent }[];
  /** What no rule of ours settles. */
  forPerson: { id: string; reason: string } | null;
};

const PERSON: Record<string, string> = {
  "credit_note.created": "a credit note of Stripe",
  "credit_note.voided": "a credit note of Stripe that was taken back",
  "invoice.marked_uncollectible": "an invoice that Stripe counts as uncollectible",
  "refund.failed": "a refund of Stripe that failed",
  "charge.dispute.created": "a payment that the payer's bank contests",
  "charge.dispute.funds_withdrawn": "money that the payer's bank took back",
};
/** Without decimals in ISO 4217, with two at Stripe: https://docs.stripe.com/currencies#special-cases */
const TWO_DECIMALS_AT_STRIPE = ["ISK", "UGX"];

/** Reads an event of Stripe; null for what is none. */
export function readStripeEvent(text: string): ReadStripe | null {
  const read = envelope.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const event = read.data;
  const reason = PERSON[event.type];
  if (reason !== undefined) return { payments: [], forPerson: { id: event.id, reason } };
  const reader = READERS[event.type];
  if (!reader) return { payments: [], forPerson: null };
  const payments = reader(event);
  if (payments === null)
    return {
      payments: [],
      forPerson: { id: event.id, reason: `a ${event.type} that names no invoice or no money` },
    };
  return { payments: payments.map((told, i) => ({ id: `${event.id} ${i}`, event: told })), forPerson: null };
}

const READERS: Record<string, (event: Envelope) => PaymentEvent[] | null> = {
  "invoice.paid": paidInvoice,
  "invoice.payment_succeeded": paidInvoice,
  "invoice.voided": voidedInvoice,
  "payment_intent.succeeded": succeededIntent,
  "charge.refunded": refundedCharge,
};

/**
 * Told twice, by both types of event, and by newer versions with a total that grows and without the intent that paid it: the
 * reference, or the total, makes it once. Nothing paid means settled in a way that only a person knows.
 */
function paidInvoice({ data, created }: Envelope): Money[] | null {
  const read = invoice.safeParse(data.object);
  if (!read.success || !read.data.number) return null;
  const { number, currency, amount_paid: amount, status_transitions: transitions } = read.data;
  if (amount === 0) return null;
  const { id: told, payment_intent: intentId, charge: chargeId } = read.data;
  const paidBy = intentId ?? chargeId;
  const at = transitions?.paid_at ?? created;
  const money = rowOf({ number, currency, amount, at, reference: paidBy ?? told, kind: "payment" });
  return [paidBy ? money : { ...money, totalUnder: told }];
}

function voidedInvoice({ data }: Envelope): PaymentEvent[] | null {
  const read = invoice.safeParse(data.object);
  return read.success && read.data.number ? [{ voided: read.data.number }] : null;
}

/** An intent of a Stripe invoice is told by that invoice; another one names ours in its metadata, as `invoice_number`. */
function succeededIntent({ data, created: at }: Envelope): Money[] | null {
  const read = intent.safeParse(data.object);
  if (!read.success) return null;
  const { id: told, currency, amount_received: amount, invoice: of, metadata: own } = read.data;
  if (of) return [];
  if (!own?.invoice_number) return null;
  return [rowOf({ number: own.invoice_number, currency, amount, at, reference: told, kind: "payment" })];
}

function refundedCharge({ data, created }: Envelope): Money[] | null {
  const read = charge.safeParse(data.object);
  if (!read.success) return null;
  const {
    id: chargeId,
    currency,
    amount_refunded: total,
    payment_intent: intentId,
    metadata: own,
    refunds,
  } = read.data;
  const of = {
    number: own?.invoice_number,
    givesBack: intentId ?? chargeId,
    currency,
    kind: "refund" as const,
  };
  if (refunds) {
    const done = refunds.data.filter(({ status }) => status !== "failed" && status !== "canceled");
    return done.map(({ id: told, amount, created: at }) => rowOf({ ...of, amount, at, reference: told }));
  }
  // Newer versions leave the list out: what was added since the event before is this refund.
  const before = Number(data.previous_attributes?.amount_refunded ?? 0);
  return [rowOf({ ...of, amount: total - before, at: created, reference: `${chargeId} ${total}` })];
}

function rowOf(told: {
  number: string | undefined;
  givesBack?: string;
  currency: string;
  amount: number;
  at: number;
  reference: string;
  kind: "payment" | "refund";
}): Money {
  const { number, givesBack, amount, at, reference, kind } = told;
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
    ...(givesBack !== undefined && { givesBack }),
  };
}

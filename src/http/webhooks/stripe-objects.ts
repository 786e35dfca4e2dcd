import { z } from "zod";

// What is read of Stripe's objects, of API versions before and since 2025-03-31 (basil): https://docs.stripe.com/api

const id = z.string().min(1);
/** An id, or the whole object in its place. */
const idOf = z
  .union([id, z.object({ id })])
  .nullish()
  .transform((told) => (typeof told === "object" ? told?.id : told));
const amount = z.int().nonnegative();
const metadata = z.object({ invoice_number: z.string().min(1).optional() }).nullish();

export const invoice = z.object({
  id,
  number: z.string().nullish(),
  currency: z.string(),
  amount_paid: amount,
  payment_intent: idOf,
  charge: idOf,
  metadata,
  status_transitions: z.object({ paid_at: z.int().nullish() }).nullish(),
});
export const invoicePayment = z.object({
  id,
  invoice: idOf,
  currency: z.string(),
  amount_paid: amount,
  payment: z.object({ payment_intent: idOf, charge: idOf, payment_record: idOf }),
  status_transitions: z.object({ paid_at: z.int().nullish() }).nullish(),
});
export const intent = z.object({
  id,
  currency: z.string(),
  amount_received: amount,
  invoice: idOf,
  metadata,
  payment_details: z.object({ order_reference: z.string().nullish() }).nullish(),
});
const refund = z.object({
  id,
  amount,
  created: z.int(),
  status: z.string().nullish(),
});
/** A refund that is an event's object, not one of a list: it says of what. */
export const soleRefund = refund.extend({ currency: z.string(), payment_intent: idOf, charge: idOf });
export const charge = z.object({
  id,
  currency: z.string(),
  amount_refunded: amount,
  payment_intent: idOf,
  metadata,
  refunds: z.object({ data: z.array(refund) }).nullish(),
});
export const dispute = z.object({ id, currency: z.string(), amount, payment_intent: idOf, charge: idOf });
export const creditNote = z.object({
  id,
  invoice: idOf,
  currency: z.string(),
  amount,
  out_of_band_amount: amount.nullish(),
});

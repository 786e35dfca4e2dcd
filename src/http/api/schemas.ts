import { z } from "@hono/zod-openapi";
import { LISTED_STATUSES } from "../../db/invoice-list.ts";
import { DISPUTE_REASONS } from "../../domain/dispute.ts";
import { CONTACT_ROLES, CUSTOMER_KINDS, HOLD_KINDS } from "../../domain/facts.ts";

export const isoDate = z.string().openapi({ format: "date", example: "2026-03-31" });
export const isoInstant = z.string().openapi({ format: "date-time", example: "2026-03-31T09:00:00Z" });
export const amount = z
  .string()
  .openapi({ description: "Decimal, with the currency's decimals.", example: "1234.56" });
export const currency = z.string().openapi({ description: "ISO 4217.", example: "EUR" });
export const cursor = z
  .string()
  .nullable()
  .openapi({ description: "Give it back for the next page; null on the last." });

const TEXT = { error: "is text, in quotes" };

/** A field of a body as it would stand in a file: text; null and "" are as good as absent. */
export function field(options: { description?: string; example?: string; enum?: readonly string[] } = {}) {
  const { enum: values, ...rest } = options;
  return z
    .string(TEXT)
    .nullish()
    .openapi({ ...rest, ...(values && { enum: [...values] }) });
}

export const dateField = () => z.string(TEXT).nullish().openapi({ format: "date", example: "2026-03-31" });

export const decimalField = () =>
  z
    .string({ error: 'is a decimal in quotes, like "1234.56"' })
    .regex(/^(\d+(\.\d+)?)?$/, 'is a decimal with a point and nothing between thousands, like "1234.56"')
    .nullish()
    .openapi({ example: "1234.56" });

export const invoiceParams = z.object({
  number: z.string().openapi({ description: "The invoice number, percent-encoded." }),
});
export const customerParams = z.object({
  ref: z.string().openapi({ description: "The customer's reference, percent-encoded." }),
});

export const invoiceAnswer = z
  .object({
    invoice_number: z.string(),
    customer_ref: z.string(),
    customer_name: z.string(),
    owner_email: z.string().nullable(),
    currency,
    amount,
    balance: amount.openapi({ description: "The amount less everything allocated to it." }),
    issued_on: isoDate.nullable(),
    due_on: isoDate.nullable(),
    status: z.enum(LISTED_STATUSES).openapi({ description: "`paid` is an open invoice with nothing left." }),
    stage: z.string().nullable().openapi({ description: "The stage of the last reminder that left." }),
    po_number: z.string().nullable(),
    payment_url: z.string().nullable(),
    invoice_url: z.string().nullable(),
    missing: z
      .boolean()
      .openapi({ description: "Absent from the last complete import, and nobody said why." }),
  })
  .openapi("Invoice");

export const invoiceDetailAnswer = invoiceAnswer
  .extend({
    payments: z.array(
      z.object({ kind: z.string(), paid_on: isoDate, amount, reference: z.string().nullable() }),
    ),
    holds: z.array(
      z.object({
        kind: z.enum(HOLD_KINDS),
        on: z.enum(["invoice", "customer"]),
        reason: z.string(),
        until: isoDate.nullable(),
        question_to: z.string().nullable(),
        amount: amount.nullable().openapi({ description: "The share held; null for the whole." }),
        author: z.string(),
      }),
    ),
    reminders: z.array(
      z.object({
        reminder: z.string(),
        stage: z.string(),
        state: z.string(),
        on: isoDate,
        sent_at: isoInstant.nullable(),
        amount: amount.openapi({ description: "What was asked for this invoice." }),
      }),
    ),
    promise: z
      .object({
        promise: z.string(),
        state: z.enum(["asked", "open"]),
        amount,
        on: isoDate,
        last_day: isoDate,
        name: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: "The promise that stands, or that finance is asked about." }),
    dispute: z
      .object({
        dispute: z.string(),
        reason: z.enum(DISPUTE_REASONS),
        amount: amount.nullable().openapi({ description: "The share; null for the whole." }),
        text: z.string().nullable(),
        opened_at: isoInstant,
      })
      .nullable(),
    plan: z
      .object({
        plan: z.string(),
        state: z.enum(["asked", "agreed"]),
        invoices: z.array(z.string()),
        instalments: z.array(z.object({ amount, on: isoDate, state: z.enum(["open", "kept", "missed"]) })),
      })
      .nullable(),
  })
  .openapi("InvoiceDetail");

export const customerAnswer = z
  .object({
    customer_ref: z.string(),
    name: z.string(),
    legal_name: z.string().nullable(),
    address: z.string().nullable(),
    kind: z.enum(CUSTOMER_KINDS),
    country: z.string().nullable(),
    locale: z.string().nullable(),
    timezone: z.string().nullable(),
    owner_email: z.string().nullable(),
    policy: z.string().nullable(),
    contacts: z.array(
      z.object({ name: z.string().nullable(), email: z.string(), role: z.enum(CONTACT_ROLES) }),
    ),
  })
  .openapi("Customer");

const LONGEST_REASON = 500;

/** A person's reason for the record; `needed` says what for. */
export function reasonOf(needed: string) {
  return z
    .string({ error: `is needed: ${needed}` })
    .trim()
    .min(1, `is needed: ${needed}`)
    .max(LONGEST_REASON, `has at most ${LONGEST_REASON} characters`);
}

/** The body of a request, JSON. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { required: true as const, content: { "application/json": { schema } } };
}

/** A successful answer, JSON. */
export function answers<T extends z.ZodType>(description: string, schema: T) {
  return { description, content: { "application/json": { schema } } };
}

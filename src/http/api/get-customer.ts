import { z } from "@hono/zod-openapi";
import type { WaitingAlert } from "../../db/portfolio.ts";
import { ALERT_KINDS } from "../../domain/alert.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { CONTACT_ROLES, HOLD_KINDS } from "../../domain/facts.ts";
import { formatDecimal } from "../../domain/money.ts";
import { type CustomerCard, getCustomerCard } from "../../reminders/records/get-customer-card.ts";
import { endpoint } from "../endpoint.ts";
import { amount, answers, currency, customerParams, isoDate, isoInstant } from "./schemas.ts";

export const waiting = z.object({
  alert: z.string(),
  kind: z.enum(ALERT_KINDS),
  about: z
    .string()
    .nullable()
    .openapi({ description: "The id of the matter, where that is not an invoice." }),
  customer_ref: z.string().nullable(),
  invoices: z.array(z.string()),
  since: isoInstant,
});

const card = z
  .object({
    customer_ref: z.string(),
    name: z.string(),
    owner_email: z.string().nullable(),
    contacts: z.array(
      z.object({
        role: z.enum(CONTACT_ROLES),
        name: z.string().nullable(),
        email: z.string(),
        suppressed: z.boolean().openapi({ description: "Nothing is mailed to it any more." }),
      }),
    ),
    totals: z.array(z.object({ currency, open: amount, overdue: amount })),
    invoices: z
      .array(
        z.object({
          invoice_number: z.string(),
          currency,
          balance: amount,
          due_on: isoDate.nullable(),
          days_overdue: z.int(),
          stage: z.string().nullable().openapi({ description: "What comes next." }),
          action: z.enum(["send", "wait", "none"]),
          reason: z.string().nullable(),
          on: isoDate.nullable(),
        }),
      )
      .openapi({ description: "What is open, the oldest due first." }),
    more: z.int().openapi({ description: "How many open invoices there are besides." }),
    last_contact: z
      .object({
        kind: z.enum(["reminder", "call"]),
        on: isoDate,
        what: z.string().openapi({ description: "The stage, or what was said." }),
        who: z.string().nullable(),
      })
      .nullable(),
    holds: z.array(
      z.object({
        kind: z.enum(HOLD_KINDS),
        reason: z.string(),
        until: isoDate.nullable(),
        author: z.string(),
      }),
    ),
    promises: z.array(z.object({ promise: z.string(), invoice_number: z.string(), amount, on: isoDate })),
    disputes: z.array(z.object({ dispute: z.string(), invoice_number: z.string(), reason: z.string() })),
    plans: z.array(z.object({ plan: z.string(), state: z.string(), invoices: z.array(z.string()) })),
    objections: z
      .array(z.object({ reminder: z.string(), reason: z.string(), author: z.string() }))
      .openapi({ description: "Of account owners, against letters that wait for finance's word." }),
    waiting: z.array(waiting).openapi({ description: "Questions to people that nobody has settled." }),
  })
  .openapi("CustomerCard");

export const getCustomer = endpoint(
  {
    summary: "How a customer stands: what is open, what comes next and why, the last contact, what waits",
    tags: ["Reading"],
    request: { params: customerParams },
    responses: { 200: answers("The customer", card) },
  },
  (services) => async (c) => c.json(toCard(await getCustomerCard(services, c.req.valid("param").ref)), 200),
);

function toCard({ customer, ...stands }: CustomerCard): z.output<typeof card> {
  const { ref, name, ownerEmail, contacts } = customer;
  const { lastContact } = stands;
  return {
    customer_ref: ref,
    name,
    owner_email: ownerEmail,
    contacts: contacts.map(({ isSuppressed, ...contact }) => ({ ...contact, suppressed: isSuppressed })),
    totals: stands.totals.map((total) => ({
      currency: total.currency,
      open: formatDecimal(total.openMinor, total.currency),
      overdue: formatDecimal(total.overdueMinor, total.currency),
    })),
    invoices: stands.invoices.map(({ number, currency, balanceMinor, dueOn, daysOverdue, next }) => ({
      invoice_number: number,
      currency,
      balance: formatDecimal(balanceMinor, currency),
      due_on: dayText(dueOn),
      days_overdue: daysOverdue,
      stage: next.stage,
      action: next.action,
      reason: next.reason,
      on: next.on,
    })),
    more: stands.more,
    last_contact: lastContact && { ...lastContact, on: formatCivilDay(lastContact.on) },
    holds: stands.holds.map(({ kind, reason, until, author }) => ({
      kind,
      reason,
      until: dayText(until),
      author,
    })),
    promises: stands.promises.map(({ id, invoiceNumber, amountMinor, currency, on }) => ({
      promise: id,
      invoice_number: invoiceNumber,
      amount: formatDecimal(amountMinor, currency),
      on: formatCivilDay(on),
    })),
    disputes: stands.disputes.map(({ id, invoiceNumber, reason }) => ({
      dispute: id,
      invoice_number: invoiceNumber,
      reason,
    })),
    plans: stands.plans.map(({ id, state, invoices }) => ({
      plan: id,
      state,
      invoices: invoices.map(({ number }) => number),
    })),
    objections: stands.objections.map(({ reminder, reason, author }) => ({ reminder, reason, author })),
    waiting: stands.waiting.map(toWaiting),
  };
}

export function toWaiting({ id, kind, about, payload, createdAt }: WaitingAlert): z.output<typeof waiting> {
  return {
    alert: id,
    kind: kind as z.output<typeof waiting>["kind"],
    about,
    customer_ref: payload.customer?.ref ?? null,
    invoices: payload.invoices.map(({ number }) => number),
    since: new Date(createdAt).toISOString(),
  };
}

export function dayText(day: number | null): string | null {
  return day === null ? null : formatCivilDay(day);
}

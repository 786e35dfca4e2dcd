import { z } from "@hono/zod-openapi";
import { type InvoiceHistory, readInvoiceHistory } from "../../db/invoice-history.ts";
import {
  findListedInvoice,
  LISTED_STATUSES,
  type ListedInvoice,
  listInvoices,
} from "../../db/invoice-list.ts";
import type { Db } from "../../db/open.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { isIdOf } from "../../domain/ids.ts";
import { formatDecimal } from "../../domain/money.ts";
import { AppError } from "../../errors.ts";
import { endpoint } from "../endpoint.ts";
import { answers, cursor, invoiceAnswer, invoiceDetailAnswer, invoiceParams } from "./schemas.ts";

const PAGE_SIZE = 100;

export const getInvoices = endpoint(
  {
    summary: "Lists invoices in the order in which they were recorded, 100 a page",
    tags: ["Reading"],
    request: {
      query: z.strictObject({
        status: z.enum(LISTED_STATUSES, { error: `is one of ${LISTED_STATUSES.join(", ")}` }).optional(),
        stage: z.string().optional().openapi({ description: "The stage of the last reminder that left." }),
        owner: z.string().optional().openapi({ description: "The account owner's e-mail address." }),
        cursor: z
          .string()
          .refine((id) => isIdOf("inv", id), "is not one that was given out")
          .optional()
          .openapi({ description: "`next_cursor` of the page before." }),
      }),
    },
    responses: {
      200: answers("A page", z.object({ invoices: z.array(invoiceAnswer), next_cursor: cursor })),
    },
  },
  (services) => async (c) => {
    const { cursor: after, ...filter } = c.req.valid("query");
    const found = await listInvoices(services.db, filter, { after, limit: PAGE_SIZE + 1 });
    const page = found.slice(0, PAGE_SIZE);
    const next = found.length > PAGE_SIZE ? page.at(-1)!.id : null;
    return c.json({ invoices: page.map(toInvoiceAnswer), next_cursor: next }, 200);
  },
);

export const getInvoice = endpoint(
  {
    summary: "One invoice with its payments, holds and reminders, and what its debtor answered",
    tags: ["Reading"],
    request: { params: invoiceParams },
    responses: { 200: answers("The invoice", invoiceDetailAnswer) },
  },
  (services) => async (c) => {
    const invoice = await requireInvoice(services.db, c.req.valid("param").number);
    const history = await readInvoiceHistory(services.db, invoice);
    const { currency } = invoice;
    const stands = { ...toHistoryAnswer(history, currency), ...toAnswersOf(history, currency) };
    return c.json({ ...toInvoiceAnswer(invoice), ...stands }, 200);
  },
);

export async function requireInvoice(db: Db, number: string): Promise<ListedInvoice> {
  const invoice = await findListedInvoice(db, number);
  if (!invoice) throw new AppError("not_found", `There is no invoice "${number}".`);
  return invoice;
}

export function toInvoiceAnswer(invoice: ListedInvoice): z.output<typeof invoiceAnswer> {
  const { currency } = invoice;
  return {
    invoice_number: invoice.number,
    customer_ref: invoice.customerRef,
    customer_name: invoice.customerName,
    owner_email: invoice.ownerEmail,
    currency,
    amount: formatDecimal(invoice.amountMinor, currency),
    balance: formatDecimal(invoice.balanceMinor, currency),
    issued_on: dateOrNull(invoice.issuedOn),
    due_on: dateOrNull(invoice.dueOn),
    status: invoice.status,
    stage: invoice.stage,
    po_number: invoice.poNumber,
    payment_url: invoice.paymentUrl,
    invoice_url: invoice.invoiceUrl,
    missing: invoice.isMissing,
  };
}

function toHistoryAnswer({ payments, holds, reminders }: InvoiceHistory, currency: string) {
  const decimal = (minor: number) => formatDecimal(minor, currency);
  return {
    payments: payments.map(({ kind, paidOn, amountMinor, reference }) => ({
      kind,
      paid_on: formatCivilDay(paidOn),
      amount: decimal(amountMinor),
      reference,
    })),
    holds: holds.map(({ kind, isOnCustomer, reason, until, questionTo, amountMinor, author }) => ({
      kind,
      on: isOnCustomer ? ("customer" as const) : ("invoice" as const),
      reason,
      until: dateOrNull(until),
      question_to: questionTo,
      amount: amountMinor === null ? null : decimal(amountMinor),
      author,
    })),
    reminders: reminders.map(({ id, stage, state, on, sentAt, askedMinor }) => ({
      reminder: id,
      stage,
      state,
      on: formatCivilDay(on),
      sent_at: sentAt === null ? null : new Date(sentAt).toISOString(),
      amount: decimal(askedMinor),
    })),
  };
}

type Stands = Pick<z.output<typeof invoiceDetailAnswer>, "promise" | "dispute" | "plan">;

function toAnswersOf({ promise, dispute, plan }: InvoiceHistory, currency: string): Stands {
  const decimal = (minor: number) => formatDecimal(minor, currency);
  return {
    promise: promise && {
      promise: promise.id,
      state: promise.state as "asked" | "open",
      amount: decimal(promise.amountMinor),
      on: formatCivilDay(promise.on),
      last_day: formatCivilDay(promise.lastDay),
      name: promise.name,
    },
    dispute: dispute && {
      dispute: dispute.id,
      reason: dispute.reason,
      amount: dispute.amountMinor === null ? null : decimal(dispute.amountMinor),
      text: dispute.text,
      opened_at: new Date(dispute.openedAt).toISOString(),
    },
    plan: plan && {
      plan: plan.id,
      state: plan.state as "asked" | "agreed",
      invoices: plan.invoices.map(({ number }) => number),
      instalments: plan.instalments.map(({ on, amountMinor, state }) => ({
        amount: decimal(amountMinor),
        on: formatCivilDay(on),
        state,
      })),
    },
  };
}

function dateOrNull(day: CivilDay | null): string | null {
  return day === null ? null : formatCivilDay(day);
}

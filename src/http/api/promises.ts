import { z } from "@hono/zod-openapi";
import { findPromise } from "../../db/promises.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { AppError } from "../../errors.ts";
import { acceptPromise } from "../../reminders/agreements/accept-promise.ts";
import { changePromise } from "../../reminders/agreements/change-promise.ts";
import { declinePromise } from "../../reminders/agreements/decline-promise.ts";
import { makePromise } from "../../reminders/agreements/make-promise.ts";
import type { PromiseAnswer } from "../../reminders/agreements/promise-news.ts";
import { withdrawPromise } from "../../reminders/agreements/withdraw-promise.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf, minorOf, nameField, neededDate } from "./fields.ts";
import { requireInvoice } from "./invoices.ts";
import {
  amount,
  answers,
  currency,
  decimalField,
  field,
  invoiceParams,
  isoDate,
  jsonBody,
} from "./schemas.ts";

const body = z
  .strictObject({
    amount: decimalField().openapi({ description: "Absent: all that is left and not disputed." }),
    on: neededDate("the day on which it will be paid"),
    note: field({ description: "The debtor's own words." }),
    name: nameField(),
  })
  .openapi("PromiseBody");

export const promise = z
  .object({
    promise: z.string(),
    invoice_number: z.string(),
    currency,
    amount,
    on: isoDate,
    last_day: isoDate.openapi({ description: "Money dated until then is in time." }),
  })
  .openapi("Promise");

export const postPromise = endpoint(
  {
    summary: "Records a debtor's promise to pay, and confirms it to the debtor",
    description:
      "Who calls is finance: the policy's bounds, which are for debtors and account owners, do not bind.",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: { 201: answers("Recorded; the invoice is held through its last day", promise) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { on, note, name, ...given } = c.req.valid("json");
    const invoice = await requireInvoice(services.db, number);
    const amountMinor = minorOf("amount", given.amount, invoice.currency);
    const made = await makePromise(services, {
      invoices: [{ number, amountMinor }],
      on: dayOf("on", on),
      note: note ?? undefined,
      name: name ?? undefined,
      author: c.get("author"),
      by: "finance",
    });
    await confirmByMail(services);
    return c.json(toAnswers(made)[0]!, 201);
  },
);

const params = z.object({ id: z.string().openapi({ description: "The promise's id.", example: "prm_…" }) });

const decisionBody = z
  .strictObject({
    decision: z.enum(["approve", "decline"], { error: 'is "approve" or "decline"' }),
    answer: field({ description: "What the debtor is told where it is declined." }),
  })
  .openapi("PromiseDecisionBody");

const decided = z
  .object({
    decision: z.enum(["approve", "decline"]),
    invoices: z.array(z.string()),
    promises: z
      .array(promise)
      .openapi({ description: "What holds from now on; none where it was declined." }),
  })
  .openapi("PromiseDecision");

export const putPromiseDecision = endpoint(
  {
    summary: "Accepts or declines a promise beyond the policy's bounds, with those made together with it",
    tags: ["Answers"],
    request: { params, body: jsonBody(decisionBody) },
    responses: { 200: answers("Answered", decided) },
  },
  (services) => async (c) => {
    const word = { promiseId: c.req.valid("param").id, author: c.get("author") };
    const { decision, answer } = c.req.valid("json");
    if (decision === "decline") {
      const { invoices } = await declinePromise(services, { ...word, answer: answer ?? undefined });
      await confirmByMail(services);
      return c.json({ decision, invoices, promises: [] }, 200);
    }
    const promises = toAnswers(await acceptPromise(services, word));
    await confirmByMail(services);
    return c.json({ decision, invoices: promises.map((one) => one.invoice_number), promises }, 200);
  },
);

const changeBody = z
  .strictObject({
    on: neededDate("the day on which it will be paid"),
    amount: decimalField().openapi({ description: "Only for a promise that was made for one invoice." }),
    name: nameField(),
  })
  .openapi("PromiseChangeBody");

const changed = z.object({ promises: z.array(promise) }).openapi("PromiseChange");

export const putPromise = endpoint(
  {
    summary: "Moves a promise, with those made together with it, to another day; each goes on under a new id",
    description:
      "Who calls is finance: the policy's bounds, and that a debtor changes a day once, do not bind.",
    tags: ["Answers"],
    request: { params, body: jsonBody(changeBody) },
    responses: { 200: answers("Changed; the debtor gets it in writing", changed) },
  },
  (services) => async (c) => {
    const { id } = c.req.valid("param");
    const { on, amount, name } = c.req.valid("json");
    const former = await findPromise(services.db, id);
    if (!former) throw new AppError("not_found", `there is no promise ${id}`);
    const moved = await changePromise(services, {
      promiseId: id,
      on: dayOf("on", on),
      amountMinor: minorOf("amount", amount, former.currency),
      name: name ?? undefined,
      author: c.get("author"),
      by: "finance",
    });
    await confirmByMail(services);
    return c.json({ promises: toAnswers(moved) }, 200);
  },
);

export const deletePromise = endpoint(
  {
    summary: "Withdraws a promise, with those made together with it; the ladder goes on",
    tags: ["Answers"],
    request: { params },
    responses: { 204: { description: "Withdrawn" } },
  },
  (services) => async (c) => {
    await withdrawPromise(services, { promiseId: c.req.valid("param").id, author: c.get("author") });
    await confirmByMail(services);
    return c.body(null, 204);
  },
);

export function toAnswers({ promises, on, lastDay }: PromiseAnswer): z.output<typeof promise>[] {
  return promises.map(({ id, invoice, currency, amountMinor }) => ({
    promise: id,
    invoice_number: invoice,
    currency,
    amount: formatDecimal(amountMinor, currency),
    on: formatCivilDay(on),
    last_day: formatCivilDay(lastDay),
  }));
}

import { z } from "@hono/zod-openapi";
import { planQuery, readPlans } from "../../db/plans.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { Instalment } from "../../domain/plan.ts";
import { AppError } from "../../errors.ts";
import { askPlan } from "../../reminders/agreements/ask-plan.ts";
import { decidePlan } from "../../reminders/agreements/decide-plan.ts";
import { withdrawPlan } from "../../reminders/agreements/withdraw-plan.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf, minorOf, nameField, neededDate } from "./fields.ts";
import { requireInvoice } from "./invoices.ts";
import { amount, answers, currency, field, invoiceParams, isoDate, jsonBody } from "./schemas.ts";

const instalmentsBody = z
  .array(
    z.strictObject({
      amount: z
        .string({ error: 'is needed: a decimal in quotes, like "300.00"' })
        .openapi({ example: "300.00" }),
      on: neededDate("the day by which it is paid"),
    }),
    { error: "is needed: a list of amounts and days" },
  )
  .openapi({ description: "In order of days; together what is open of the invoices and not disputed." });

const waives = z
  .boolean({ error: "is true or false" })
  .nullish()
  .openapi({ description: "Whether interest is waived while the plan is kept." });

const body = z
  .strictObject({
    instalments: instalmentsBody,
    invoices: z
      .array(z.string())
      .nullish()
      .openapi({ description: "Further invoices of the same customer and currency, by number." }),
    waives_interest: waives,
    note: field({ description: "The debtor's own words." }),
    name: nameField(),
  })
  .openapi("PlanBody");

const plan = z
  .object({
    plan: z.string(),
    state: z.enum(["asked", "agreed", "declined"]),
    invoices: z.array(z.string()),
    currency,
    instalments: z.array(z.object({ amount, on: isoDate })),
  })
  .openapi("Plan");

export const postPlan = endpoint(
  {
    summary: "Records a plan of instalments, and sends the agreement to the debtor",
    description:
      "Who calls is finance: the plan is agreed at once, and the policy's bounds, which are for debtors, do not bind.",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: { 201: answers("Agreed; its invoices are held while the instalments come", plan) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const given = c.req.valid("json");
    const { currency } = await requireInvoice(services.db, number);
    const invoices = [...new Set([number, ...(given.invoices ?? [])])];
    const instalments = toInstalments(given.instalments, currency);
    const { id, state } = await askPlan(services, {
      invoices,
      instalments,
      note: given.note ?? undefined,
      name: given.name ?? undefined,
      author: c.get("author"),
      by: "finance",
      waivesInterest: given.waives_interest ?? false,
    });
    await confirmByMail(services);
    return c.json(
      { plan: id, state, invoices, currency, instalments: toAnswers(instalments, currency) },
      201,
    );
  },
);

const params = z.object({ id: z.string().openapi({ description: "The plan's id.", example: "pln_…" }) });

const decisionBody = z
  .strictObject({
    decision: z.enum(["approve", "change", "decline"], { error: 'is "approve", "change" or "decline"' }),
    instalments: instalmentsBody.nullish(),
    waives_interest: waives,
    answer: field({ description: "What the debtor is told." }),
  })
  .openapi("PlanDecisionBody");

export const putPlanDecision = endpoint(
  {
    summary: "Answers a debtor who asks for instalments; `change` agrees to others than were asked for",
    tags: ["Answers"],
    request: { params, body: jsonBody(decisionBody) },
    responses: { 200: answers("Answered; the debtor is told", plan) },
  },
  (services) => async (c) => {
    const { id } = c.req.valid("param");
    const { decision, instalments, waives_interest, answer } = c.req.valid("json");
    const [asked] = readPlans(await services.db.client.execute(planQuery(id)));
    if (!asked) throw new AppError("not_found", `there is no plan ${id}`);
    const { currency } = asked;
    const decided = await decidePlan(services, {
      planId: id,
      decision,
      instalments: instalments ? toInstalments(instalments, currency) : undefined,
      waivesInterest: waives_interest ?? false,
      answer: answer ?? undefined,
      author: c.get("author"),
    });
    await confirmByMail(services);
    return c.json(
      {
        plan: id,
        state: decided.state,
        invoices: asked.invoices.map(({ number }) => number),
        currency,
        instalments: toAnswers(decided.instalments, currency),
      },
      200,
    );
  },
);

export const deletePlan = endpoint(
  {
    summary: "Withdraws a plan that is asked for or agreed; the ladder goes on",
    tags: ["Answers"],
    request: { params },
    responses: { 204: { description: "Withdrawn; the debtor is told" } },
  },
  (services) => async (c) => {
    const { id } = c.req.valid("param");
    await withdrawPlan(services, { planId: id, author: c.get("author"), by: "finance" });
    await confirmByMail(services);
    return c.body(null, 204);
  },
);

function toInstalments(given: z.output<typeof instalmentsBody>, currency: string): Instalment[] {
  return given.map(({ amount, on }, i) => ({
    on: dayOf(`instalments.${i}.on`, on),
    amountMinor: minorOf(`instalments.${i}.amount`, amount, currency) ?? 0,
  }));
}

function toAnswers(instalments: Instalment[], currency: string) {
  return instalments.map(({ on, amountMinor }) => ({
    amount: formatDecimal(amountMinor, currency),
    on: formatCivilDay(on),
  }));
}

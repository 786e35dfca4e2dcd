import { z } from "@hono/zod-openapi";
import { endHold } from "../../reminders/decisions/end-hold.ts";
import type { HoldTarget } from "../../reminders/decisions/hold-target.ts";
import { setHold } from "../../reminders/decisions/set-hold.ts";
import type { Services } from "../../services.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf } from "./fields.ts";
import { answers, customerParams, invoiceParams, isoDate, jsonBody, reasonOf } from "./schemas.ts";

const body = z
  .strictObject({
    reason: reasonOf("why nothing is to be sent"),
    until: z.string({ error: "is needed: the last day of the hold, like 2026-03-31" }).openapi({
      format: "date",
      example: "2026-03-31",
      description: "The last day of the hold, in the customer's zone.",
    }),
  })
  .openapi("HoldBody");
type Body = z.output<typeof body>;

const answer = z.object({ reason: z.string(), until: isoDate }).openapi("Hold");
const stored = { 200: answers("Held through that day", answer) };
const ended = { 204: { description: "The hold has ended" } };

export const putInvoiceHold = endpoint(
  {
    summary: "Sends nothing for an invoice through a day",
    tags: ["Holds"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: stored,
  },
  (services) => async (c) =>
    c.json(
      await hold(
        services,
        { invoiceNumber: c.req.valid("param").number, author: c.get("author") },
        c.req.valid("json"),
      ),
      200,
    ),
);

export const putCustomerHold = endpoint(
  {
    summary: "Sends nothing to a customer through a day",
    tags: ["Holds"],
    request: { params: customerParams, body: jsonBody(body) },
    responses: stored,
  },
  (services) => async (c) =>
    c.json(
      await hold(
        services,
        { customerRef: c.req.valid("param").ref, author: c.get("author") },
        c.req.valid("json"),
      ),
      200,
    ),
);

export const deleteInvoiceHold = endpoint(
  {
    summary: "Ends the hold on an invoice",
    tags: ["Holds"],
    request: { params: invoiceParams },
    responses: ended,
  },
  (services) => async (c) => {
    await endHold(services, { invoiceNumber: c.req.valid("param").number, author: c.get("author") });
    return c.body(null, 204);
  },
);

export const deleteCustomerHold = endpoint(
  {
    summary: "Ends the hold on a customer",
    tags: ["Holds"],
    request: { params: customerParams },
    responses: ended,
  },
  (services) => async (c) => {
    await endHold(services, { customerRef: c.req.valid("param").ref, author: c.get("author") });
    return c.body(null, 204);
  },
);

async function hold(
  services: Services,
  target: HoldTarget & { author: string },
  { reason, until }: Body,
): Promise<Body> {
  const day = dayOf("until", until);
  await setHold(services, { ...target, reason, until: day });
  return { reason, until };
}

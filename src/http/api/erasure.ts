import { z } from "@hono/zod-openapi";
import { eraseCustomer } from "../../reminders/operation/erase-customer.ts";
import { endpoint } from "../endpoint.ts";
import { answers, customerParams, jsonBody, reasonOf } from "./schemas.ts";

const body = z
  .strictObject({
    reason: reasonOf("on whose wish, with nothing personal in it"),
    force: z.boolean().optional().openapi({ description: "Before RETENTION_DAYS are over." }),
  })
  .openapi("ErasureBody");

export const putErasure = endpoint(
  {
    summary: "Erases what is personal of a customer, for good; what happened, when and over how much stays",
    description:
      "Refused while something is open. `dunwell erase` also rewrites an embedded database's file, without what was left in it.",
    tags: ["Records"],
    request: { params: customerParams, body: jsonBody(body) },
    responses: {
      200: answers("Erased", z.object({ customer_ref: z.string(), invoices: z.int() }).openapi("Erasure")),
    },
  },
  (services) => async (c) => {
    const { ref: customerRef } = c.req.valid("param");
    const { reason: because, force: isForced } = c.req.valid("json");
    const told = { customerRef, because, isForced, author: c.get("author") };
    const { invoices } = await eraseCustomer(services, told);
    return c.json({ customer_ref: customerRef, invoices }, 200);
  },
);

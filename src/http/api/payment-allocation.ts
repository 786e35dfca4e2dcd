import { z } from "@hono/zod-openapi";
import { acceptSuggestion } from "../../reminders/money/accept-suggestion.ts";
import { endpoint } from "../endpoint.ts";
import { answers, jsonBody } from "./schemas.ts";

const params = z.object({
  id: z
    .string()
    .openapi({ description: "As the question to finance has it, percent-encoded.", example: "pay_…" }),
});
const allocation = z
  .strictObject({ invoice_number: z.string({ error: "is needed: the invoice that it was for" }).min(1) })
  .openapi("PaymentAllocation");

export const putPaymentAllocation = endpoint(
  {
    summary: "Says which invoice money was for that named none",
    description:
      "Credit of a customer, or a payment event that was kept; what the invoice does not take stays credit.",
    tags: ["Records"],
    request: { params, body: jsonBody(allocation) },
    responses: { 200: answers("Allocated", allocation) },
  },
  (services) => async (c) => {
    const { invoice_number: invoiceNumber } = c.req.valid("json");
    await acceptSuggestion(services, { id: c.req.valid("param").id, invoiceNumber, author: c.get("author") });
    return c.json({ invoice_number: invoiceNumber }, 200);
  },
);

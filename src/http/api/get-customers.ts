import { z } from "@hono/zod-openapi";
import { findCustomers } from "../../reminders/records/find-customers.ts";
import { endpoint } from "../endpoint.ts";
import { answers } from "./schemas.ts";

const found = z.object({
  customer_ref: z.string(),
  name: z.string(),
  legal_name: z.string().nullable(),
  owner_email: z.string().nullable(),
  score: z
    .number()
    .openapi({ description: "1 where a reference or invoice number fits, else how alike names are." }),
});

export const getCustomers = endpoint(
  {
    summary: "Finds customers by name, reference or invoice number, typing errors allowed in names",
    tags: ["Reading"],
    request: {
      query: z.object({
        query: z.string({ error: "is needed: a name, a reference or an invoice number" }),
        limit: z.coerce.number().int().min(1).max(50).default(10),
      }),
    },
    responses: { 200: answers("The likeliest first", z.object({ customers: z.array(found) })) },
  },
  (services) => async (c) => {
    const { query: text, limit } = c.req.valid("query");
    const customers = (await findCustomers(services, { text, limit })).map(
      ({ ref, name, legalName, ownerEmail, score }) => ({
        customer_ref: ref,
        name,
        legal_name: legalName,
        owner_email: ownerEmail,
        score,
      }),
    );
    return c.json({ customers }, 200);
  },
);

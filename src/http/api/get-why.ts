import { z } from "@hono/zod-openapi";
import { REASONS } from "../../domain/reasons.ts";
import { why } from "../../reminders/forecast/why.ts";
import { endpoint } from "../endpoint.ts";
import { answers, invoiceParams, isoDate } from "./schemas.ts";

const answer = z
  .object({
    invoice: z.string(),
    stage: z.string().nullable().openapi({ description: "The stage that comes next." }),
    action: z.enum(["send", "wait", "none"]),
    reason: z.enum(REASONS).nullable(),
    on: isoDate.nullable().openapi({ description: "When it goes out if nothing changes." }),
    explanation: z.array(z.string()),
  })
  .openapi("Why");

export const getWhy = endpoint(
  {
    summary: "The decision for an invoice now, its reason and what would change it",
    tags: ["Reading"],
    request: { params: invoiceParams },
    responses: { 200: answers("The decision", answer) },
  },
  (services) => async (c) => c.json(await why(services, { invoiceNumber: c.req.valid("param").number }), 200),
);

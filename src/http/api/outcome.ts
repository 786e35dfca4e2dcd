import { z } from "@hono/zod-openapi";
import { settleReminder } from "../../reminders/settle-reminder.ts";
import { endpoint } from "../endpoint.ts";
import { answers, jsonBody, reasonOf } from "./schemas.ts";

const params = z.object({ id: z.string().openapi({ description: "The reminder's id.", example: "rem_…" }) });

const outcome = z.enum(["sent", "not_sent"], { error: 'is "sent" or "not_sent"' });
const body = z.strictObject({ outcome, reason: reasonOf("how that is known") }).openapi("OutcomeBody");

const answer = z
  .object({ reminder: z.string(), stage: z.string(), invoices: z.array(z.string()), outcome })
  .openapi("Outcome");

export const putOutcome = endpoint(
  {
    summary: "Says what became of a reminder of which nobody knows whether it left",
    description: "`sent` counts as the stage; `not_sent` lets the stage come again.",
    tags: ["Reminders"],
    request: { params, body: jsonBody(body) },
    responses: { 200: answers("Settled", answer) },
  },
  (services) => async (c) => {
    const asked = c.req.valid("param").id;
    const word = c.req.valid("json");
    const { state, ...settled } = await settleReminder(services, { asked, ...word, author: c.get("author") });
    return c.json({ ...settled, outcome: word.outcome }, 200);
  },
);

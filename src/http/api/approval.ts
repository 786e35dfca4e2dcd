import { z } from "@hono/zod-openapi";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { approveReminder } from "../../reminders/decisions/approve-reminder.ts";
import { declineReminder } from "../../reminders/decisions/decline-reminder.ts";
import { postponeReminder } from "../../reminders/decisions/postpone-reminder.ts";
import { endpoint } from "../endpoint.ts";
import { ProblemError } from "../problem.ts";
import { dayOf } from "./fields.ts";
import { answers, dateField, isoDate, isoInstant, jsonBody, reasonOf } from "./schemas.ts";

const params = z.object({ id: z.string().openapi({ description: "The reminder's id.", example: "rem_…" }) });

const body = z
  .strictObject({
    decision: z.enum(["approve", "decline", "postpone"], { error: 'is "approve", "decline" or "postpone"' }),
    reason: reasonOf("why the letter is kept back").nullish(),
    until: dateField().openapi({ description: "For `postpone`: the last day on which it does not leave." }),
  })
  .openapi("ApprovalBody");

const answer = z
  .object({
    reminder: z.string(),
    stage: z.string(),
    invoices: z.array(z.string()),
    decision: z.enum(["approve", "decline", "postpone"]),
    approved_until: isoInstant
      .nullable()
      .openapi({ description: "An approval not used by then is asked for anew." }),
    held_until: isoDate.nullable().openapi({
      description: "The last day of the hold that a letter kept back leads to; then finance is asked again.",
    }),
  })
  .openapi("Approval");

export const putApproval = endpoint(
  {
    summary: "Lets a letter leave that finance is asked about, or keeps it back",
    tags: ["Reminders"],
    request: { params, body: jsonBody(body) },
    responses: { 200: answers("Answered", answer) },
  },
  (services) => async (c) => {
    const { decision, reason, until } = c.req.valid("json");
    const asked = c.req.valid("param").id;
    if (decision === "approve") {
      const { until, ...answered } = await approveReminder(services, { asked, author: c.get("author") });
      const approved_until = new Date(until).toISOString();
      return c.json({ ...answered, decision, approved_until, held_until: null }, 200);
    }
    if (decision === "postpone") {
      const day = dayOf("until", until ?? "");
      const word = { asked, until: day, reason: reason ?? undefined, author: c.get("author") };
      const { heldUntil, ...answered } = await postponeReminder(services, word);
      return c.json(
        { ...answered, decision, approved_until: null, held_until: formatCivilDay(heldUntil) },
        200,
      );
    }
    if (!reason) {
      const error = { field: "reason", detail: "is needed: why the letter is kept back" };
      throw new ProblemError(422, `reason ${error.detail}`, [error]);
    }
    const { heldUntil, ...answered } = await declineReminder(services, {
      asked,
      reason,
      author: c.get("author"),
    });
    const held_until = formatCivilDay(heldUntil);
    return c.json({ ...answered, decision, approved_until: null, held_until }, 200);
  },
);

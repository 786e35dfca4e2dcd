import { z } from "@hono/zod-openapi";
import { settleNotice } from "../../reminders/notices/settle-notice.ts";
import { settleReminder } from "../../reminders/outcomes/settle-reminder.ts";
import { endpoint } from "../endpoint.ts";
import { answers, jsonBody, reasonOf } from "./schemas.ts";

const idOf = (what: string, example: string) =>
  z.object({ id: z.string().openapi({ description: `The ${what}'s id.`, example }) });

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
    request: { params: idOf("reminder", "rem_…"), body: jsonBody(body) },
    responses: { 200: answers("Settled", answer) },
  },
  (services) => async (c) => {
    const asked = c.req.valid("param").id;
    const word = c.req.valid("json");
    const { state, ...settled } = await settleReminder(services, { asked, ...word, author: c.get("author") });
    return c.json({ ...settled, outcome: word.outcome }, 200);
  },
);

const noticeAnswer = z
  .object({ notice: z.string(), kind: z.string(), invoices: z.array(z.string()), outcome })
  .openapi("NoticeOutcome");

export const putNoticeOutcome = endpoint(
  {
    summary: "Says what became of a notice of which nobody knows whether it left",
    description: "`not_sent` sends what it says again, under an id of its own.",
    tags: ["Reminders"],
    request: { params: idOf("notice", "ntc_…"), body: jsonBody(body) },
    responses: { 200: answers("Settled", noticeAnswer) },
  },
  (services) => async (c) => {
    const asked = c.req.valid("param").id;
    const word = c.req.valid("json");
    const settled = await settleNotice(services, { asked, ...word, author: c.get("author") });
    return c.json({ ...settled, outcome: word.outcome }, 200);
  },
);

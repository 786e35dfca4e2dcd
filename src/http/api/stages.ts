import { z } from "@hono/zod-openapi";
import { resetStage } from "../../reminders/decisions/reset-stage.ts";
import { waiveStage } from "../../reminders/decisions/waive-stage.ts";
import { endpoint } from "../endpoint.ts";
import { answers, invoiceParams, jsonBody, reasonOf } from "./schemas.ts";

const stageParams = invoiceParams.extend({
  stage: z.string().openapi({ description: "The stage's key.", example: "overdue_30" }),
});

const waiver = z.object({
  invoice_number: z.string(),
  stage: z.string(),
  next_stage: z.string().nullable().openapi({ description: "What comes next; null after the last stage." }),
});

export const putWaiver = endpoint(
  {
    summary: "Leaves out the stage that comes next for an invoice",
    tags: ["Reminders"],
    request: {
      params: stageParams,
      body: jsonBody(z.strictObject({ reason: reasonOf("why the stage is left out") }).openapi("WaiverBody")),
    },
    responses: { 200: answers("Waived; the ladder goes on after it", waiver) },
  },
  (services) => async (c) => {
    const { number, stage } = c.req.valid("param");
    const { reason } = c.req.valid("json");
    const { next } = await waiveStage(services, {
      invoiceNumber: number,
      stage,
      reason,
      author: c.get("author"),
    });
    return c.json({ invoice_number: number, stage, next_stage: next }, 200);
  },
);

const resetBody = z
  .strictObject({
    stage: z.string({ error: "is needed: the stage's key" }).openapi({ example: "overdue_30" }),
    reason: reasonOf("why the stage may come once more"),
  })
  .openapi("ResetBody");

export const postReset = endpoint(
  {
    summary: "Lets the last stage that was sent or waived for an invoice come once more",
    tags: ["Reminders"],
    request: { params: invoiceParams, body: jsonBody(resetBody) },
    responses: {
      201: answers("Open again", z.object({ invoice_number: z.string(), stage: z.string() })),
    },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { stage, reason } = c.req.valid("json");
    await resetStage(services, { invoiceNumber: number, stage, reason, author: c.get("author") });
    return c.json({ invoice_number: number, stage }, 201);
  },
);

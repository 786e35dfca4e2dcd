import { z } from "@hono/zod-openapi";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { DISPUTE_REASONS } from "../../domain/dispute.ts";
import { ACCOUNT_CHECK_ANSWERS, WARNING_ANSWERS } from "../../domain/owner-answers.ts";
import { answerAccountCheck } from "../../reminders/decisions/answer-account-check.ts";
import { answerWarning } from "../../reminders/decisions/answer-warning.ts";
import { objectToReminder } from "../../reminders/decisions/object-to-reminder.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf } from "./fields.ts";
import { answers, dateField, field, invoiceParams, isoDate, jsonBody, reasonOf } from "./schemas.ts";

const oneOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `is one of ${values.join(", ")}` });
const heldUntil = isoDate.nullable().openapi({
  description: "The last day without reminders; null where they go on, or an answer is awaited.",
});

const checkBody = z
  .strictObject({
    answer: oneOf(ACCOUNT_CHECK_ANSWERS),
    note: field({ description: "What the customer said, or what is wrong with the invoice." }),
    paid_on: dateField().openapi({ description: "For `reported_paid`; today unless told otherwise." }),
    reference: field({ description: "For `reported_paid`: the reference of the transfer." }),
    reason: oneOf(DISPUTE_REASONS)
      .optional()
      .openapi({ description: "For `disputed`; `other` unless told otherwise." }),
  })
  .openapi("AccountCheckBody");

const checked = z
  .object({ invoice_number: z.string(), answer: z.enum(ACCOUNT_CHECK_ANSWERS), held_until: heldUntil })
  .openapi("AccountCheck");

export const putAccountCheck = endpoint(
  {
    summary: "Takes the account owner's answer to the account check of a due invoice, the first one",
    description:
      "`not_received` sends the invoice again; `in_approval` and `our_error` pause its reminders for a week, a pause of the owner; " +
      "`reported_paid` holds it while finance looks for the money; `disputed` opens a dispute; `received` and `all_fine` go on.",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(checkBody) },
    responses: { 200: answers("Answered", checked) },
  },
  (services) => async (c) => {
    const { answer, note, paid_on, reference, reason } = c.req.valid("json");
    const { invoice, heldUntil } = await answerAccountCheck(services, {
      invoiceNumber: c.req.valid("param").number,
      answer,
      note: note ?? undefined,
      paidOn: paid_on ? dayOf("paid_on", paid_on) : undefined,
      reference: reference ?? undefined,
      reason,
      author: c.get("author"),
    });
    await confirmByMail(services);
    const held_until = heldUntil === null ? null : formatCivilDay(heldUntil);
    return c.json({ invoice_number: invoice, answer, held_until }, 200);
  },
);

const warningBody = z.strictObject({ answer: oneOf(WARNING_ANSWERS) }).openapi("WarningBody");

const warned = z
  .object({
    invoice_number: z.string(),
    stage: z.string(),
    answer: z.enum(WARNING_ANSWERS),
    held_until: heldUntil,
  })
  .openapi("Warning");

export const putWarning = endpoint(
  {
    summary: "Takes the account owner's answer to the warning before a firm letter, the first one",
    description:
      "`send` lets it leave as planned; `talk_first` and `instalments` pause it for two days, the latter with a mail that offers them, `finance` all that the customer owes " +
      "for as long as the policy lets anybody pause: pauses of the owner.",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(warningBody) },
    responses: { 200: answers("Answered", warned) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { answer } = c.req.valid("json");
    const word = { invoiceNumber: number, answer, author: c.get("author") };
    const { stage, heldUntil } = await answerWarning(services, word);
    await confirmByMail(services);
    const held_until = heldUntil === null ? null : formatCivilDay(heldUntil);
    return c.json({ invoice_number: number, stage, answer, held_until }, 200);
  },
);

const reminderParams = z.object({
  id: z.string().openapi({ description: "The reminder's id.", example: "rem_…" }),
});
const objectionBody = z
  .strictObject({ reason: reasonOf("why the letter had better not leave") })
  .openapi("ObjectionBody");
const objection = z
  .object({ reminder: z.string(), stage: z.string(), invoices: z.array(z.string()) })
  .openapi("Objection");

export const postObjection = endpoint(
  {
    summary: "Tells finance why the account owner objects to a letter that finance is asked about",
    description: "Finance goes on to decide.",
    tags: ["Reminders"],
    request: { params: reminderParams, body: jsonBody(objectionBody) },
    responses: { 201: answers("Recorded", objection) },
  },
  (services) => async (c) => {
    const asked = c.req.valid("param").id;
    const { reason } = c.req.valid("json");
    const { changed, ...answered } = await objectToReminder(services, {
      asked,
      reason,
      author: c.get("author"),
    });
    return c.json(answered, 201);
  },
);

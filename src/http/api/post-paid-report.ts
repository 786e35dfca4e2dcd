import { z } from "@hono/zod-openapi";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { reportPaid } from "../../reminders/agreements/report-paid.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import { endpoint } from "../endpoint.ts";
import { dayOf, nameField, neededDate } from "./fields.ts";
import { answers, field, invoiceParams, isoDate, jsonBody } from "./schemas.ts";

const HELD_UNTIL =
  "The last day on which it is not reminded. A report of the last 30 days holds no longer than it did: its day while that lasts, else null.";

const body = z
  .strictObject({
    paid_on: neededDate("the day on which it was paid"),
    reference: field({ description: "The reference of the transfer." }),
    name: nameField(),
  })
  .openapi("PaidReportBody");

const answer = z
  .object({
    invoice_number: z.string(),
    held_until: isoDate.nullable().openapi({ description: HELD_UNTIL }),
  })
  .openapi("PaidReport");

export const postPaidReport = endpoint(
  {
    summary: "Records that somebody says an invoice is paid; finance looks for the money",
    description: "Holds it for three sending days. Only a payment confirms it: `POST /api/payments`.",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: { 201: answers("Recorded", answer) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { paid_on, reference, name } = c.req.valid("json");
    const { heldUntil } = await reportPaid(services, {
      invoices: [number],
      paidOn: dayOf("paid_on", paid_on),
      reference: reference ?? undefined,
      name: name ?? undefined,
      author: c.get("author"),
      by: "owner",
    });
    await confirmByMail(services);
    const held_until = heldUntil === null ? null : formatCivilDay(heldUntil);
    return c.json({ invoice_number: number, held_until }, 201);
  },
);

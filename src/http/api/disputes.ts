import { z } from "@hono/zod-openapi";
import { findDispute } from "../../db/disputes.ts";
import type { Db } from "../../db/open.ts";
import { DISPUTE_OUTCOMES, DISPUTE_REASONS, readDisputeReason } from "../../domain/dispute.ts";
import { formatDecimal } from "../../domain/money.ts";
import { AppError } from "../../errors.ts";
import { closeDispute, type DisputeOf } from "../../reminders/agreements/close-dispute.ts";
import { openDispute } from "../../reminders/agreements/open-dispute.ts";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import type { Services } from "../../services.ts";
import { endpoint } from "../endpoint.ts";
import { minorOf, nameField } from "./fields.ts";
import { requireInvoice } from "./invoices.ts";
import { amount, answers, decimalField, field, invoiceParams, jsonBody } from "./schemas.ts";

const REASON = "is needed: what is contested";

const body = z
  .strictObject({
    amount: decimalField().openapi({ description: "The share; absent, all that is left." }),
    reason: z
      .string({ error: REASON })
      .refine((told) => told.trim() !== "", REASON)
      .openapi({
        example: "price",
        description: `${DISPUTE_REASONS.join(", ")}, or own words: those are \`other\`.`,
      }),
    text: field({ description: "What the debtor says." }),
    name: nameField(),
  })
  .openapi("DisputeBody");

const opened = z
  .object({ dispute: z.string(), invoice_number: z.string(), reason: z.enum(DISPUTE_REASONS) })
  .openapi("Dispute");

export const postDispute = endpoint(
  {
    summary:
      "Records that an invoice or a share of it is disputed: it is not asked for until somebody answers",
    tags: ["Answers"],
    request: { params: invoiceParams, body: jsonBody(body) },
    responses: { 201: answers("Recorded; the account owner is asked", opened) },
  },
  (services) => async (c) => {
    const { number } = c.req.valid("param");
    const { name, ...given } = c.req.valid("json");
    const { reason, text } = readDisputeReason(given.reason, given.text ?? undefined);
    const invoice = await requireInvoice(services.db, number);
    const { id } = await openDispute(services, {
      invoiceNumber: number,
      amountMinor: minorOf("amount", given.amount, invoice.currency),
      reason,
      text,
      name: name ?? undefined,
      author: c.get("author"),
    });
    await confirmByMail(services);
    return c.json({ dispute: id, invoice_number: number, reason }, 201);
  },
);

const params = z.object({ id: z.string().openapi({ description: "The dispute's id.", example: "dsp_…" }) });

const outcomeBody = z
  .strictObject({
    outcome: z.enum(DISPUTE_OUTCOMES, { error: `is one of ${DISPUTE_OUTCOMES.join(", ")}` }),
    answer: field({ description: "What the debtor is told; needed for rejected and settled." }),
    credit: decimalField().openapi({
      description: "For accepted: what the credit note is over; absent, the whole share.",
    }),
  })
  .openapi("DisputeOutcomeBody");

const closed = z
  .object({
    invoice_number: z.string(),
    outcome: z.enum(DISPUTE_OUTCOMES),
    credit: amount.nullable().openapi({ description: "The credit note that was recorded." }),
  })
  .openapi("DisputeOutcome");

const description = {
  tags: ["Answers"] as [string],
  responses: { 200: answers("Closed; what is left of the share is asked for again", closed) },
};

export const putDisputeOutcome = endpoint(
  {
    summary: "Says what became of a dispute; accepting it records a credit note",
    ...description,
    request: { params, body: jsonBody(outcomeBody) },
  },
  (services) => async (c) =>
    c.json(
      await close(
        services,
        { disputeId: c.req.valid("param").id, author: c.get("author") },
        c.req.valid("json"),
      ),
      200,
    ),
);

export const putInvoiceDisputeOutcome = endpoint(
  {
    summary: "The same for whatever is disputed of an invoice, also by the data that it came with",
    ...description,
    request: { params: invoiceParams, body: jsonBody(outcomeBody) },
  },
  (services) => async (c) =>
    c.json(
      await close(
        services,
        { invoiceNumber: c.req.valid("param").number, author: c.get("author") },
        c.req.valid("json"),
      ),
      200,
    ),
);

async function close(
  services: Services,
  of: DisputeOf & { author: string },
  { outcome, answer, credit }: z.output<typeof outcomeBody>,
): Promise<z.output<typeof closed>> {
  const currency = await currencyOf(services.db, of);
  const { invoice, creditMinor } = await closeDispute(services, {
    ...of,
    as: outcome,
    answer: answer ?? undefined,
    creditMinor: minorOf("credit", credit, currency),
    by: "finance",
  });
  await confirmByMail(services);
  const recorded = creditMinor > 0 ? formatDecimal(creditMinor, currency) : null;
  return { invoice_number: invoice, outcome, credit: recorded };
}

async function currencyOf(db: Db, of: DisputeOf): Promise<string> {
  if ("invoiceNumber" in of) return (await requireInvoice(db, of.invoiceNumber)).currency;
  const dispute = await findDispute(db, of.disputeId);
  if (!dispute) throw new AppError("not_found", `there is no dispute ${of.disputeId}`);
  return dispute.currency;
}

import { z } from "@hono/zod-openapi";
import { confirmByMail } from "../../reminders/notices/confirm-by-mail.ts";
import { acceptProposal } from "../../reminders/replies/accept-proposal.ts";
import { handleReply } from "../../reminders/replies/handle-reply.ts";
import { openReplies, replyMail } from "../../reminders/replies/list-replies.ts";
import { endpoint } from "../endpoint.ts";
import { amount, answers, cursor, field, isoDate, isoInstant, jsonBody } from "./schemas.ts";

const proposal = z
  .object({
    action: z.string().openapi({
      description:
        "`answer` is for a person to do, and `new_address` needs an address; every other one is done by accepting it.",
    }),
    on: isoDate
      .nullable()
      .openapi({ description: "The promised day, that of the payment, or the last to wait." }),
    invoices: z.array(
      z.object({
        invoice_number: z.string(),
        amount: amount.nullable().openapi({ description: "Null: all that is left." }),
      }),
    ),
    email: z.string().nullable(),
  })
  .openapi("Proposal");

const reply = z
  .object({
    reply: z.string(),
    received_at: isoInstant,
    customer_ref: z.string().nullable(),
    invoices: z.array(z.string()),
    from: z.string().nullable(),
    subject: z.string().nullable(),
    sender: z
      .enum(["passed", "none", "failed"])
      .openapi({ description: "Whether SPF, DKIM and DMARC prove the sender; `failed` may be forged." }),
    kind: z.string(),
    sentence: z.string().openapi({ description: "The one that says so, else how it begins." }),
    confidence: z.number(),
    proposal: proposal.nullable(),
  })
  .openapi("Reply");

export const getReplies = endpoint(
  {
    summary: "The replies that wait for a person, the oldest first",
    tags: ["Answers"],
    request: { query: z.object({ cursor: z.string().optional() }) },
    responses: { 200: answers("Replies", z.object({ replies: z.array(reply), cursor })) },
  },
  (services) => async (c) => c.json(await openReplies(services, c.req.valid("query").cursor), 200),
);

const params = z.object({ id: z.string().openapi({ description: "The reply's id.", example: "rpl_…" }) });

export const getReplyMail = endpoint(
  {
    summary: "A reply as it came, byte for byte",
    tags: ["Answers"],
    request: { params },
    responses: {
      200: {
        description: "The mail (RFC 5322)",
        content: { "message/rfc822": { schema: z.string().openapi({ format: "binary" }) } },
      },
    },
  },
  (services) => async (c) => {
    const { id } = c.req.valid("param");
    const headers = {
      "Content-Type": "message/rfc822",
      "Content-Disposition": `attachment; filename="${id.replace(/\W/g, "")}.eml"`,
    };
    return c.body(await replyMail(services, id), 200, headers);
  },
);

const body = z
  .strictObject({
    decision: z.enum(["accept", "handled"], { error: 'is "accept" or "handled"' }).openapi({
      description: "`accept` does what is proposed; `handled` says that somebody answered.",
    }),
    email: field({ description: "Whom to write to instead, where a new address is proposed." }),
  })
  .openapi("ReplyDecisionBody");

export const putReplyDecision = endpoint(
  {
    summary: "Does what is proposed about a reply, or says that a person answered it; once",
    description:
      "Who calls is finance: the policy's bounds do not bind. What the reply held is held no longer.",
    tags: ["Answers"],
    request: { params, body: jsonBody(body) },
    responses: {
      200: answers(
        "Decided",
        z.object({ reply: z.string(), action: z.string().nullable() }).openapi("ReplyDecision"),
      ),
    },
  },
  (services) => async (c) => {
    const { id: replyId } = c.req.valid("param");
    const { decision, email } = c.req.valid("json");
    const author = c.get("author");
    if (decision === "handled") {
      await handleReply(services, { replyId, author });
      return c.json({ reply: replyId, action: null }, 200);
    }
    const { action } = await acceptProposal(services, {
      replyId,
      author,
      by: "finance",
      email: email ?? undefined,
    });
    await confirmByMail(services);
    return c.json({ reply: replyId, action }, 200);
  },
);

import { z } from "@hono/zod-openapi";
import { CONTACT_ROLES } from "../../domain/facts.ts";
import { confirmContact } from "../../reminders/agreements/confirm-contact.ts";
import { declineContact } from "../../reminders/agreements/decline-contact.ts";
import { endpoint } from "../endpoint.ts";
import { answers, jsonBody } from "./schemas.ts";

const params = z.object({
  id: z.string().openapi({ description: "The id of the contact that a debtor named.", example: "con_…" }),
});

const body = z
  .strictObject({
    decision: z.enum(["approve", "decline"], { error: 'is "approve" or "decline"' }),
    role: z
      .enum(CONTACT_ROLES, { error: `is one of ${CONTACT_ROLES.join(", ")}` })
      .nullish()
      .openapi({ description: "`billing` unless told otherwise." }),
  })
  .openapi("ContactDecisionBody");

const answer = z
  .object({ contact: z.string(), email: z.string(), role: z.enum(CONTACT_ROLES).nullable() })
  .openapi("ContactDecision");

export const putContactDecision = endpoint(
  {
    summary: "Confirms or declines a contact that a debtor named; nothing goes there before",
    tags: ["Answers"],
    request: { params, body: jsonBody(body) },
    responses: { 200: answers("Decided; whoever was on record stays there", answer) },
  },
  (services) => async (c) => {
    const { id } = c.req.valid("param");
    const { decision, role } = c.req.valid("json");
    if (decision === "decline") {
      const { email } = await declineContact(services, { id, author: c.get("author") });
      return c.json({ contact: id, email, role: null }, 200);
    }
    const confirmed = await confirmContact(services, {
      id,
      role: role ?? undefined,
      author: c.get("author"),
    });
    return c.json({ contact: id, email: confirmed.email, role: confirmed.role }, 200);
  },
);

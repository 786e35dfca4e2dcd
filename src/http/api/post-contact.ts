import { z } from "@hono/zod-openapi";
import { CONTACT_ROLES } from "../../domain/facts.ts";
import { correctContact } from "../../reminders/records/correct-contact.ts";
import { endpoint } from "../endpoint.ts";
import { customerParams, field, jsonBody } from "./schemas.ts";

const contactBody = z
  .strictObject({
    email: z.string({ error: "is needed: the address" }),
    name: field(),
    role: z
      .enum(CONTACT_ROLES)
      .optional()
      .openapi({ description: "Of one that is added; `billing` unless told otherwise." }),
    lift_suppression: z
      .boolean()
      .optional()
      .openapi({ description: "Mail goes there again though it bounced. Never after a complaint." }),
    replaces: field({ description: "The address that is wrong; its roles become those of the new one." }),
  })
  .openapi("ContactBody");

export const postContact = endpoint(
  {
    summary: "Corrects or adds an address of a customer",
    description:
      "What is suppressed stays so unless that is lifted; reminders that wait for an address go on.",
    tags: ["Records"],
    request: { params: customerParams, body: jsonBody(contactBody) },
    responses: { 204: { description: "Recorded" } },
  },
  (services) => async (c) => {
    const { email, name, role, replaces, lift_suppression } = c.req.valid("json");
    await correctContact(services, {
      customerRef: c.req.valid("param").ref,
      from: replaces || undefined,
      to: { email, name: name ?? undefined, role },
      isSuppressionLifted: lift_suppression,
      author: c.get("author"),
    });
    return c.body(null, 204);
  },
);

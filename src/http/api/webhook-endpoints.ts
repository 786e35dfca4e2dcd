import { z } from "@hono/zod-openapi";
import { listEndpoints } from "../../db/webhook-endpoints.ts";
import { listMessages } from "../../db/webhook-messages.ts";
import { EVENT_TYPES } from "../../domain/outgoing-event.ts";
import { addWebhookEndpoint } from "../../reminders/webhooks/add-webhook-endpoint.ts";
import { closeWebhookEndpoint } from "../../reminders/webhooks/close-webhook-endpoint.ts";
import { redeliverMessage } from "../../reminders/webhooks/redeliver-message.ts";
import { endpointLine, messageLine } from "../../reminders/webhooks/webhook-lines.ts";
import { endpoint } from "../endpoint.ts";
import { answers, cursor, isoInstant, jsonBody } from "./schemas.ts";

const MOST_ENDPOINTS = 200;
const PAGE_SIZE = 100;

const events = z.array(z.enum(EVENT_TYPES));
const shown = z
  .object({
    endpoint: z.string().openapi({ example: "whe_…" }),
    url: z.string(),
    events: events.nullable().openapi({ description: "The types that it wants; null for all." }),
    created_at: isoInstant,
    created_by: z.string(),
    closed_at: isoInstant.nullable(),
    closed_by: z.string().nullable().openapi({ description: "`endpoint`: it answered 410 itself." }),
  })
  .openapi("WebhookEndpoint");

const message = z
  .object({
    message: z.string().openapi({ description: "Its `webhook-id`.", example: "msg_…" }),
    endpoint: z.string(),
    type: z.string(),
    state: z.enum(["pending", "delivered", "given_up"]),
    created_at: isoInstant,
    next_try_at: isoInstant.nullable(),
    attempts: z.array(
      z.object({
        at: isoInstant,
        status: z.int().nullable().openapi({ description: "What was answered; null for nothing." }),
        error: z.string().nullable().openapi({ description: "Why there was no answer." }),
        duration_ms: z.int(),
      }),
    ),
  })
  .openapi("WebhookMessage");

const params = z.object({ id: z.string() });

export const postWebhookEndpoint = endpoint(
  {
    summary: "Has a system told of what happens from now on",
    description:
      "Each message is signed as https://www.standardwebhooks.com says, is sent at least once under an id that stays, and may " +
      "come out of order. 2xx takes it, 410 ends the endpoint, all else is tried again for some three days.",
    tags: ["Webhooks"],
    request: {
      body: jsonBody(
        z
          .strictObject({
            url: z.string({ error: "is needed: where to post to, like https://erp.example/hooks" }),
            events: events.optional().openapi({ description: "Absent or empty: all." }),
          })
          .openapi("WebhookEndpointBody"),
      ),
    },
    responses: {
      201: answers(
        "Added; this is the only time that the secret is told",
        shown.extend({ secret: z.string().openapi({ example: "whsec_…" }) }).openapi("NewWebhookEndpoint"),
      ),
    },
  },
  (services) => async (c) => {
    const wanted = { ...c.req.valid("json"), author: c.get("author") };
    const { endpoint: added, secret } = await addWebhookEndpoint(services, wanted);
    return c.json({ ...endpointLine(added), secret }, 201);
  },
);

export const getWebhookEndpoints = endpoint(
  {
    summary: "The last 200 systems that are told, the newest first, those closed too",
    tags: ["Webhooks"],
    responses: { 200: answers("Without their secrets", z.object({ endpoints: z.array(shown) })) },
  },
  (services) => async (c) => {
    const endpoints = await listEndpoints(services.db, MOST_ENDPOINTS);
    return c.json({ endpoints: endpoints.map(endpointLine) }, 200);
  },
);

export const deleteWebhookEndpoint = endpoint(
  {
    summary: "Tells a system nothing any more, for good",
    tags: ["Webhooks"],
    request: { params },
    responses: { 204: { description: "It is told nothing any more" } },
  },
  (services) => async (c) => {
    await closeWebhookEndpoint(services, { id: c.req.valid("param").id, author: c.get("author") });
    return c.body(null, 204);
  },
);

export const getWebhookMessages = endpoint(
  {
    summary: "The delivery log: what systems were told, the newest first, 100 a page",
    tags: ["Webhooks"],
    request: {
      query: z.strictObject({ endpoint: z.string().optional(), cursor: z.string().optional() }),
    },
    responses: {
      200: answers("The log", z.object({ messages: z.array(message), next_cursor: cursor })),
    },
  },
  (services) => async (c) => {
    const { endpoint: endpointId, cursor: before } = c.req.valid("query");
    const found = await listMessages(services.db, { endpointId, before, limit: PAGE_SIZE + 1 });
    const page = found.slice(0, PAGE_SIZE);
    const next = found.length > PAGE_SIZE ? page.at(-1)!.id : null;
    return c.json({ messages: page.map(messageLine), next_cursor: next }, 200);
  },
);

export const postWebhookRedelivery = endpoint(
  {
    summary: "Has the next tick send a message again, under the same id",
    tags: ["Webhooks"],
    request: { params },
    responses: { 202: { description: "It is about to be sent again" } },
  },
  (services) => async (c) => {
    await redeliverMessage(services, c.req.valid("param").id);
    return c.body(null, 202);
  },
);

import { z } from "@hono/zod-openapi";
import { SCOPES } from "../../domain/scope.ts";
import { createKey } from "../../reminders/operation/create-key.ts";
import { keyLine, listKeys } from "../../reminders/operation/list-keys.ts";
import { revokeKey } from "../../reminders/operation/revoke-key.ts";
import { refuseLacking } from "../access.ts";
import { endpoint } from "../endpoint.ts";
import { answers, isoDate, isoInstant, jsonBody } from "./schemas.ts";

const scopes = z.array(z.enum(SCOPES));
const shown = z
  .object({
    name: z.string(),
    prefix: z.string().openapi({ description: "How the key begins." }),
    scopes,
    created_at: isoInstant,
    created_by: z.string(),
    last_used_on: isoDate.nullable(),
    revoked_at: isoInstant.nullable(),
  })
  .openapi("Key");

export const getKeys = endpoint(
  {
    summary: "The last 200 keys to the API, the newest first, those revoked too",
    tags: ["Keys"],
    responses: { 200: answers("The keys, none of them in full", z.object({ keys: z.array(shown) })) },
  },
  (services) => async (c) => c.json({ keys: await listKeys(services) }, 200),
);

export const postKey = endpoint(
  {
    summary: "Makes a key to the API",
    description:
      "A key gives no scope that it lacks itself, and those it made end with it; `API_KEY` gives all.",
    tags: ["Keys"],
    request: {
      body: jsonBody(
        z
          .strictObject({ name: z.string(), scopes: scopes.min(1, "has at least one scope") })
          .openapi("KeyBody"),
      ),
    },
    responses: {
      201: answers(
        "Made; this is the only time that it is told",
        shown.extend({ key: z.string() }).openapi("NewKey"),
      ),
    },
  },
  (services) => async (c) => {
    const told = c.req.valid("json");
    refuseLacking(c, told.scopes);
    const { key, stored } = await createKey(services, { ...told, author: c.get("author") });
    return c.json({ ...keyLine(stored), key }, 201);
  },
);

export const deleteKey = endpoint(
  {
    summary: "Ends a key and those that were made with it, from this moment on and for good",
    tags: ["Keys"],
    request: { params: z.object({ name: z.string() }) },
    responses: {
      200: answers(
        "They open nothing any more",
        z
          .object({
            name: z.string(),
            keys: z.int().openapi({ description: "How many keys, this one counted." }),
          })
          .openapi("RevokedKey"),
      ),
    },
  },
  (services) => async (c) => {
    const { name } = c.req.valid("param");
    const { keys } = await revokeKey(services, { name, author: c.get("author") });
    return c.json({ name, keys }, 200);
  },
);

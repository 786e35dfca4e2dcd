import { z } from "@hono/zod-openapi";
import { recordFreshness } from "../../reminders/money/record-freshness.ts";
import { endpoint } from "../endpoint.ts";
import { ProblemError } from "../problem.ts";
import { answers, isoInstant, jsonBody } from "./schemas.ts";

/** Clocks differ a little: what is this much ahead counts as now. */
const SKEW_MS = 5 * 60 * 1000;
const INSTANT = { error: "is an instant with its offset, like 2026-03-31T09:00:00Z" };

const body = z
  .strictObject({ through: z.iso.datetime({ offset: true, ...INSTANT }) })
  .openapi("FreshnessBody");

export const putFreshness = endpoint(
  {
    summary: "Says that payments are complete up to an instant",
    tags: ["Records"],
    request: { body: jsonBody(body) },
    responses: { 200: answers("Noted", z.object({ through: isoInstant })) },
  },
  (services) => async (c) => {
    const { through: given } = c.req.valid("json");
    const now = services.clock();
    const through = Math.min(Date.parse(given), now);
    if (Date.parse(given) > now + SKEW_MS) {
      const error = {
        field: "through",
        value: given,
        detail: "is in the future; nobody knows payments to come",
      };
      throw new ProblemError(422, `through ${error.detail}`, [error]);
    }
    await recordFreshness(services, { through });
    return c.json({ through: new Date(through).toISOString() }, 200);
  },
);

import { z } from "@hono/zod-openapi";
import { resumeAll } from "../../reminders/decisions/resume-all.ts";
import { stopAll } from "../../reminders/decisions/stop-all.ts";
import { endpoint } from "../endpoint.ts";
import { answers, isoInstant, jsonBody, reasonOf } from "./schemas.ts";

const stop = z.object({ since: isoInstant, author: z.string(), reason: z.string() }).openapi("Stop");

export const putStop = endpoint(
  {
    summary: "Stops everything: nothing leaves until the stop ends",
    tags: ["Reminders"],
    request: {
      body: jsonBody(z.strictObject({ reason: reasonOf("why everything stops") }).openapi("StopBody")),
    },
    responses: { 200: answers("Stopped; a stop that was there already stays as it is", stop) },
  },
  (services) => async (c) => {
    const { at, author, reason } = await stopAll(services, {
      ...c.req.valid("json"),
      author: c.get("author"),
    });
    return c.json({ since: new Date(at).toISOString(), author, reason }, 200);
  },
);

export const deleteStop = endpoint(
  {
    summary: "Ends the stop; the next tick goes on",
    tags: ["Reminders"],
    responses: { 204: { description: "The stop has ended" } },
  },
  (services) => async (c) => {
    await resumeAll(services, { author: c.get("author") });
    return c.body(null, 204);
  },
);

import { z } from "@hono/zod-openapi";
import { releaseBacklog } from "../../reminders/sending/release-backlog.ts";
import { endpoint } from "../endpoint.ts";
import { answers } from "./schemas.ts";

const answer = z.object({
  released: z
    .int()
    .openapi({ description: "Invoices that waited for it; they leave oldest first, so many a day." }),
});

export const postBacklogRelease = endpoint(
  {
    summary: "Lets go what became due long ago",
    tags: ["Reminders"],
    responses: { 200: answers("Released", answer) },
  },
  (services) => async (c) => {
    const { invoices } = await releaseBacklog(services, { author: c.get("author") });
    return c.json({ released: invoices }, 200);
  },
);

import { z } from "@hono/zod-openapi";
import { recentRuns } from "../../reminders/operation/list-runs.ts";
import { endpoint } from "../endpoint.ts";
import { answers, isoInstant } from "./schemas.ts";

const run = z
  .object({
    run: z.string(),
    state: z
      .enum(["done", "failed", "unfinished"])
      .openapi({ description: "`unfinished` was killed, or is still under way." }),
    started_at: isoInstant,
    finished_at: isoInstant.nullable(),
    seconds: z.number().nullable(),
    sent: z.int().openapi({ description: "Reminders that left." }),
    counts: z.record(z.string(), z.int()).openapi({
      description:
        "By reason, decisions that sent nothing; `sent`, `refused`, `deferred`, `unknown`: reminders.",
    }),
    left: z.int().openapi({ description: "Invoices that were still due for a look." }),
    failed: z.int().openapi({ description: "Customers that could not be decided on." }),
    error: z.string().nullable(),
  })
  .openapi("Run");

export const getRuns = endpoint(
  {
    summary: "The last 20 runs of the clock, the newest first",
    tags: ["Reading"],
    responses: { 200: answers("Runs", z.object({ runs: z.array(run) })) },
  },
  (services) => async (c) => c.json({ runs: await recentRuns(services) }, 200),
);

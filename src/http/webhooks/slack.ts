import type { Handler } from "hono";
import type { Services } from "../../services.ts";
import { ProblemError } from "../problem.ts";
import type { Runtime, TakeSlackRequest } from "../runtime.ts";

/** Slack's events, actions and commands; made ready with the first of them. */
export function slackWebhook(services: Services, runtime: Runtime): Handler {
  let opened: Promise<TakeSlackRequest | null> | undefined;
  return async (c) => {
    opened ??= runtime.openSlack?.(services);
    const take = await opened;
    if (!take)
      throw new ProblemError(403, "SLACK_SIGNING_SECRET is not set, so no signature can be checked.");
    return take({ body: await c.req.text(), headers: c.req.raw.headers });
  };
}

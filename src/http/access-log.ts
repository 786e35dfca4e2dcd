import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { newId } from "../domain/ids.ts";
import type { Services } from "../services.ts";

declare module "hono" {
  interface ContextVariableMap {
    /** Finds the request in the log; the caller gets it as `X-Request-Id`. */
    requestId: string;
  }
}

/** One line a request at debug level: the pattern of its route, never its address, which may hold a link's token or a name. */
export function accessLog({ clock, log }: Pick<Services, "clock" | "log">): MiddlewareHandler {
  return async (c, next) => {
    const begunAt = clock();
    const request = newId("req", begunAt);
    c.set("requestId", request);
    c.header("X-Request-Id", request);
    await next();
    const { method } = c.req;
    log("debug", "http", {
      request,
      method,
      route: routePath(c, -1),
      status: c.res.status,
      ms: clock() - begunAt,
    });
  };
}

import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
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
      route: routeOf(c),
      status: c.res.status,
      ms: clock() - begunAt,
    });
  };
}

/** The pattern of what answers, else of the last that had a look at it. */
function routeOf(c: Context): string {
  const paths = matchedRoutes(c).map(({ path }) => path);
  return paths.findLast((path) => !path.endsWith("*")) ?? paths.at(-1)!;
}

import { createRoute, OpenAPIHono, type RouteConfig, type RouteHandler, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Scope } from "../domain/scope.ts";
import type { Services } from "../services.ts";
import { requireScope } from "./access.ts";
import { type FieldError, ProblemError } from "./problem.ts";

type Description = Omit<RouteConfig, "method" | "path"> & { summary: string; tags: [string] };

/** What one route takes and answers, and what it does; where it stands is said in the route map. */
export type Endpoint = {
  description: Description;
  handle: (services: Services) => (c: Context) => Response | Promise<Response>;
};

/** A line of the route map: the scope that its caller's key needs, and where it stands. */
export type Mapped = readonly [scope: Scope, "get" | "put" | "post" | "delete", path: string, Endpoint];

export function endpoint<const D extends Description>(
  description: D,
  handle: (services: Services) => RouteHandler<D & { method: "get"; path: "/" }>,
): Endpoint {
  return { description, handle: handle as unknown as Endpoint["handle"] };
}

const problemSchema = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string(), value: z.string().optional(), detail: z.string() }))
      .optional(),
  })
  .openapi("Problem");

const PROBLEM = {
  description:
    "A problem document (RFC 9457). 400: the body cannot be read; 401, 403: access; 404: no such thing; 405: `Allow` names the methods; 409: contradicts what is " +
    "recorded; 413: too large; 415: not JSON; 422: something in the request is wrong, `errors` names it; 503: try again.",
  content: { "application/problem+json": { schema: problemSchema } },
};

/** An app that refuses what a description does not allow, naming every mistake. */
export function createApi(): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.flatMap(toFieldErrors);
      throw new ProblemError(422, errors.map(({ field, detail }) => `${field} ${detail}`).join("; "), errors);
    },
  });
  api.openAPIRegistry.registerComponent("securitySchemes", "api_key", { type: "http", scheme: "bearer" });
  return api;
}

/** Puts an endpoint at its place in the route map. */
export function mount(api: OpenAPIHono, services: Services, [scope, method, path, endpoint]: Mapped): void {
  const { description, handle } = endpoint;
  const responses = { ...description.responses, default: PROBLEM };
  const route = createRoute({
    security: [{ api_key: [scope] }],
    middleware: requireScope(scope),
    ...description,
    method,
    path,
    responses,
  });
  api.openapi(route, handle(services) as never);
}

const FORMS = { object: "is a JSON object, in braces", array: "is a JSON list, in brackets" };

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const at = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: [...at, key].join("."), detail: "is not a field known here" }));
  }
  const isForm = issue.code === "invalid_type" && (issue.expected === "object" || issue.expected === "array");
  const detail = isForm ? FORMS[issue.expected as keyof typeof FORMS] : issue.message;
  return [{ field: at.join(".") || "body", detail }];
}

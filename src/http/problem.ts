import type { Context, ErrorHandler, Hono, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { toAppError } from "../db/open.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import type { Log } from "../ports.ts";

/** The one table of what an error answers. A body that cannot be read is 400, one that can and says something wrong 422. */
const STATUS: Record<ErrorCode, ProblemStatus> = {
  invalid: 422,
  not_found: 404,
  conflict: 409,
  unauthorized: 401,
  unavailable: 503,
  internal: 500,
};

const TITLE = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

const METHODS = ["GET", "POST", "PUT", "DELETE"];

export type ProblemStatus = keyof typeof TITLE;

/** One field that is wrong: its name, what was given (where that was a plain value), and what would be right. */
export type FieldError = { field: string; value?: string; detail: string };

/** A problem that only HTTP knows, or one that names several fields. */
export class ProblemError extends Error {
  readonly status: ProblemStatus;
  readonly errors: FieldError[];

  constructor(status: ProblemStatus, detail: string, errors: FieldError[] = []) {
    super(detail);
    this.name = "ProblemError";
    this.status = status;
    this.errors = errors;
  }
}

/** Answers every error as a problem document (RFC 9457); what is not ours is logged in full and answered in two words. */
export function handleError(log: Log): ErrorHandler {
  return (thrown, c) => {
    const error = toAppError(thrown);
    if (error instanceof ProblemError) return problem(c, error.status, error.message, error.errors);
    if (error instanceof HTTPException && error.status in TITLE) {
      return problem(c, error.status as ProblemStatus, error.message);
    }
    if (error instanceof AppError && error.code !== "internal")
      return problem(c, STATUS[error.code], error.message);
    const { method, routePath: route } = c.req;
    log("error", "http_failed", { request: c.get("requestId"), method, route, error });
    return problem(c, 500, "Internal error");
  };
}

/** Nothing is there, or something that takes other methods; which ones, `Allow` says (RFC 9110, 15.5.6). */
export function handleNotFound({ router }: Pick<Hono, "router">): NotFoundHandler {
  return (c) => {
    const methods = METHODS.filter((method) =>
      router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
    );
    if (methods.length === 0) return problem(c, 404, "There is nothing at this address.");
    c.header("Allow", methods.join(", "));
    return problem(c, 405, `This address takes ${methods.join(", ")} only.`);
  };
}

function problem(c: Context, status: ProblemStatus, detail: string, errors: FieldError[] = []): Response {
  c.header("Cache-Control", "no-store");
  if (status === 401) c.header("WWW-Authenticate", challenge(c));
  if (status === 503) c.header("Retry-After", "30");
  if (status === 429) c.header("Retry-After", "600");
  const document = {
    type: "about:blank",
    title: TITLE[status],
    status,
    detail,
    ...(errors.length > 0 && { errors }),
  };
  return c.body(JSON.stringify(document), status, { "Content-Type": "application/problem+json" });
}

/** A browser asks for the key at the outbox; elsewhere the key goes with the request. */
function challenge(c: Context): string {
  return c.req.path.startsWith("/outbox")
    ? 'Basic realm="Dunwell", charset="UTF-8"'
    : 'Bearer realm="Dunwell"';
}

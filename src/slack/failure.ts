import type { ChatOutcome } from "../ports.ts";

type Failure = {
  code?: string;
  data?: { error?: string };
  retryAfter?: number;
  statusCode?: number;
};

/** What a failed call means, read by the client's class codes and Slack's error codes. */
export function deferredBy(error: unknown): ChatOutcome {
  const { retryAfter, statusCode } = error as Failure;
  const code = slackErrorCode(error);
  if (code) return { kind: "deferred", code, retryAfterMs: null };
  if (retryAfter !== undefined)
    return { kind: "deferred", code: "ratelimited", retryAfterMs: retryAfter * 1000 };
  if (statusCode !== undefined) return { kind: "deferred", code: `http_${statusCode}`, retryAfterMs: null };
  return { kind: "deferred", code: (error as Failure).code ?? "no_answer", retryAfterMs: null };
}

/** Slack's own code (`users_not_found`), where Slack answered with one. */
export function slackErrorCode(error: unknown): string | undefined {
  const { code, data } = error as Failure;
  return code === "slack_webapi_platform_error" ? (data?.error ?? "unknown_error").slice(0, 100) : undefined;
}

import type { ChatOutcome } from "../ports.ts";

type Failure = {
  code?: string;
  data?: { error?: string };
  retryAfter?: number;
  statusCode?: number;
};

type Deferred = Extract<ChatOutcome, { kind: "deferred" }>;

/** What a failed call means, read by the client's class codes and Slack's error codes. */
export function deferredBy(error: unknown): Deferred {
  const { retryAfter, statusCode } = error as Failure;
  const code = slackErrorCode(error);
  if (code) return { kind: "deferred", code, retryAfterMs: null };
  if (retryAfter !== undefined)
    return { kind: "deferred", code: "ratelimited", retryAfterMs: retryAfter * 1000 };
  if (statusCode !== undefined) return { kind: "deferred", code: `http_${statusCode}`, retryAfterMs: null };
  return { kind: "deferred", code: (error as Failure).code ?? "no_answer", retryAfterMs: null };
}

/** The same of a message that was on its way: without Slack's own word, nobody knows whether it was posted. */
export function unpostedBy(error: unknown): ChatOutcome {
  const deferred = deferredBy(error);
  const isSlacksWord = slackErrorCode(error) !== undefined || deferred.retryAfterMs !== null;
  const isOpen = !isSlacksWord || AFTER_ALL.has(deferred.code);
  return isOpen ? { kind: "unknown", code: deferred.code } : deferred;
}

// Slack's own words for "it may have been done": https://docs.slack.dev/reference/methods/chat.postMessage#errors
const AFTER_ALL = new Set(["fatal_error", "internal_error", "request_timeout", "service_unavailable"]);

/** Slack's own code (`users_not_found`), where Slack answered with one. */
export function slackErrorCode(error: unknown): string | undefined {
  const { code, data } = error as Failure;
  return code === "slack_webapi_platform_error" ? (data?.error ?? "unknown_error").slice(0, 100) : undefined;
}

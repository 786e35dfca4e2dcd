import type { WebhookEndpoint } from "../../db/webhook-endpoints.ts";
import type { LoggedMessage } from "../../db/webhook-messages.ts";
import type { Instant } from "../../domain/zone.ts";

/** An endpoint as the API and the command line show it: never with its secret. */
export function endpointLine({ id, url, events, createdAt, author, closedAt, closedBy }: WebhookEndpoint) {
  return {
    endpoint: id,
    url,
    events,
    created_at: iso(createdAt),
    created_by: author,
    closed_at: closedAt === null ? null : iso(closedAt),
    closed_by: closedBy,
  };
}

/** A message of the delivery log, with each try: what was answered, or why nothing was. Its content stays out. */
export function messageLine({ id, endpointId, type, state, createdAt, nextTryAt, attempts }: LoggedMessage) {
  return {
    message: id,
    endpoint: endpointId,
    type,
    state,
    created_at: iso(createdAt),
    next_try_at: nextTryAt === null ? null : iso(nextTryAt),
    attempts: attempts.map(({ at, status, error, durationMs }) => ({
      at: iso(at),
      status,
      error,
      duration_ms: durationMs,
    })),
  };
}

export type EndpointLine = ReturnType<typeof endpointLine>;
export type MessageLine = ReturnType<typeof messageLine>;

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

import { randomBytes } from "node:crypto";
import { putEndpointStatement, type WebhookEndpoint } from "../../db/webhook-endpoints.ts";
import { newId } from "../../domain/ids.ts";
import { EVENT_TYPES, type EventType } from "../../domain/outgoing-event.ts";
import { refuseUrl } from "../../domain/outside-address.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

const SECRET_BYTES = 32;

/**
 * Has a system told of what happens from now on; `events` narrows that. The secret with which its messages are signed is answered
 * this once. Throws `invalid` for an address that may not be told, or a type that there is not.
 */
export async function addWebhookEndpoint(
  { db, clock, settings }: Services,
  { url, events, author }: { url: string; events?: string[]; author: string },
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  const refused = refuseUrl(url, settings.WEBHOOK_PRIVATE_HOSTS);
  if (refused) throw new AppError("invalid", `the address ${refused}`);
  const at = clock();
  const wanted = events?.length ? events.map(typeOf) : null;
  const endpoint = { id: newId("whe", at), url: new URL(url).href, events: wanted, createdAt: at, author };
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  await db.batch([putEndpointStatement(endpoint, secret)]);
  return { endpoint: { ...endpoint, closedAt: null, closedBy: null }, secret };
}

function typeOf(text: string): EventType {
  const type = EVENT_TYPES.find((one) => one === text);
  if (type) return type;
  throw new AppError("invalid", `there is no event ${text}: ${EVENT_TYPES.join(", ")}`);
}

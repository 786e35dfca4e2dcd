import type { InStatement } from "@libsql/client";
import { Webhook } from "standardwebhooks";
import { addAlerts } from "../../db/alerts.ts";
import { closeEndpointStatements } from "../../db/webhook-endpoints.ts";
import {
  type Attempt,
  claimMessageStatement,
  type DueMessage,
  listDueMessages,
  recordAttemptStatement,
  settleMessageStatement,
} from "../../db/webhook-messages.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import { retryAfterMs } from "../../domain/outgoing-event.ts";
import type { Services } from "../../services.ts";
import { serviceProblem } from "../alerts/service-problem.ts";
import { inParallel } from "../sending/in-parallel.ts";

const MESSAGES_EACH = 50;
const MESSAGES_A_RUN = 1000;
const ENDPOINTS_AT_ONCE = 8;
/** An endpoint that is slow keeps its own messages waiting, not the tick. */
const LONGEST_MS = 20_000;
const GONE = 410;

/**
 * Sends what is due, signed, at least once, each under an id that stays: one endpoint's messages one after the other until it fails,
 * the endpoints side by side. What fails is tried again for some three days. Says whether more waits.
 */
export async function deliverMessages(
  services: Services,
  { limit = MESSAGES_A_RUN }: { limit?: number } = {},
): Promise<boolean> {
  const all = Math.min(limit, MESSAGES_A_RUN);
  const due = await listDueMessages(services.db, services.clock(), { each: MESSAGES_EACH, all });
  const byEndpoint = [...Map.groupBy(due, ({ endpointId }) => endpointId).values()];
  const areCut = await inParallel(byEndpoint, ENDPOINTS_AT_ONCE, async (messages) => {
    const startedAt = performance.now();
    for (const message of messages) {
      if (performance.now() - startedAt > LONGEST_MS) return true;
      if (!(await deliver(services, message))) return false;
    }
    return messages.length === MESSAGES_EACH || due.length === all;
  });
  return areCut.includes(true);
}

/** Whether the endpoint is worth another message now. Killed before it is recorded, it is sent again. */
async function deliver(services: Services, message: DueMessage): Promise<boolean> {
  const { db, clock, log } = services;
  const claimedAt = clock();
  const waitMs = retryAfterMs(message.attempts + 1, Math.random());
  const [claimed] = await db.batch([claimMessageStatement(message, claimedAt + (waitMs ?? DAY_MS))]);
  if (claimed!.rowsAffected === 0) return true;
  const attempt = await post(services, message);
  const { status, error } = attempt;
  const isTaken = status !== null && status >= 200 && status < 300;
  const statements = [recordAttemptStatement(message.id, attempt)];
  if (isTaken) statements.push(settleMessageStatement(message.id, "delivered", attempt.at));
  else if (status === GONE) statements.push(...closeGone(message, attempt));
  else if (waitMs === null) statements.push(...giveUp(message, attempt));
  await db.batch(statements);
  if (!isTaken) {
    log("warn", "webhook_failed", { message: message.id, endpoint: message.endpointId, status, error });
  }
  return isTaken;
}

async function post({ poster, clock }: Services, { id, url, secret, body }: DueMessage): Promise<Attempt> {
  const at = clock();
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": "Dunwell",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
  };
  const startedAt = performance.now();
  const { status, error } = await poster.post({ url, headers, body });
  return { at, status, error, durationMs: Math.round(performance.now() - startedAt) };
}

function closeGone({ endpointId }: DueMessage, { at }: Attempt): InStatement[] {
  const note = `The endpoint ${endpointId} answered that it is gone (410), and is told nothing any more.`;
  return [
    ...closeEndpointStatements(endpointId, { at, author: "endpoint" }),
    addAlerts([serviceProblem(`webhook_gone ${endpointId}`, note)], at),
  ];
}

/** Told once a day for each endpoint, however many messages it does not take. */
function giveUp({ id, endpointId }: DueMessage, { at }: Attempt): InStatement[] {
  const note = `The endpoint ${endpointId} has not taken messages for three days: \`dunwell webhooks log\`; then \`dunwell webhooks redeliver ${id}\`.`;
  const fact = `webhook_given_up ${endpointId} ${Math.floor(at / DAY_MS)}`;
  return [settleMessageStatement(id, "given_up", at), addAlerts([serviceProblem(fact, note)], at)];
}

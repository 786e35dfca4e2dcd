import { setTimeout as pause } from "node:timers/promises";
import type { InStatement } from "@libsql/client";
import {
  claimAlerts,
  listPendingAlerts,
  markDeferred,
  markPosted,
  markStale,
  releaseAlerts,
} from "../../db/alerts.ts";
import { findSetting, putSettingStatement } from "../../db/settings.ts";
import { putThreadStatement, readThreads, type Thread, threadsQuery } from "../../db/threads.ts";
import type { Instant } from "../../domain/zone.ts";
import type { ChatOutcome } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { localeOf, viewOf } from "./alert-view.ts";
import { foldAlerts, type PlannedMessage } from "./fold-alerts.ts";
import { settleAlerts } from "./settle-alerts.ts";
import { showAlerts } from "./show-alerts.ts";

const ALERTS_A_RUN = 1000;
/** Recorded together: one that was killed in between is looked for in the chat before it is posted again. */
const MESSAGES_A_WAVE = 20;
/** Mail never waits for long for the chat. */
const BUDGET_MS = 60_000;
/** So short a wait is waited for: a chat takes a message a second, and the next run is a quarter of an hour away. */
const PATIENCE_MS = 5_000;
const CLAIM_LASTS_MS = 10 * 60_000;
const FIRST_RETRY_MS = 60 * 1000;
const LAST_RETRY_MS = 6 * 3600 * 1000;
/** What one message or its reader is at fault for; anything else would stop the next message too. */
const OWN_FAULTS = new Set([
  "no_channel",
  "shared_channel",
  "invalid_blocks",
  "msg_too_long",
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "restricted_action",
  "restricted_action_read_only_channel",
]);

/**
 * Tells people what waits to be told, each in order, what they had too much of within the hour as one message; and brings up to
 * date what was told. What cannot be told now is kept and tried again; a chat that is down or limits us is left alone for as long as
 * it says. Nothing here stops a mail. Posts at most `limit` messages; returns whether more can be told now.
 */
export async function postAlerts(
  services: Services,
  { limit = Number.POSITIVE_INFINITY, stopping }: { limit?: number; stopping?: AbortSignal } = {},
): Promise<boolean> {
  const { db, clock } = services;
  await settleAlerts(services, null);
  const waitsUntil = await findSetting<Instant>(db, "chat_waits_until");
  if (waitsUntil !== undefined && clock() < waitsUntil) return false;
  const endsAt = performance.now() + BUDGET_MS;
  let { waitMs, isCut, tried } = await postPending(services, { limit, endsAt, stopping });
  let left = limit - tried;
  while (left > 0 && waitMs !== null && waitMs <= PATIENCE_MS && performance.now() + waitMs < endsAt) {
    if (stopping?.aborted) break;
    await pause(waitMs);
    ({ waitMs, isCut, tried } = await postPending(services, { limit: left, endsAt, stopping }));
    left -= Math.max(1, tried);
  }
  if (waitMs === null) await showAlerts(services);
  else await db.batch([putSettingStatement("chat_waits_until", clock() + waitMs)]);
  return waitMs === null && isCut;
}

/** Answers for how long to leave the chat alone (null: it takes more), and how many messages were taken in hand. */
async function postPending(
  services: Services,
  { limit, endsAt, stopping }: { limit: number; endsAt: number; stopping?: AbortSignal },
): Promise<{ waitMs: number | null; isCut: boolean; tried: number }> {
  const { db, clock } = services;
  const pending = await listPendingAlerts(db, clock(), ALERTS_A_RUN);
  if (pending.length === 0) return { waitMs: null, isCut: false, tried: 0 };
  const messages = await foldAlerts(services, pending);
  const customerIds = pending.flatMap(({ customerId }) => customerId ?? []);
  const threads = readThreads((await db.batch([threadsQuery(customerIds)], "read"))[0]!);
  const byKey = new Map(threads.map((thread) => [keyOf(thread), thread]));
  const isCut = messages.length > limit;
  const now = messages.slice(0, limit);
  let tried = 0;
  while (tried < now.length && performance.now() < endsAt && !stopping?.aborted) {
    const wave = now.slice(tried, tried + MESSAGES_A_WAVE);
    tried += wave.length;
    const waitMs = await postWave(services, wave, byKey);
    if (waitMs !== null) return { waitMs, isCut, tried };
  }
  return { waitMs: null, isCut, tried };
}

type Threads = Map<string, Thread>;

async function postWave(
  services: Services,
  messages: PlannedMessage[],
  threads: Threads,
): Promise<number | null> {
  const { db, clock, log } = services;
  const claimed = await claim(services, messages);
  const statements: InStatement[] = [];
  let waitMs: number | null = null;
  for (const message of messages) {
    const ids = message.alerts.map(({ id }) => id);
    if (!ids.every((id) => claimed.has(id))) continue;
    if (waitMs !== null) {
      statements.push(releaseAlerts(ids));
      continue;
    }
    const outcome = await postOne(services, message, threads);
    if (outcome.kind === "posted") statements.push(...recordPosted(message, outcome, threads, clock()));
    else {
      log("warn", "alert_deferred", { alerts: ids, code: outcome.code });
      statements.push(deferral(message, outcome, clock()));
      if (!OWN_FAULTS.has(outcome.code)) waitMs = retryAfter(outcome) ?? FIRST_RETRY_MS;
    }
  }
  if (statements.length > 0) await db.batch(statements);
  return waitMs;
}

async function claim({ db, clock }: Services, messages: PlannedMessage[]): Promise<Set<unknown>> {
  const ids = messages.flatMap(({ alerts }) => alerts.map(({ id }) => id));
  const at = clock();
  const [claimed] = await db.batch([claimAlerts(ids, { at, until: at + CLAIM_LASTS_MS })]);
  return new Set(claimed!.rows.map(({ id }) => id));
}

async function postOne(
  { chat, writer }: Services,
  { alerts, route, isFolded }: PlannedMessage,
  threads: Threads,
): Promise<ChatOutcome> {
  const [first] = alerts;
  const { locale, recipient, ...reader } = route;
  const view = viewOf(alerts, localeOf(locale));
  const message = {
    toEmail: first!.toEmail,
    id: first!.id,
    ...reader,
    ...writer.alert(view),
    thread: isFolded ? undefined : threads.get(keyOf({ customerId: first!.customerId, recipient })),
    isBroadcast: view.asks !== undefined,
  };
  const { claimedUntil } = first!;
  const posted =
    claimedUntil === null ? null : await chat.findPosted?.(message, claimedUntil - CLAIM_LASTS_MS);
  return posted ?? chat.post(message);
}

/** The first message about a customer begins a thread, and says again what is so whenever something comes under it. */
function recordPosted(
  { alerts, route, isFolded }: PlannedMessage,
  { channel, ts }: { channel: string; ts: string },
  threads: Threads,
  at: Instant,
): InStatement[] {
  const { id, customerId } = alerts[0]!;
  const ids = alerts.map((alert) => alert.id);
  if (isFolded || alerts.length > 1) return [markPosted(ids, { at, channel, ts: "" })];
  const posted = markPosted(ids, { at, channel, ts });
  if (customerId === null || ts === "") return [posted];
  const { recipient } = route;
  const known = threads.get(keyOf({ customerId, recipient }));
  if (known?.channel === channel) return [posted, markStale([known.alertId])];
  const thread = { customerId, recipient, channel, ts, alertId: id };
  threads.set(keyOf(thread), thread);
  return [posted, putThreadStatement(thread)];
}

type Unposted = Exclude<ChatOutcome, { kind: "posted" }>;

/** Where the chat says when to come back, that holds for all; else the alert comes back later each time. */
function deferral({ alerts }: PlannedMessage, outcome: Unposted, at: Instant): InStatement {
  const attempts = Math.max(...alerts.map((alert) => alert.attempts));
  return markDeferred(
    alerts.map(({ id }) => id),
    {
      until: at + (retryAfter(outcome) ?? backOff(attempts)),
      code: outcome.code,
      at,
      isKnown: outcome.kind === "deferred",
    },
  );
}

function retryAfter(outcome: Unposted): number | null {
  return outcome.kind === "deferred" ? outcome.retryAfterMs : null;
}

function backOff(attempts: number): Instant {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LAST_RETRY_MS);
}

function keyOf({ customerId, recipient }: { customerId: string | null; recipient: string }): string {
  return `${customerId} ${recipient}`;
}

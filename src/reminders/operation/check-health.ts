import type { InStatement, ResultSet } from "@libsql/client";
import { lastRunQuery, lastTickQuery, readLastRun, type SucceededRun } from "../../db/last-tick.ts";
import { readSetting, settingQuery } from "../../db/settings.ts";
import type { Stop } from "../../db/world.ts";
import type { Circuit } from "../../domain/sending.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { describeBehind, msBehind } from "../sending/check-clock.ts";

/** Twice the interval of the clock. */
const LONGEST_WITHOUT_TICK_MS = 30 * 60 * 1000;
const PATIENCE_MS = 3000;

export type Health = {
  /** A sentence on what is wrong; null while all is well. */
  problem: string | null;
  /** The last tick that succeeded. */
  tick: SucceededRun | null;
  stop: Stop | null;
  /** Since when nothing leaves because the mail provider fails. */
  circuitOpenSince: Instant | null;
};

/**
 * Whether the database answers and the clock runs: a tick has to succeed every half hour, counted from the start of this service
 * where that is known, else from the first invoice. Never throws.
 */
export async function checkHealth(
  services: Pick<Services, "db" | "clock" | "log">,
  { startedAt }: { startedAt?: Instant },
): Promise<Health> {
  const { db, clock, log } = services;
  const at = clock();
  try {
    const results = await patiently(db.batch(queries(at), "read"));
    const [tick, last] = results.slice(0, 2).map(readLastRun);
    const since = Math.max(tick?.finishedAt ?? firstNeed(results, startedAt), startedAt ?? 0);
    const behind = msBehind(last, at);
    return {
      problem: behind > 0 ? sentence(describeBehind(behind)) : noTickSince(since, at),
      tick: tick ?? null,
      stop: readSetting<Stop>(results[2]!) ?? null,
      circuitOpenSince: readSetting<Circuit>(results[3]!)?.openedAt ?? null,
    };
  } catch (error) {
    log("error", "health_failed", { error });
    const problem = "The database does not answer as it should.";
    return { problem, tick: null, stop: null, circuitOpenSince: null };
  }
}

function queries(at: Instant): InStatement[] {
  const firstInvoice = "SELECT created_at FROM invoices ORDER BY rowid LIMIT 1";
  const settings = [settingQuery("stop"), settingQuery("circuit")];
  return [lastTickQuery(at), lastRunQuery(), ...settings, { sql: firstInvoice, args: [] }];
}

function firstNeed(results: ResultSet[], startedAt: Instant | undefined): Instant {
  const row = results[4]!.rows[0];
  return startedAt ?? (row ? Number(row.created_at) : Number.POSITIVE_INFINITY);
}

function noTickSince(since: Instant, at: Instant): string | null {
  if (at - since <= LONGEST_WITHOUT_TICK_MS) return null;
  return `No tick has succeeded for ${Math.round((at - since) / 60_000)} minutes; \`dunwell runs\` says what became of them.`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A remote database may keep its callers waiting for longer than whoever asks for our health. */
async function patiently<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

import type { InStatement, ResultSet } from "@libsql/client";
import { parseCreditor } from "../domain/creditor.ts";
import type { Creditor } from "../domain/letter.ts";
import { type Policy, parsePolicy, STANDARD_POLICY } from "../domain/policy.ts";
import { CLOSED, type SendingState } from "../domain/sending.ts";
import type { Instant } from "../domain/zone.ts";

export type PolicyVersion = { policy: Policy; version: number };

/** A person's word that nothing leaves until further notice. */
export type Stop = { at: Instant; author: string; reason: string };

/** What all customers share, as the database knows it. */
export type World = {
  stop: Stop | null;
  creditor: Creditor | null;
  policies: Map<string, PolicyVersion>;
  freshThrough: Instant | null;
  backlogReleasedAt: Instant | null;
  /** As a run goes on, what it sends moves this on. */
  sending: SendingState;
  /** Counts changes of what all share. */
  version: number;
};

/** Two statements that ride with the customers' queries; `readWorld` understands their results. */
export function worldQueries(): InStatement[] {
  return [
    `SELECT key, value FROM settings WHERE key IN ('fresh_through', 'backlog_released_at', 'facts_version', 'stop',
       'send_quota', 'circuit')
     UNION ALL SELECT 'creditor', body FROM creditors`,
    "SELECT name, max(version) AS version, body FROM policies GROUP BY name",
  ].map((sql) => ({ sql, args: [] }));
}

export function readWorld([settings, policies]: ResultSet[]): World {
  const values = new Map(settings!.rows.map((row) => [String(row.key), JSON.parse(String(row.value))]));
  const versions = new Map<string, PolicyVersion>([["standard", { policy: STANDARD_POLICY, version: 1 }]]);
  for (const row of policies!.rows) {
    const version = Number(row.version);
    versions.set(String(row.name), {
      policy: cachedPolicy(String(row.name), version, String(row.body)),
      version,
    });
  }
  return {
    stop: values.get("stop") ?? null,
    creditor: values.has("creditor") ? parseCreditor(values.get("creditor")) : null,
    policies: versions,
    freshThrough: values.get("fresh_through") ?? null,
    backlogReleasedAt: values.get("backlog_released_at") ?? null,
    sending: {
      quota: values.get("send_quota") ?? null,
      circuit: values.get("circuit") ?? CLOSED,
      hasTaken: false,
    },
    version: values.get("facts_version") ?? 0,
  };
}

/** The policy a customer names, else the standard one; also where the one it names is gone. */
export function policyOf(world: World, name: string | null): PolicyVersion {
  return world.policies.get(name ?? "standard") ?? world.policies.get("standard")!;
}

const parsed = new Map<string, Policy>();
const MOST_PARSED = 100;

function cachedPolicy(name: string, version: number, body: string): Policy {
  const key = `${name} ${version} ${body}`;
  const known = parsed.get(key);
  if (known) return known;
  if (parsed.size >= MOST_PARSED) parsed.clear();
  const { policy } = parsePolicy(JSON.parse(body));
  parsed.set(key, policy);
  return policy;
}

import type { InStatement } from "@libsql/client";
import { type Policy, parsePolicy, STANDARD_POLICY } from "../domain/policy.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

export type StoredPolicy = { policy: Policy; version: number };

/** The current version of every policy by name; `standard` is always among them. */
export async function currentPolicies(db: Db): Promise<Map<string, StoredPolicy>> {
  const [, current] = await db.batch([putStandardStatement(), currentPoliciesQuery()]);
  return readPolicies(current!);
}

/**
 * The policy that ships becomes version 1 when it is first used, so that reminders name a version that is on record, and
 * a later release does not change what customers get.
 */
export function putStandardStatement(): InStatement {
  return {
    sql: `INSERT INTO policies (name, version, body, created_at) VALUES ('standard', 1, ?, 0) ON CONFLICT DO NOTHING`,
    args: [JSON.stringify(STANDARD_POLICY)],
  };
}

export function currentPoliciesQuery(): InStatement {
  return { sql: "SELECT name, max(version) AS version, body FROM policies GROUP BY name", args: [] };
}

export function readPolicies(result: { rows: Record<string, unknown>[] }): Map<string, StoredPolicy> {
  return new Map(
    result.rows.map((row) => {
      const { policy } = parsePolicy(JSON.parse(String(row.body)));
      return [policy.name, { policy, version: Number(row.version) }];
    }),
  );
}

export function putPolicyStatement(policy: Policy, version: number, at: Instant): InStatement {
  return {
    sql: "INSERT INTO policies (name, version, body, created_at) VALUES (?, ?, ?, ?)",
    args: [policy.name, version, JSON.stringify(policy), at],
  };
}

/** These versions of policies, as reminders name them. */
export function policyVersionsQuery(named: { name: string; version: number }[]): InStatement {
  return {
    sql: `SELECT p.name, p.version, p.body FROM policies p
          WHERE (p.name, p.version) IN (SELECT value->>0, value->>1 FROM json_each(?))`,
    args: [JSON.stringify(named.map(({ name, version }) => [name, version]))],
  };
}

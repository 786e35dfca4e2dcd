import {
  currentPoliciesQuery,
  putPolicyStatement,
  putStandardStatement,
  readPolicies,
} from "../../db/policies.ts";
import { touchWorld, wakePolicy } from "../../db/touch.ts";
import { canonicalData } from "../../domain/ledger.ts";
import { parsePolicy } from "../../domain/policy.ts";
import type { Services } from "../../services.ts";

export type AppliedPolicy = { name: string; version: number; warnings: string[]; changed: boolean };

/** Stores a policy as a new version, if it differs from the present one. Throws `invalid` naming every mistake. */
export async function applyPolicy(services: Services, json: unknown): Promise<AppliedPolicy> {
  const { policy, warnings } = parsePolicy(json);
  const { name } = policy;
  return services.db.write(async (tx) => {
    const [, current] = await tx.batch([putStandardStatement(), currentPoliciesQuery()]);
    const before = readPolicies(current!).get(name);
    if (before && canonicalData(before.policy) === canonicalData(policy)) {
      return { name, version: before.version, warnings, changed: false };
    }
    const version = (before?.version ?? 0) + 1;
    await tx.batch([putPolicyStatement(policy, version, services.clock()), touchWorld(), wakePolicy(name)]);
    return { name, version, warnings, changed: true };
  });
}

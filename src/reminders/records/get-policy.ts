import { currentPoliciesQuery, readPolicies } from "../../db/policies.ts";
import { type Policy, parsePolicy, STANDARD_POLICY } from "../../domain/policy.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";

/** The current version of a policy; the standard one as it ships while none of that name is on record. Stores nothing. Throws `not_found`. */
export async function getPolicy({ db }: Pick<Services, "db">, name: string): Promise<Policy> {
  const [current] = await db.batch([currentPoliciesQuery()], "read");
  const policies = readPolicies(current!);
  const stored = policies.get(name);
  if (stored) return stored.policy;
  if (name === STANDARD_POLICY.name) return parsePolicy(STANDARD_POLICY).policy;
  const known = [...new Set([STANDARD_POLICY.name, ...policies.keys()])].join(", ");
  throw new AppError("not_found", `there is no policy ${JSON.stringify(name)}; known: ${known}`);
}

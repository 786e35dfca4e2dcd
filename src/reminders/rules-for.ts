import type { Transaction } from "@libsql/client";
import type { CustomerProfile } from "../db/customers.ts";
import { policyOf, readWorld, worldQueries } from "../db/world.ts";
import type { Policy } from "../domain/policy.ts";

/** The policy in force for a customer and the zone of its days: its own, else the policy's, else the creditor's, else UTC. */
export async function rulesFor(
  tx: Transaction,
  customer: Pick<CustomerProfile, "policy" | "timezone">,
): Promise<{ policy: Policy; zone: string }> {
  const world = readWorld(await tx.batch(worldQueries()));
  const { policy } = policyOf(world, customer.policy);
  const zone = customer.timezone ?? policy.calendar.timezone ?? world.creditor?.timezone ?? "UTC";
  return { policy, zone };
}

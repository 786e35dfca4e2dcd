import type { Transaction } from "@libsql/client";
import type { CustomerProfile } from "../../db/customers.ts";
import { policyOf, readWorld, type World, worldQueries } from "../../db/world.ts";
import type { Policy } from "../../domain/policy.ts";

type RuledCustomer = Pick<CustomerProfile, "policy" | "timezone">;
type Rules = { policy: Policy; zone: string };

/** The policy in force for a customer and the zone of its days: its own, else the policy's, else the creditor's, else UTC. */
export async function rulesFor(tx: Transaction, customer: RuledCustomer): Promise<Rules> {
  return rulesOf(readWorld(await tx.batch(worldQueries())), customer);
}

/** The same where the world is known. */
export function rulesOf(world: World, customer: RuledCustomer): Rules {
  const { policy } = policyOf(world, customer.policy);
  const zone = customer.timezone ?? policy.calendar.timezone ?? world.creditor?.timezone ?? "UTC";
  return { policy, zone };
}

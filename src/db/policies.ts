import type { Policy } from "../domain/policy.ts";
import type { Db } from "./open.ts";

export type StoredPolicy = { policy: Policy; version: number };

/** The current version of every policy by name; `standard` is always among them. */
export async function currentPolicies(_db: Db): Promise<Map<string, StoredPolicy>> {
  throw new Error("not written");
}

/** The current version of this policy, or undefined. */
export async function findPolicy(_db: Db, _name: string): Promise<StoredPolicy | undefined> {
  throw new Error("not written");
}

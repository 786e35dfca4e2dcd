import type { Services } from "../services.ts";

export type Suppression = { address: string; reason: "bounce" | "complaint" | "manual"; source: string };

/** From now on nothing is mailed to this address. */
export async function suppressAddress(
  _services: Services,
  _suppression: Suppression,
): Promise<{ changed: boolean }> {
  throw new Error("not written");
}

/** Lets an address be mailed again. Throws `not_found` where it was not suppressed. */
export async function unsuppressAddress(_services: Services, _address: string): Promise<void> {
  throw new Error("not written");
}

import type { Creditor } from "../domain/letter.ts";
import type { Services } from "../services.ts";

/** Stores who we are. Throws `invalid` naming every mistake. */
export async function applyCreditor(
  _services: Services,
  _json: unknown,
): Promise<{ creditor: Creditor; changed: boolean }> {
  throw new Error("not written");
}

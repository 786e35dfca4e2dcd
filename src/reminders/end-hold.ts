import type { HoldKind } from "../domain/facts.ts";
import type { Services } from "../services.ts";
import type { HoldTarget } from "./hold-target.ts";

/** Ends the hold of that kind (manual unless told otherwise). Throws `not_found` where there is none. */
export async function endHold(
  _services: Services,
  _end: HoldTarget & { kind?: HoldKind; author: string },
): Promise<void> {
  throw new Error("not written");
}

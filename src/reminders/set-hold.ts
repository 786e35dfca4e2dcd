import type { CivilDay } from "../domain/civil-date.ts";
import type { HoldKind } from "../domain/facts.ts";
import type { Services } from "../services.ts";
import type { HoldTarget } from "./hold-target.ts";

export type NewHold = HoldTarget & { kind?: HoldKind; reason: string; until: CivilDay; author: string };

/** Holds an invoice, or all of a customer's, through a day; replaces the hold of that kind that is there. */
export async function setHold(
  _services: Services,
  _hold: NewHold,
): Promise<{ id: string; changed: boolean }> {
  throw new Error("not written");
}

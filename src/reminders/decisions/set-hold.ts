import type { Transaction } from "@libsql/client";
import { pausesQuery, type StoredHold } from "../../db/holds.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import type { HoldKind } from "../../domain/facts.ts";
import { canHoldShare } from "../../domain/holds.ts";
import { newId } from "../../domain/ids.ts";
import { pauseBound } from "../../domain/pause.ts";
import type { Policy } from "../../domain/policy.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { rulesFor } from "../sending/rules-for.ts";
import { type HeldTarget, type HoldTarget, loadTarget, ofKind } from "./hold-target.ts";

export type NewHold = HoldTarget & {
  kind?: HoldKind;
  reason: string;
  until: CivilDay;
  author: string;
  /** Whose pause it is: an account owner's is bounded by the policy. */
  by?: "owner" | "finance";
  /** The share of an invoice that a promise or a dispute holds; absent, the whole. */
  amountMinor?: number;
};

/**
 * Holds an invoice, or all that a customer owes, through a civil day in the customer's zone; replaces the hold of that kind
 * that is there. Throws `not_found` for an unknown target, `invalid` for a day that is over or no reason, `conflict` for an account
 * owner's pause beyond the policy's bounds, or in the place of a longer one.
 */
export async function setHold(services: Services, hold: NewHold): Promise<{ id: string; changed: boolean }> {
  const kind = hold.kind ?? "manual";
  const reason = hold.reason.trim();
  if (reason === "") throw new AppError("invalid", "a hold needs a reason");
  const amountMinor = hold.amountMinor ?? null;
  if (amountMinor !== null && (!canHoldShare(kind) || hold.invoiceNumber === undefined || amountMinor <= 0))
    throw new AppError("invalid", "only a promise or a dispute of an invoice holds a share, above 0");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const held = await loadTarget(tx, hold);
    const { zone, policy } = await rulesFor(tx, held.customer);
    const today = civilDayAt(at, zone);
    if (hold.until < today) {
      const days = `${formatCivilDay(hold.until)} is over; today is ${formatCivilDay(today)} there`;
      throw new AppError("invalid", `until ${days}`);
    }
    const [same] = ofKind(held, kind).filter(
      (old) => old.until === hold.until && old.reason === reason && old.amountMinor === amountMinor,
    );
    if (same) return { id: same.id, changed: false };
    if (hold.by === "owner") await refusePause(tx, held, { until: hold.until, today, rules: policy.pauses });
    const recording = startRecording({ at, author: hold.author });
    const id = replaceHold(recording, held, { kind, reason, until: hold.until, amountMinor, by: hold.by });
    await writeRecording(tx, recording, held.ledgers);
    return { id, changed: true };
  });
}

async function refusePause(
  tx: Transaction,
  held: HeldTarget,
  pause: { until: CivilDay; today: CivilDay; rules: Policy["pauses"] },
): Promise<void> {
  const longer = ofKind(held, "manual").find(({ until }) => until === null || until > pause.until);
  if (longer) {
    const through = longer.until === null ? "" : ` through ${formatCivilDay(longer.until)}`;
    throw new AppError("conflict", `it is on hold${through} already, by ${longer.author}`);
  }
  const { rows } = await tx.execute(pausesQuery([...held.ledgers.keys()]));
  const bound = pauseBound({ ...pause, madeBefore: Number(rows[0]!.pauses) });
  if (bound) throw new AppError("conflict", bound);
}

/** Puts this hold in the place of the one of its kind that is there, and enters it. */
export function replaceHold(
  recording: Recording,
  held: HeldTarget,
  { by, ...hold }: Pick<StoredHold, "kind" | "reason" | "amountMinor"> & Pick<NewHold, "until" | "by">,
): string {
  const { at, author, changes } = recording;
  for (const old of ofKind(held, hold.kind)) changes.holds.set(old.id, { ...old, endedAt: at });
  const id = newId("hld", at);
  changes.holds.set(id, {
    id,
    customerId: held.customer.id,
    invoiceId: held.invoiceId,
    ...hold,
    from: at as Instant,
    questionTo: null,
    endedAt: null,
    author,
  });
  for (const invoiceId of held.ledgers.keys()) {
    enter(recording, invoiceId, "hold_set", {
      hold: hold.kind,
      on: held.invoiceId === null ? "customer" : "invoice",
      reason: hold.reason,
      until: formatCivilDay(hold.until),
      share: hold.amountMinor ?? undefined,
      by,
    });
  }
  touch(recording, held.customer.id);
  return id;
}

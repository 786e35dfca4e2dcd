import type { Transaction } from "@libsql/client";
import { declineStatement, type StoredRequest } from "../../db/approval-requests.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { rulesFor } from "../sending/rules-for.ts";
import { type Answered, answeredOf, loadRequest, refuseAnswer } from "./approval-request.ts";
import { loadTarget, ofKind } from "./hold-target.ts";
import { replaceHold } from "./set-hold.ts";

/**
 * Finance keeps a letter from leaving: the question is closed and its invoices are held for as long as the policy lets anybody
 * pause, with this reason; after that finance is asked again. Takes back an approval that was not used yet. Throws as
 * approving does, and `invalid` without a reason.
 */
export function declineReminder(
  services: Services,
  answer: { asked: string; reason: string; author: string },
): Promise<Answered & { heldUntil: CivilDay }> {
  return keepBack(services, answer);
}

/** The same, through a day that finance names. */
export async function keepBack(
  services: Services,
  answer: { asked: string; reason: string; author: string; until?: CivilDay },
): Promise<Answered & { heldUntil: CivilDay }> {
  const { author, until } = answer;
  const reason = answer.reason.trim();
  if (reason === "") throw new AppError("invalid", "declining needs a reason");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { request, heads, customer } = await loadRequest(tx, answer.asked);
    refuseAnswer(request, "decline", at);
    const { policy, zone } = await rulesFor(tx, customer);
    const today = civilDayAt(at, zone);
    if (until !== undefined && until < today)
      throw new AppError("invalid", `${formatCivilDay(until)} is over; name today or a later day`);
    const heldUntil = until ?? today + policy.pauses.maxDays;
    const recording = startRecording({ at, author });
    for (const { invoiceId } of request.items) {
      const declined = { reminder: request.id, stage: request.stage, reason };
      enter(recording, invoiceId, "approval_declined", declined);
    }
    await holdItems(tx, recording, request, { reason, until: heldUntil });
    touch(recording, request.customerId);
    await tx.batch([declineStatement(request.id, { at, by: author, reason })]);
    await writeRecording(tx, recording, heads);
    return { ...answeredOf(request), heldUntil };
  });
}

/** A longer pause that is there already stays. */
async function holdItems(
  tx: Transaction,
  recording: Recording,
  { items }: StoredRequest,
  hold: { reason: string; until: CivilDay },
): Promise<void> {
  for (const { number, isOpen } of items) {
    if (!isOpen) continue;
    const held = await loadTarget(tx, { invoiceNumber: number });
    const isHeldLonger = ofKind(held, "manual").some(({ until }) => until === null || until >= hold.until);
    if (!isHeldLonger) replaceHold(recording, held, { kind: "manual", ...hold, amountMinor: null });
  }
}

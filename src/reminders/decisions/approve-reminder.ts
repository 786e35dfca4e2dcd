import { approveStatement } from "../../db/approval-requests.ts";
import { APPROVAL_LASTS_MS } from "../../domain/approval.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { type Answered, answeredOf, loadRequest, refuseAnswer } from "./approval-request.ts";

/**
 * Finance lets a letter leave that needs its word: the next tick sends it, within 7 days and unless a payment, promise, reply or
 * dispute comes in before. `asked` is the reminder's id or an invoice's number. Throws `not_found` where nobody was asked,
 * `conflict` where it is answered, closed or sent already.
 */
export async function approveReminder(
  services: Services,
  answer: { asked: string; author: string },
): Promise<Answered & { until: Instant }> {
  const { author } = answer;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { request, heads } = await loadRequest(tx, answer.asked);
    refuseAnswer(request, "approve", at);
    // A word that came at this very instant came before: finance has the last one.
    const decidedAt = Math.max(at, (request.lastWord?.at ?? 0) + 1);
    const recording = startRecording({ at, author });
    for (const { invoiceId } of request.items) {
      enter(recording, invoiceId, "approval_given", { reminder: request.id, stage: request.stage });
    }
    touch(recording, request.customerId);
    await tx.batch([approveStatement(request.id, { at: decidedAt, by: author })]);
    await writeRecording(tx, recording, heads);
    return { ...answeredOf(request), until: decidedAt + APPROVAL_LASTS_MS };
  });
}

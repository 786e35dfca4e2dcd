import { resetStageStatements } from "../../db/waivers.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { type LadderPlace, loadLadder } from "./ladder.ts";
import type { StageWord } from "./waive-stage.ts";

/**
 * Opens again the last stage that was sent or waived for an invoice, so that it may be sent once more: the one way in which a
 * stage is ever sent twice. It also answers for a letter whose outcome is not known. Throws `not_found`, `invalid` without a
 * reason, `conflict` where that stage is not the last one, or its letter is on its way.
 */
export async function resetStage(services: Services, word: StageWord): Promise<void> {
  const { stage, author } = word;
  const reason = word.reason.trim();
  if (reason === "") throw new AppError("invalid", "resetting a stage needs a reason");
  const at = services.clock();
  await services.db.write(async (tx) => {
    const place = await loadLadder(tx, word, at);
    const { invoice, context, heads } = place;
    refuseNotLast(place, stage);
    const { rows } = await tx.execute(sendingQuery(invoice.id));
    if (rows.length > 0)
      throw new AppError("conflict", `a reminder of invoice ${invoice.number} is on its way`);
    const recording = startRecording({ at, author });
    enter(recording, invoice.id, "stage_reset", { stage, reason });
    touch(recording, context.customer.id);
    await tx.batch(resetStageStatements(invoice.id, stage, at));
    await writeRecording(tx, recording, heads);
  });
}

function refuseNotLast({ invoice, context, index }: LadderPlace, stage: string): void {
  const { number, steps } = invoice;
  if (!steps.some((step) => step.stage === stage)) {
    throw new AppError("conflict", `invoice ${number}: ${stage} was neither sent nor waived`);
  }
  const later = context.policy.stages
    .slice(index + 1)
    .filter(({ key }) => steps.some((step) => step.stage === key))
    .at(-1);
  if (later) {
    const sentence = `invoice ${number}: ${later.key} came after ${stage}; reset that first, for no softer letter follows a sterner one`;
    throw new AppError("conflict", sentence);
  }
}

function sendingQuery(invoiceId: string) {
  return {
    sql: `SELECT 1 FROM reminder_invoices ri JOIN reminders r ON r.id = ri.reminder_id
          WHERE ri.invoice_id = ? AND ri.counts = 1 AND r.state IN ('claimed', 'sending')`,
    args: [invoiceId],
  };
}

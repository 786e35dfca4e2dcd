import { putWaiverStatement } from "../../db/waivers.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { type LadderPlace, loadLadder, nextOf, refuseUnderWay } from "./ladder.ts";

export type StageWord = { invoiceNumber: string; stage: string; reason: string; author: string };

/**
 * Leaves out the stage that comes next for an invoice; the ladder goes on with the one after it. Only the next one: a later stage
 * waived now would take the softer ones before it along. `next` is the stage that comes then. Throws `not_found`, `invalid`
 * without a reason, `conflict` for a stage that is not next.
 */
export async function waiveStage(
  services: Services,
  word: StageWord,
): Promise<{ changed: boolean; next: string | null }> {
  const { stage, author } = word;
  const reason = word.reason.trim();
  if (reason === "") throw new AppError("invalid", "waiving a stage needs a reason");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const place = await loadLadder(tx, word, at);
    const { invoice, context, heads } = place;
    if (invoice.steps.some((step) => step.stage === stage && step.kind === "waived")) {
      return { changed: false, next: place.next?.stage.key ?? null };
    }
    refuseUnderWay(invoice);
    refuseNotNext(place, stage);
    const recording = startRecording({ at, author });
    enter(recording, invoice.id, "stage_waived", { stage, reason });
    touch(recording, context.customer.id);
    const on = context.today;
    await tx.batch([putWaiverStatement({ invoiceId: invoice.id, stage, at, on, author, reason })]);
    await writeRecording(tx, recording, heads);
    const steps = [...invoice.steps, { stage, kind: "waived" as const, on }];
    return { changed: true, next: nextOf(context, { ...invoice, steps })?.stage.key ?? null };
  });
}

function refuseNotNext({ invoice, index, next }: LadderPlace, stage: string): void {
  const { number, steps } = invoice;
  if (next?.index === index) return;
  const sent = steps.find((step) => step.stage === stage && step.kind === "sent");
  const why = sent
    ? `${stage} was sent on ${formatCivilDay(sent.on)}`
    : next === null
      ? "no stage comes next"
      : index < next.index
        ? `its ladder is past ${stage}; ${next.stage.key} comes next`
        : `${next.stage.key} comes first`;
  throw new AppError("conflict", `invoice ${number}: ${why}`);
}

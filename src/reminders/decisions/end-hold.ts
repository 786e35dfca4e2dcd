import type { HoldKind } from "../../domain/facts.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { type HoldTarget, loadTarget, ofKind } from "./hold-target.ts";

/** Ends the hold of that kind (manual unless told otherwise) on this target itself. Throws `not_found` where there is none. */
export async function endHold(
  services: Services,
  end: HoldTarget & { kind?: HoldKind; author: string },
): Promise<void> {
  const kind = end.kind ?? "manual";
  const at = services.clock();
  await services.db.write(async (tx) => {
    const held = await loadTarget(tx, end);
    const ended = ofKind(held, kind);
    if (ended.length === 0) {
      const what =
        end.invoiceNumber === undefined ? `customer ${end.customerRef}` : `invoice ${end.invoiceNumber}`;
      throw new AppError("not_found", `there is no ${kind} hold on ${what}`);
    }
    const recording = startRecording({ at, author: end.author });
    for (const hold of ended) recording.changes.holds.set(hold.id, { ...hold, endedAt: at });
    for (const invoiceId of held.ledgers.keys()) {
      const on = held.invoiceId === null ? "customer" : "invoice";
      enter(recording, invoiceId, kind === "dispute" ? "dispute_closed" : "hold_ended", { hold: kind, on });
    }
    touch(recording, held.customer.id);
    await writeRecording(tx, recording, held.ledgers);
  });
}

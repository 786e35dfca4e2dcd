import { closableQuery, closeStatement, readRequests } from "../../db/approval-requests.ts";
import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import { APPROVAL_LASTS_MS } from "../../domain/approval.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { whyOver } from "./approval-request.ts";

const MOST_A_RUN = 500;
const NOTHING_LEFT = "nothing is left to ask for";

/**
 * Closes questions to finance that are over: an approval that became void or was not used in time, a letter of which nothing is
 * left to send. Where the stage is still due, the same tick asks anew.
 */
export async function closeRequests({ db, clock }: Pick<Services, "db" | "clock">): Promise<void> {
  const at = clock();
  const query = closableQuery(at - APPROVAL_LASTS_MS, MOST_A_RUN);
  const [found] = await db.batch([query], "read");
  if (found!.rows.length === 0) return;
  await db.write(async (tx) => {
    const requests = readRequests(await tx.execute(query));
    const invoiceIds = requests.flatMap(({ items }) => items.map(({ invoiceId }) => invoiceId));
    const heads = readHeads(await tx.execute(ledgerHeadsQuery(invoiceIds)));
    const recording = startRecording({ at, author: "clock" });
    const closed = requests.map((request) => {
      const isLeft = request.items.some(({ isOpen }) => isOpen);
      return { ...request, because: (isLeft && whyOver(request, at)) || NOTHING_LEFT };
    });
    for (const { id, stage, items, customerId, because } of closed) {
      for (const { invoiceId } of items) {
        enter(recording, invoiceId, "reminder_cancelled", { reminder: id, stage, because });
      }
      touch(recording, customerId);
    }
    await tx.batch([closeStatement(closed, at)]);
    await writeRecording(tx, recording, heads);
  });
}

import { LONGEST_TEXT, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { tell } from "../agreements/case-news.ts";
import { openCase, writeCase } from "../agreements/debtor-case.ts";
import { enter } from "../recording.ts";
import { type Answered, answeredOf, loadRequest, refuseAnswer } from "./approval-request.ts";

/**
 * The account owner objects to a letter that finance is asked about: finance is told why and goes on to decide. An author's second
 * objection to the same letter changes nothing. `asked` is the reminder's id or an invoice's number. Throws as declining does.
 */
export async function objectToReminder(
  services: Services,
  objection: { asked: string; reason: string; author: string },
): Promise<Answered & { changed: boolean }> {
  const { asked, author } = objection;
  const reason = takeLines("reason", objection.reason, LONGEST_TEXT);
  if (reason === null) throw new AppError("invalid", "an objection needs a reason");
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { request } = await loadRequest(tx, asked);
    refuseAnswer(request, "decline", at);
    const answered = answeredOf(request);
    const { rows } = await tx.execute({
      sql: `SELECT 1 FROM ledger WHERE invoice_id = ? AND kind = 'approval_objected' AND author = ? AND data->>'reminder' = ?`,
      args: [request.items[0]!.invoiceId, author, request.id],
    });
    if (rows.length > 0) return { ...answered, changed: false };
    const numbers = request.items.map(({ number }) => number);
    const matter = await openCase(tx, { numbers, author, at });
    for (const { id } of matter.invoices) {
      enter(matter.recording, id, "approval_objected", {
        reminder: request.id,
        stage: request.stage,
        reason,
      });
    }
    const shares = matter.invoices.map((invoice) => ({ invoice, amountMinor: invoice.balanceMinor }));
    const about = `${request.id} ${author}`;
    tell(matter, { kind: "approval_objected", to: "finance", about, shares, note: [reason] });
    await writeCase(tx, matter);
    return { ...answered, changed: true };
  });
}

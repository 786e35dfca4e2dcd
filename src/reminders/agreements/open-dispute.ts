import type { Transaction } from "@libsql/client";
import { disputeQuery, putDisputeStatement, readDisputes, type StoredDispute } from "../../db/disputes.ts";
import type { StoredInvoice } from "../../db/invoices.ts";
import { type DisputeReason, disputeAnswerDueAt } from "../../domain/dispute.ts";
import { newId } from "../../domain/ids.ts";
import { formatDecimal } from "../../domain/money.ts";
import { LONGEST_NAME, LONGEST_TEXT, takeLine, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter } from "../recording.ts";
import { notify, tell } from "./case-news.ts";
import {
  addHold,
  type DebtorCase,
  openCase,
  requirePayable,
  undisputedMinor,
  writeCase,
} from "./debtor-case.ts";
import { endPromise, storePromises } from "./promise-case.ts";

export type NewDispute = {
  invoiceNumber: string;
  /** The share, minor units; absent, all that is left of the invoice. */
  amountMinor?: number;
  reason: DisputeReason;
  text?: string;
  name?: string;
  author: string;
  customerId?: string;
};

/**
 * Records that an invoice or a share of it is contested: that share is not asked for until somebody answers, the rest goes on. The
 * account owner, else finance, is asked for the answer; the debtor gets it in writing. A promise of what is contested now ends.
 * Throws `invalid` for an amount not above 0 or above what is left, `conflict` where all is disputed or paid, `not_found`.
 */
export async function openDispute(services: Services, dispute: NewDispute): Promise<{ id: string }> {
  const { invoiceNumber, author, customerId, reason } = dispute;
  const text = takeLines("text", dispute.text, LONGEST_TEXT);
  const name = takeLine("name", dispute.name, LONGEST_NAME);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers: [invoiceNumber], author, at, customerId });
    await refuseSecond(tx, invoiceNumber);
    const [invoice] = matter.invoices;
    const most = requirePayable(matter, invoice!);
    const shareMinor = dispute.amountMinor ?? most;
    refuseShare(invoice!, shareMinor, most);
    const isWhole = shareMinor === matter.context.dues.get(invoice!.id)!.netMinor;
    const amountMinor = isWhole ? null : shareMinor;
    const hold = holdShare(matter, invoice!, { reason, amountMinor });
    const stored: StoredDispute = {
      id: newId("dsp", at),
      customerId: matter.stored.facts.id,
      invoiceId: invoice!.id,
      invoiceNumber,
      currency: invoice!.currency,
      holdId: hold.id,
      state: "open",
      amountMinor,
      reason,
      text,
      name,
      author,
      openedAt: at,
      answerDueAt: disputeAnswerDueAt(at),
      endedAt: null,
      answer: null,
    };
    matter.statements.push(putDisputeStatement(stored));
    tellOfDispute(matter, stored, { shareMinor, questionTo: hold.questionTo! });
    endDisputedPromise(matter, invoice!);
    await writeCase(tx, matter);
    return { id: stored.id };
  });
}

async function refuseSecond(tx: Transaction, invoiceNumber: string): Promise<void> {
  const [open] = readDisputes(await tx.execute(disputeQuery({ invoiceNumber })));
  if (!open) return;
  throw new AppError("conflict", `dispute ${open.id} of invoice ${invoiceNumber} is open: close it first`);
}

function refuseShare({ number, currency }: StoredInvoice, shareMinor: number, most: number): void {
  if (Number.isSafeInteger(shareMinor) && shareMinor > 0 && shareMinor <= most) return;
  const range = `above 0 and at most ${formatDecimal(most, currency)} ${currency}`;
  throw new AppError("invalid", `what is disputed of invoice ${number} is ${range}`);
}

function holdShare(
  matter: DebtorCase,
  { id }: StoredInvoice,
  { reason, amountMinor }: { reason: DisputeReason; amountMinor: number | null },
) {
  const { stored, creditor } = matter;
  return addHold(matter, {
    invoiceId: id,
    kind: "dispute",
    reason: `disputed: ${reason.replace("_", " ")}`,
    amountMinor,
    until: null,
    questionTo: stored.ownerEmail ?? creditor?.financeOwner ?? "finance",
  });
}

function tellOfDispute(
  matter: DebtorCase,
  { id, reason, text, name }: StoredDispute,
  { shareMinor, questionTo }: { shareMinor: number; questionTo: string },
): void {
  const [invoice] = matter.invoices;
  const { currency } = invoice!;
  const shares = [{ invoice: invoice!, amountMinor: shareMinor }];
  enter(matter.recording, invoice!.id, "dispute_opened", {
    dispute: id,
    reason,
    text: text ?? undefined,
    name: name ?? undefined,
    amount: formatDecimal(shareMinor, currency),
    currency,
    question_to: questionTo,
  });
  notify(matter, { kind: "dispute_opened", about: id, shares, body: { reason, note: text, name } });
  tell(matter, { kind: "dispute_opened", to: "owner", about: id, shares, note: [reason, text] });
}

/** Nobody is held to a promise of what is contested. */
function endDisputedPromise(matter: DebtorCase, invoice: StoredInvoice): void {
  if (undisputedMinor(matter, invoice) > 0) return;
  for (const promise of matter.promises) endPromise(matter, promise, "withdrawn", { because: "disputed" });
  storePromises(matter, matter.promises);
}

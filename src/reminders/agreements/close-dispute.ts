import type { Transaction } from "@libsql/client";
import { disputeQuery, putDisputeStatement, readDisputes, type StoredDispute } from "../../db/disputes.ts";
import type { StoredHold } from "../../db/holds.ts";
import { DISPUTE_MOVES, type DisputeOutcome } from "../../domain/dispute.ts";
import { formatDecimal } from "../../domain/money.ts";
import { moved } from "../../domain/moves.ts";
import { LONGEST_TEXT, takeLines } from "../../domain/taken.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { recordPaymentsWithin } from "../money/record-payments.ts";
import { enter } from "../recording.ts";
import { notify, tell } from "./case-news.ts";
import { type DebtorCase, dropHold, openCase, writeCase } from "./debtor-case.ts";

/** A dispute by its id, or whatever is disputed of an invoice. */
export type DisputeOf = { disputeId: string } | { invoiceNumber: string };

export type DisputeClosing = DisputeOf & {
  as: DisputeOutcome;
  /** What the debtor is told; needed for `rejected` and `settled`. */
  answer?: string;
  /** `accepted`: what the credit note is over, minor units; absent, the whole share. */
  creditMinor?: number;
  author: string;
  by: "debtor" | "owner" | "finance";
  customerId?: string;
};

/** What is closed: a dispute, or a bare hold that came with invoice data. */
type Contested = { dispute: StoredDispute | null; hold: StoredHold };

/**
 * Says what became of a dispute; what is left of its share goes on being asked for. `accepted` records a credit note over the share
 * (finance alone), `rejected` and `settled` tell the debtor why, `withdrawn` is the debtor's own word or one on the debtor's
 * behalf. A dispute that came with invoice data is closed by the invoice's number. Throws `not_found`, `invalid` without an answer
 * or for a wrong credit, `conflict` for one that is closed.
 */
export async function closeDispute(
  services: Services,
  closing: DisputeClosing,
): Promise<{ invoice: string; as: DisputeOutcome; creditMinor: number }> {
  const { as, author, customerId } = closing;
  const answer = takeLines("answer", closing.answer, LONGEST_TEXT);
  refuseWord(closing, answer);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const { matter, dispute, hold } = await openDisputeCase(tx, closing, { author, at, customerId });
    const [invoice] = matter.invoices;
    const shareMinor = Math.min(hold.amountMinor ?? invoice!.balanceMinor, invoice!.balanceMinor);
    const creditMinor = as === "accepted" ? creditOf(closing, shareMinor, invoice!.currency) : 0;
    dropHold(matter, hold.id);
    if (dispute) matter.statements.push(putDisputeStatement(closed(dispute, closing, { answer, at })));
    const about = dispute?.id ?? hold.id;
    enter(matter.recording, invoice!.id, "dispute_closed", {
      dispute: dispute?.id,
      as,
      answer: answer ?? undefined,
      credit: creditMinor > 0 ? formatDecimal(creditMinor, invoice!.currency) : undefined,
    });
    tellOfClosing(matter, closing, { about, answer, reason: dispute?.reason, shareMinor, creditMinor });
    await writeCase(tx, matter);
    if (creditMinor > 0) await recordCredit(tx, matter, { reference: `dispute ${about}`, creditMinor });
    return { invoice: invoice!.number, as, creditMinor };
  });
}

function refuseWord({ as, by }: DisputeClosing, answer: string | null): void {
  if (by === "debtor" && as !== "withdrawn") {
    throw new AppError("invalid", "a debtor can withdraw a dispute, not answer it");
  }
  if (by === "owner" && as === "accepted") {
    throw new AppError("invalid", "finance accepts a dispute: a credit note is recorded for it");
  }
  if ((as === "rejected" || as === "settled") && answer === null) {
    throw new AppError("invalid", `a dispute is ${as} with an answer, which the debtor gets`);
  }
}

async function openDisputeCase(
  tx: Transaction,
  closing: DisputeClosing,
  by: { author: string; at: number; customerId?: string },
): Promise<Contested & { matter: DebtorCase }> {
  const [dispute] = readDisputes(await tx.execute(disputeQuery(closing)));
  if (dispute) {
    moved(DISPUTE_MOVES, dispute.state, closing.as, `dispute ${dispute.id}`);
    const matter = await openCase(tx, { numbers: [dispute.invoiceNumber], ...by });
    const hold = matter.holds.find(({ id }) => id === dispute.holdId);
    if (!hold) throw new AppError("internal", `dispute ${dispute.id} is open without a hold`);
    return { matter, dispute, hold };
  }
  if ("disputeId" in closing) throw new AppError("not_found", `there is no dispute ${closing.disputeId}`);
  const { invoiceNumber } = closing;
  const matter = await openCase(tx, { numbers: [invoiceNumber], ...by });
  const hold = matter.holds.find(
    ({ kind, invoiceId }) => kind === "dispute" && invoiceId === matter.invoices[0]!.id,
  );
  if (!hold) throw new AppError("not_found", `nothing of invoice ${invoiceNumber} is disputed`);
  return { matter, dispute: null, hold };
}

function closed(
  dispute: StoredDispute,
  { as }: DisputeClosing,
  { answer, at }: { answer: string | null; at: number },
): StoredDispute {
  const state = moved(DISPUTE_MOVES, dispute.state, as, `dispute ${dispute.id}`);
  return { ...dispute, state, answer, endedAt: at };
}

function creditOf({ creditMinor }: DisputeClosing, shareMinor: number, currency: string): number {
  const credit = creditMinor ?? shareMinor;
  if (Number.isSafeInteger(credit) && credit > 0 && credit <= shareMinor) return credit;
  const most = `${formatDecimal(shareMinor, currency)} ${currency}`;
  throw new AppError("invalid", `the credit is above 0 and at most the disputed share, ${most}`);
}

function tellOfClosing(
  matter: DebtorCase,
  { as, by }: DisputeClosing,
  told: { about: string; answer: string | null; reason?: string; shareMinor: number; creditMinor: number },
): void {
  const { about, answer, reason, shareMinor } = told;
  const [invoice] = matter.invoices;
  const shares = [{ invoice: invoice!, amountMinor: shareMinor }];
  const isPart = as === "accepted" && told.creditMinor < shareMinor;
  if (as !== "withdrawn") {
    const creditMinor = isPart ? told.creditMinor : undefined;
    const body = { outcome: as, reason, answer, creditMinor };
    notify(matter, { kind: "dispute_answered", about, shares, body });
  }
  if (by === "owner") return;
  const credit = isPart ? amountOf(told.creditMinor, invoice!.currency) : null;
  tell(matter, { kind: "dispute_closed", to: "owner", about, shares, note: [as, credit, answer] });
}

async function recordCredit(
  tx: Transaction,
  { recording, context, invoices }: DebtorCase,
  { reference, creditMinor }: { reference: string; creditMinor: number },
): Promise<void> {
  const { number, currency } = invoices[0]!;
  const [outcome] = await recordPaymentsWithin(
    tx,
    [
      {
        invoiceNumber: number,
        amountMinor: creditMinor,
        currency,
        paidOn: context.today,
        reference,
        kind: "credit_note",
        occurrence: 0,
      },
    ],
    { author: recording.author, at: recording.at, source: "api" },
  );
  if (!outcome!.ok) throw new AppError("conflict", `the credit note ${outcome!.error}`);
}

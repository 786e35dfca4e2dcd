import type { CivilDay } from "../../domain/civil-date.ts";
import type { WarningAnswer } from "../../domain/owner-answers.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type DebtorCase, openCase, requirePayable, writeCase } from "../agreements/debtor-case.ts";
import { offerInstalments } from "../agreements/offer-instalments.ts";
import { enter } from "../recording.ts";
import { within } from "../within.ts";
import { refuseSecondAnswer } from "./first-answer.ts";
import { nextOf } from "./ladder.ts";
import { setHold } from "./set-hold.ts";
import { takeOver } from "./take-over.ts";

const TALK_DAYS = 2;

export type AnsweredWarning = {
  invoice: string;
  stage: string;
  answer: WarningAnswer;
  /** The last day without the letter; null where it goes as planned. */
  heldUntil: CivilDay | null;
};

/**
 * Takes the account owner's answer to the warning before a firm letter, the first one: it leaves as planned; or the owner pauses
 * it for two days to talk, or to have instalments offered by mail; or finance handles the customer. Throws `conflict` for a second answer,
 * where no letter comes next of which owners are warned, and beyond the bounds of pauses; `not_found`.
 */
export async function answerWarning(
  services: Services,
  { invoiceNumber, answer, author }: { invoiceNumber: string; answer: WarningAnswer; author: string },
): Promise<AnsweredWarning> {
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers: [invoiceNumber], author, at });
    const [invoice] = matter.invoices;
    requirePayable(matter, invoice!);
    const stage = warnedStage(matter);
    await refuseSecondAnswer(tx, { invoiceId: invoice!.id, kind: "warning_answered", stage });
    enter(matter.recording, invoice!.id, "warning_answered", { stage, as: answer });
    await writeCase(tx, matter);
    const answered = { invoice: invoiceNumber, stage, answer };
    if (answer === "send") return { ...answered, heldUntil: null };
    const inTransaction = within(services, tx);
    const { ref: customerRef } = matter.stored.facts;
    if (answer === "finance") {
      const word = { customerRef, handler: "finance" as const, by: "owner" as const, author };
      return { ...answered, ...(await takeOver(inTransaction, word)) };
    }
    const { today, policy } = matter.context;
    const heldUntil = today + Math.min(TALK_DAYS, policy.pauses.maxDays);
    const reason = answer === "talk_first" ? "the account owner talks to them first" : "instalments offered";
    await setHold(inTransaction, { invoiceNumber, reason, until: heldUntil, author, by: "owner" });
    if (answer === "instalments") {
      const about = `${invoice!.id} ${stage}`;
      await offerInstalments(inTransaction, { invoices: [invoiceNumber], about, author });
    }
    return { ...answered, heldUntil };
  });
}

function warnedStage({ context, stored, invoices }: DebtorCase): string {
  const { id, number } = invoices[0]!;
  const next = nextOf(context, stored.facts.invoices.find((invoice) => invoice.id === id)!);
  if (next && next.stage.warnOwnerDaysBefore !== null) return next.stage.key;
  const comes = next ? `${next.stage.key} comes next` : "no letter comes next";
  throw new AppError("conflict", `invoice ${number}: ${comes}, of which account owners are not warned`);
}

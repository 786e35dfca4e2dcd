import type { CivilDay } from "../../domain/civil-date.ts";
import type { DisputeReason } from "../../domain/dispute.ts";
import type { AccountCheckAnswer } from "../../domain/owner-answers.ts";
import { PAUSE_DAYS } from "../../domain/pause.ts";
import { LONGEST_TEXT, takeLines } from "../../domain/taken.ts";
import type { Services } from "../../services.ts";
import { askForInvoice } from "../agreements/ask-for-invoice.ts";
import { tell } from "../agreements/case-news.ts";
import { type DebtorCase, openCase, requireOpen, writeCase } from "../agreements/debtor-case.ts";
import { openDispute } from "../agreements/open-dispute.ts";
import { reportPaid } from "../agreements/report-paid.ts";
import { enter } from "../recording.ts";
import { within } from "../within.ts";
import { refuseSecondAnswer } from "./first-answer.ts";
import { setHold } from "./set-hold.ts";

export type AccountCheck = {
  invoiceNumber: string;
  answer: AccountCheckAnswer;
  /** What the customer said, or what is wrong with the invoice. */
  note?: string;
  /** `reported_paid`: the day, today unless told otherwise, and the reference of the transfer. */
  paidOn?: CivilDay;
  reference?: string;
  /** `disputed`: `other` unless told otherwise. */
  reason?: DisputeReason;
  author: string;
};

type Act = (services: Services, check: AccountCheck, matter: DebtorCase) => Promise<CivilDay | null>;

/**
 * Takes the account owner's answer to the account check of a due invoice, the first one: sends the invoice again, pauses its
 * reminders, reports it as paid, opens a dispute or goes on, and enters what was answered. `heldUntil` is the last day without
 * reminders, null where they go on or somebody has to answer first. Throws `conflict` for a second answer, a paid invoice,
 * and as what follows does; `not_found`.
 */
export async function answerAccountCheck(
  services: Services,
  check: AccountCheck,
): Promise<{ invoice: string; answer: AccountCheckAnswer; heldUntil: CivilDay | null }> {
  const { invoiceNumber, answer, author } = check;
  const text = takeLines("note", check.note, LONGEST_TEXT) ?? undefined;
  const at = services.clock();
  return services.db.write(async (tx) => {
    const matter = await openCase(tx, { numbers: [invoiceNumber], author, at });
    const [invoice] = matter.invoices;
    const amountMinor = requireOpen(matter, invoice!);
    await refuseSecondAnswer(tx, { invoiceId: invoice!.id, kind: "account_checked" });
    enter(matter.recording, invoice!.id, "account_checked", { as: answer, text });
    if (answer === "our_error") {
      const shares = [{ invoice: invoice!, amountMinor }];
      tell(matter, { kind: "our_error", to: "finance", about: invoice!.id, shares, note: [text ?? null] });
    }
    await writeCase(tx, matter);
    const heldUntil = await ACTS[answer](within(services, tx), check, matter);
    return { invoice: invoiceNumber, answer, heldUntil };
  });
}

const goOn: Act = async () => null;

const pauseFor =
  (reason: string): Act =>
  async (services, { invoiceNumber, note, author }, { context }) => {
    const until = context.today + Math.min(PAUSE_DAYS, context.policy.pauses.maxDays);
    const words = note?.trim() ? `${reason}: ${note.trim()}` : reason;
    await setHold(services, { invoiceNumber, reason: words, until, author, by: "owner" });
    return until;
  };

const ACTS: Record<AccountCheckAnswer, Act> = {
  received: goOn,
  all_fine: goOn,
  async not_received(services, { invoiceNumber, author }) {
    await askForInvoice(services, { invoices: [invoiceNumber], author, by: "owner" });
    return null;
  },
  in_approval: pauseFor("waits for approval at the customer"),
  our_error: pauseFor("our error"),
  async reported_paid(services, { invoiceNumber, paidOn, reference, author }, { context }) {
    const report = { invoices: [invoiceNumber], paidOn: paidOn ?? context.today, reference, author };
    return (await reportPaid(services, { ...report, by: "owner" })).heldUntil;
  },
  async disputed(services, { invoiceNumber, reason = "other", note, author }) {
    await openDispute(services, { invoiceNumber, reason, text: note, author });
    return null;
  },
};

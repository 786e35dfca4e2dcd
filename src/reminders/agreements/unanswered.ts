import type { StoredHold } from "../../db/holds.ts";
import type { StoredMoney } from "../../db/tending.ts";
import { ANSWER_WITHIN_MS } from "../../domain/dispute.ts";
import { isActive } from "../../domain/holds.ts";
import { isMadeAfter } from "../../domain/ids.ts";
import { enter } from "../recording.ts";
import { type Share, tell } from "./case-news.ts";
import { type DebtorCase, dropHold, enterEverywhere } from "./debtor-case.ts";

/** Asks the owner again for the answer to a dispute that is overdue, and finance after as long again. */
export function askAgain(matter: DebtorCase, { disputes }: StoredMoney): void {
  const { at } = matter.recording;
  for (const { id, state, invoiceId, amountMinor, answerDueAt, reason, text } of disputes) {
    if (state !== "open" || answerDueAt > at) continue;
    const invoice = matter.invoices.find((one) => one.id === invoiceId)!;
    const shares = [{ invoice, amountMinor: amountMinor ?? invoice.balanceMinor }];
    const told = { kind: "dispute_waiting" as const, about: id, shares, note: [reason, text] };
    tell(matter, { ...told, to: "owner" });
    if (answerDueAt + ANSWER_WITHIN_MS <= at) tell(matter, { ...told, to: "finance" });
  }
}

/** Ends short holds whose time is over, and tells finance of what nobody answered: no money was seen, no word was given. */
export function endUnanswered(matter: DebtorCase, money: StoredMoney): void {
  const over = matter.holds.filter(
    (hold) =>
      (hold.kind === "paid_reported" || hold.kind === "reply") &&
      hold.endedAt === null &&
      !isActive(hold, matter.context.today),
  );
  for (const hold of over) {
    dropHold(matter, hold.id);
    const because = { hold: hold.kind, because: "nobody answered in time" };
    if (hold.invoiceId === null) enterEverywhere(matter, "hold_ended", because);
    else enter(matter.recording, hold.invoiceId, "hold_ended", because);
  }
  const unanswered = over.filter((hold) => !isPaidSince(money, hold));
  for (const holds of Map.groupBy(unanswered, ({ kind, reason }) => `${kind} ${reason}`).values()) {
    const { id, kind, reason } = holds[0]!;
    const told = kind === "reply" ? "answer_awaited" : "payment_awaited";
    tell(matter, { kind: told, to: "finance", about: id, shares: sharesOf(matter, holds), note: [reason] });
  }
}

function isPaidSince({ moves }: StoredMoney, { invoiceId, id }: StoredHold): boolean {
  return (moves.get(invoiceId ?? "") ?? []).some((move) => isMadeAfter(move.id, id));
}

function sharesOf({ invoices }: DebtorCase, holds: StoredHold[]): Share[] {
  const ids = new Set(holds.map(({ invoiceId }) => invoiceId));
  return invoices
    .filter(({ id }) => ids.has(id))
    .map((invoice) => ({ invoice, amountMinor: invoice.balanceMinor }));
}

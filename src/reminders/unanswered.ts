import type { StoredHold } from "../db/holds.ts";
import type { StoredMoney } from "../db/tending.ts";
import { ANSWER_WITHIN_MS } from "../domain/dispute.ts";
import { isActive } from "../domain/holds.ts";
import { isMadeAfter } from "../domain/ids.ts";
import { type Share, tell } from "./case-news.ts";
import { type DebtorCase, dropHold } from "./debtor-case.ts";
import { enter } from "./recording.ts";

/** Asks the owner again for the answer to a dispute that is overdue, and finance after as long again. */
export function askAgain(matter: DebtorCase, { disputes }: StoredMoney): void {
  const { at } = matter.recording;
  for (const { id, state, invoiceId, amountMinor, answerDueAt, reason, text } of disputes) {
    if (state !== "open" || answerDueAt > at) continue;
    const invoice = matter.invoices.find((one) => one.id === invoiceId)!;
    const shares = [{ invoice, amountMinor: amountMinor ?? invoice.balanceMinor }];
    const told = { kind: "dispute_waiting" as const, about: id, shares, note: [reason, text, id] };
    tell(matter, { ...told, to: "owner" });
    if (answerDueAt + ANSWER_WITHIN_MS <= at) tell(matter, { ...told, to: "finance" });
  }
}

/** Ends short holds whose time is over, and tells finance of what nobody answered: no money was seen, no word was given. */
export function endUnanswered(matter: DebtorCase, money: StoredMoney): void {
  const { recording, stored, context } = matter;
  const waiting = matter.holds.filter(
    ({ kind, endedAt }) => endedAt === null && (kind === "paid_reported" || kind === "reply"),
  );
  for (const hold of waiting) {
    if (isActive(hold, context.today)) continue;
    dropHold(matter, hold.id);
    const invoiceIds = hold.invoiceId === null ? stored.facts.invoices.map(({ id }) => id) : [hold.invoiceId];
    for (const id of invoiceIds) {
      enter(recording, id, "hold_ended", { hold: hold.kind, because: "nobody answered in time" });
    }
    if (isPaidSince(money, hold)) continue;
    const kind = hold.kind === "reply" ? "answer_awaited" : "payment_awaited";
    tell(matter, {
      kind,
      to: "finance",
      about: hold.id,
      shares: sharesOf(matter, hold),
      note: [hold.reason],
    });
  }
}

function isPaidSince({ moves }: StoredMoney, { invoiceId, id }: StoredHold): boolean {
  return (moves.get(invoiceId ?? "") ?? []).some((move) => isMadeAfter(move.id, id));
}

function sharesOf({ invoices }: DebtorCase, { invoiceId }: StoredHold): Share[] {
  return invoices
    .filter(({ id }) => id === invoiceId)
    .map((invoice) => ({ invoice, amountMinor: invoice.balanceMinor }));
}

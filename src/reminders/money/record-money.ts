import type { StoredHold } from "../../db/holds.ts";
import type { StoredInvoice } from "../../db/invoices.ts";
import type { StoredPayment } from "../../db/payments.ts";
import { reduceDisputes } from "../../domain/allocation.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { formatDecimal } from "../../domain/money.ts";
import { amountOf } from "../alerts/alerts-of-plan.ts";
import { enter, type Recording, touch } from "../recording.ts";

/** An invoice and the holds on it that have not ended, as they are in this transaction. */
export type Account = { invoice: StoredInvoice; holds: StoredHold[] };

export type NewPayment = Omit<StoredPayment, "id" | "invoiceId" | "customerId" | "currency">;

/** Records money on the invoice it was told for, however much of it the invoice takes, and what follows for its holds. */
export function recordMoney(recording: Recording, account: Account, payment: NewPayment): StoredPayment {
  const { id: invoiceId, customerId, currency } = account.invoice;
  const stored = { ...payment, id: newId("pay", recording.at), invoiceId, customerId, currency };
  recording.changes.payments.push(stored);
  applyMoney(recording, account, stored);
  return stored;
}

/** The same of money that is on record already. */
export function applyMoney(recording: Recording, account: Account, payment: StoredPayment): void {
  const { invoice } = account;
  const { kind, amountMinor, allocatedMinor } = payment;
  invoice.balanceMinor -= allocatedMinor;
  if (kind === "payment") invoice.paidMinor += amountMinor;
  if (kind === "refund") invoice.paidMinor -= amountMinor;
  if (kind === "credit_note") invoice.creditedMinor += allocatedMinor;
  invoice.restMinor += (kind === "refund" ? -amountMinor : amountMinor) - allocatedMinor;
  const { id: invoiceId, customerId, currency } = invoice;
  recording.changes.invoices.set(invoiceId, invoice);
  enter(recording, invoiceId, "payment_recorded", {
    kind,
    amount: formatDecimal(amountMinor, currency),
    allocated: formatDecimal(allocatedMinor, currency),
    balance: formatDecimal(invoice.balanceMinor, currency),
    currency,
    paid_on: formatCivilDay(payment.paidOn),
    reference: payment.reference ?? undefined,
  });
  settleHolds(recording, account, payment);
  if (kind === "payment" && allocatedMinor > 0) notePaid(recording, account, payment);
  const isReopened = allocatedMinor < 0 && invoice.balanceMinor === -allocatedMinor;
  if (isReopened) {
    const amount = amountOf(-allocatedMinor, currency);
    recording.changes.reopened.set(invoiceId, { amount, paymentId: payment.id });
  }
  touch(recording, customerId);
}

/** Thanks are for all that came at once for an invoice. */
function notePaid({ changes }: Recording, { invoice }: Account, payment: StoredPayment): void {
  const { id, customerId, currency } = invoice;
  const before = changes.paid.get(id);
  const amountMinor = (before?.amountMinor ?? 0) + payment.allocatedMinor;
  changes.paid.set(id, {
    customerId,
    amountMinor,
    paidOn: Math.max(before?.paidOn ?? payment.paidOn, payment.paidOn),
    amount: amountOf(amountMinor, currency),
    paymentId: payment.id,
  });
}

/** Fits what is disputed to what is left to pay, and ends every hold of an invoice that nothing is left of. */
export function settleHolds(
  recording: Recording,
  account: Account,
  money: Pick<StoredPayment, "kind" | "allocatedMinor">,
): void {
  const { invoice, holds } = account;
  if (invoice.balanceMinor === 0) {
    endHolds(recording, account, holds, "nothing is left to pay");
    return;
  }
  const disputes = holds.filter((hold) => hold.kind === "dispute");
  const left = new Map(
    reduceDisputes(disputes, { ...money, balanceMinor: invoice.balanceMinor }).map((share) => [
      share.id,
      share.amountMinor,
    ]),
  );
  for (const dispute of disputes) {
    const amountMinor = left.get(dispute.id) ?? null;
    if (amountMinor === dispute.amountMinor) continue;
    dispute.amountMinor = amountMinor;
    recording.changes.holds.set(dispute.id, dispute);
  }
  const settled = disputes.filter((dispute) => dispute.amountMinor === 0);
  endHolds(recording, account, settled, "the disputed share is settled");
}

export function endHolds(recording: Recording, account: Account, ended: StoredHold[], because: string): void {
  for (const hold of ended) {
    hold.endedAt = recording.at;
    recording.changes.holds.set(hold.id, hold);
    const kind = hold.kind === "dispute" ? "dispute_closed" : "hold_ended";
    enter(recording, account.invoice.id, kind, { hold: hold.kind, because });
    touch(recording, account.invoice.customerId);
  }
  account.holds = account.holds.filter((hold) => hold.endedAt === null);
}

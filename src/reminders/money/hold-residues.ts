import type { NewAlert } from "../../db/alerts.ts";
import { policyOf, type World } from "../../db/world.ts";
import { isResidue } from "../../domain/allocation.ts";
import { newId } from "../../domain/ids.ts";
import { enter, type Recording, touch } from "../recording.ts";
import { fittingLines } from "./fitting-lines.ts";
import { type Account, endHolds } from "./record-money.ts";

/** The customer of a payment, and the policy that it names. */
export type Payer = { ref: string; name: string; policy: string | null };

const RESIDUE = "a small rest after a payment: bank charges?";

/** Invoices of which a payment in the making leaves a little, and those held for such a rest. */
export function restsOf({ changes }: Recording, accounts: Iterable<Account>): Account[] {
  return [...accounts].filter(({ invoice, holds }) => {
    if (!changes.invoices.has(invoice.id) || invoice.balanceMinor === 0 || invoice.status !== "open")
      return false;
    const isLittle = changes.paid.has(invoice.id) && isResidue(invoice, invoice.amountMinor);
    return isLittle || holds.some(({ reason }) => reason === RESIDUE);
  });
}

/** Holds what is left of these where banks probably took it, for finance to settle and no debtor; ends that where more is left. */
export function holdResidues(
  recording: Recording,
  rests: Account[],
  { world, payers }: { world: World; payers: Map<string, Payer> },
): Omit<NewAlert, "toEmail">[] {
  const questionTo = world.creditor?.financeOwner ?? "finance";
  return rests.flatMap((account) => {
    const { invoice, holds } = account;
    const payer = payers.get(invoice.customerId)!;
    const { policy } = policyOf(world, payer.policy);
    if (!isResidue(invoice, policy.minBalance[invoice.currency])) {
      const ended = holds.filter(({ reason }) => reason === RESIDUE);
      endHolds(recording, account, ended, "more is left to pay");
      return [];
    }
    if (holds.some(({ kind }) => kind === "manual")) return [];
    holdResidue(recording, account, questionTo);
    return [residueAlert(recording, account, payer)];
  });
}

function holdResidue(recording: Recording, { invoice, holds }: Account, questionTo: string): void {
  const { at, author, changes } = recording;
  const { id: invoiceId, customerId } = invoice;
  const hold = {
    id: newId("hld", at),
    customerId,
    invoiceId,
    kind: "manual" as const,
    reason: RESIDUE,
    amountMinor: null,
    from: at,
    until: null,
    questionTo,
    endedAt: null,
    author,
  };
  holds.push(hold);
  changes.holds.set(hold.id, hold);
  enter(recording, invoiceId, "hold_set", {
    hold: "manual",
    on: "invoice",
    reason: RESIDUE,
    question_to: questionTo,
  });
  touch(recording, customerId);
}

function residueAlert(
  { at }: Recording,
  { invoice }: Account,
  { ref, name }: Payer,
): Omit<NewAlert, "toEmail"> {
  const { id, number, customerId, balanceMinor, currency, dueOn } = invoice;
  const line = fittingLines([{ number, customer: name, dueOn }], { currency, amountMinor: balanceMinor }, at);
  return {
    fact: `residue_left ${id} ${balanceMinor}`,
    kind: "residue_left",
    customerId,
    invoiceId: id,
    payload: { customer: { ref, name }, invoices: line, note: null },
  };
}

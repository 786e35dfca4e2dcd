import type { PaymentKind } from "./records.ts";

/** What money on an invoice is weighed against, minor units. */
export type Claim = {
  status: "open" | "void" | "written_off";
  amountMinor: number;
  balanceMinor: number;
  /** What was told for this invoice beyond what it could take, and is credit of the customer since. */
  restMinor: number;
};

/**
 * How much of a payment is allocated to the invoice it names, minor units: up to the balance for money and credit notes,
 * negative for a refund. The rest is unallocated credit, or for a refund comes off it. A refund gives back what was overpaid
 * first, so that it does not reopen a paid invoice. Money for a claim that is void or written off stays credit; a credit note
 * for it does not, it belongs to the cancellation. Null where a refund exceeds what can be given back.
 */
export function allocate(input: {
  kind: PaymentKind;
  amountMinor: number;
  claim: Claim | null;
  creditMinor: number;
}): number | null {
  const { kind, amountMinor, claim, creditMinor } = input;
  if (kind === "refund") return allocateRefund(amountMinor, claim, creditMinor);
  if (!claim || (kind === "payment" && claim.status !== "open")) return 0;
  return Math.min(amountMinor, claim.balanceMinor);
}

function allocateRefund(amountMinor: number, claim: Claim | null, creditMinor: number): number | null {
  if (!claim) return amountMinor <= creditMinor ? 0 : null;
  const overpaid = Math.max(0, Math.min(amountMinor, claim.restMinor, creditMinor));
  const takenBack = amountMinor - overpaid;
  if (takenBack > claim.amountMinor - claim.balanceMinor) return null;
  return takenBack === 0 ? 0 : -takenBack;
}

const MOST_CHARGED_SHARE = 0.05;

/**
 * Whether what is left of an invoice after a payment is likely what banks took for it: below the policy's minimum in its currency
 * (`minimumMinor`, undefined for none), and at most a twentieth of the invoice.
 */
export function isResidue(
  { amountMinor, balanceMinor }: Pick<Claim, "amountMinor" | "balanceMinor">,
  minimumMinor: number | undefined,
): boolean {
  const most = Math.min(amountMinor * MOST_CHARGED_SHARE, (minimumMinor ?? 0) - 1);
  return balanceMinor > 0 && balanceMinor <= most;
}

export type DisputedShare = { id: string; amountMinor: number | null };

/**
 * What is left of the disputed shares of an invoice after money came: credit notes reduce them first (oldest first), payments
 * only where less than the share is left to pay. `balanceMinor` is the balance afterwards. A dispute of the whole stays whole.
 */
export function reduceDisputes(
  disputes: DisputedShare[],
  money: { kind: PaymentKind; allocatedMinor: number; balanceMinor: number },
): DisputedShare[] {
  let credited = money.kind === "credit_note" ? money.allocatedMinor : 0;
  let left = money.balanceMinor;
  return disputes.map(({ id, amountMinor }) => {
    if (amountMinor === null) return { id, amountMinor };
    const reduction = Math.min(credited, amountMinor);
    credited -= reduction;
    const share = Math.min(amountMinor - reduction, left);
    left -= share;
    return { id, amountMinor: share };
  });
}

import type { CivilDay } from "./civil-date.ts";
import type { CustomerContext } from "./customer-context.ts";
import type { InvoiceFacts } from "./facts.ts";
import { isActive } from "./holds.ts";

export type PromisedShare = { number: string; currency: string; amountMinor: number };

/**
 * What is meant by money that a customer promises on the phone without naming invoices: whatever is due by that day and neither
 * promised, disputed nor in a plan, the oldest first; with an amount (minor units) only as far as it goes.
 */
export function promisedShares(
  { customer, dues, today }: CustomerContext,
  { on, amountMinor = Number.POSITIVE_INFINITY }: { on: CivilDay; amountMinor?: number },
): PromisedShare[] {
  const isTaken = ({ holds }: InvoiceFacts) =>
    holds.some((hold) => (hold.kind === "promise" || hold.kind === "plan") && isActive(hold, today));
  const due = customer.invoices.filter(
    (invoice) => invoice.dueOn !== null && invoice.dueOn <= on && !isTaken(invoice),
  );
  due.sort((a, b) => a.dueOn! - b.dueOn! || (a.number < b.number ? -1 : 1));
  const shares: PromisedShare[] = [];
  let left = amountMinor;
  for (const { id, number, currency } of due) {
    const share = Math.min(left, dues.get(id)!.askedMinor);
    left -= share;
    if (share > 0) shares.push({ number, currency, amountMinor: share });
  }
  return shares;
}

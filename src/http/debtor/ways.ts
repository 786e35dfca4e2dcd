import type { DebtorAccount } from "../../reminders/debtor-account.ts";
import { disputable, plannable, promisable } from "./standing.ts";
import type { AnyWay, WayName } from "./way.ts";
import { changeWay } from "./ways/change.ts";
import { contactWay } from "./ways/contact.ts";
import { disputeWay } from "./ways/dispute.ts";
import { paidWay } from "./ways/paid.ts";
import { countsOf, planWay } from "./ways/plan.ts";
import { promiseWay } from "./ways/promise.ts";
import { resendWay } from "./ways/resend.ts";
import { withdrawalWay } from "./ways/withdrawal.ts";

/** Every way to answer, in the order in which the account page offers them; the last two start from a promise. */
export const WAYS: readonly AnyWay[] = [
  promiseWay,
  paidWay,
  resendWay,
  disputeWay,
  planWay,
  contactWay,
  changeWay,
  withdrawalWay,
];

/** The ways that this account can take now. */
export function waysOpenTo(account: DebtorAccount): WayName[] {
  const { invoices } = account;
  const open: [WayName, boolean][] = [
    ["promise", promisable(account).length > 0],
    ["paid", invoices.length > 0],
    ["resend", invoices.length > 0],
    ["dispute", disputable(account).length > 0],
    ["plan", plannable(account).length > 0 && countsOf(account).length > 0],
    ["contact", true],
  ];
  return open.filter(([, isOpen]) => isOpen).map(([name]) => name);
}

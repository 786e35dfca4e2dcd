import type { DebtorAccount } from "../../reminders/links/debtor-account.ts";
import type { AnyWay, WayName } from "./way.ts";
import { changeWay } from "./ways/change.ts";
import { contactWay } from "./ways/contact.ts";
import { disputeWay } from "./ways/dispute.ts";
import { paidWay } from "./ways/paid.ts";
import { planWay } from "./ways/plan.ts";
import { promiseWay } from "./ways/promise.ts";
import { resendWay } from "./ways/resend.ts";
import { withdrawalWay } from "./ways/withdrawal.ts";

/** Every way to answer, in the order in which the account page offers them; the last two start from what was said. */
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

/** The ways that this account can take now; changes of what was said start from where it stands. */
export function waysOpenTo(account: DebtorAccount): WayName[] {
  return WAYS.filter((way) => way.isOpen(account, new Map())).map(({ name }) => name);
}

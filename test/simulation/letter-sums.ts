import { composeLetter } from "../../src/domain/compose-letter.ts";
import type { CustomerContext } from "../../src/domain/customer-context.ts";
import type { Invoice, Send } from "./company.ts";
import { stageOf } from "./policies.ts";
import { promise } from "./promise.ts";

const NOBODY = {
  legalName: "",
  address: "",
  country: "DE",
  timezone: "Europe/Berlin",
  locale: "en",
  from: "",
};
const CREDITOR = { ...NOBODY, contact: { name: "", email: "", phone: null }, bank: null, financeOwner: "" };
const DEBTOR = { name: "", legalName: "", address: null, country: null, contactName: null };

/** The letter states the sums of the moment, and simple interest day by day. */
export function checkLetter({ reminder, items }: Send, context: CustomerContext): void {
  const latePayments = new Map(items.map(({ invoice }) => [invoice.facts.id, lateMoney(invoice)]));
  const parts = { creditor: CREDITOR, debtor: DEBTOR, locale: "en", pageUrl: "", latePayments };
  const letter = composeLetter({ context, reminder, ...parts });
  for (const { currency, askedMinor, interestMinor } of letter.totals) {
    const asked = items.filter(({ invoice }) => invoice.facts.currency === currency);
    const sum = asked.reduce((total, item) => total + item.askedMinor, 0);
    promise(askedMinor === sum, "totals are those of the moment", letter.totals);
    const interest = asked.reduce((total, item) => total + naiveInterest(item, context), 0);
    promise(interestMinor === interest, "interest is simple", { totals: letter.totals, interest, asked });
  }
}

function lateMoney({ facts, money }: Invoice): { on: number; amountMinor: number }[] {
  return money
    .filter(({ on }) => on > (facts.dueOn ?? 0))
    .map(({ on, allocatedMinor }) => ({ on, amountMinor: allocatedMinor }));
}

/** Day after day what was owed times the rate (3 in 10,000), rounded half up at the end. */
function naiveInterest(
  { invoice, stage, askedMinor }: Send["items"][number],
  { policy, today }: CustomerContext,
): number {
  if (policy.interest.kind === "none" || !stageOf(policy, stage).interest) return 0;
  const late = lateMoney(invoice);
  let minorDays = 0;
  for (let day = invoice.facts.dueOn! + 1; day <= today; day++) {
    const paidLater = late
      .filter(({ on }) => on > day)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    minorDays += Math.max(0, askedMinor + paidLater);
  }
  return Math.floor((minorDays * 3 * 2 + 10_000) / 20_000);
}

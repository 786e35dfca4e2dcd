import type { LetterInvoice } from "../../../domain/letter.ts";
import { formatDecimal } from "../../../domain/money.ts";
import { firstShareOf, type Instalment, proposePlan } from "../../../domain/plan.ts";
import type { DebtorAccount } from "../../../reminders/links/debtor-account.ts";
import { type Filled, one } from "../filled.ts";
import type { Reader } from "../reader.ts";
import { undisputedOf } from "../standing.ts";
import type { Page } from "../way.ts";

/** What instalments are to pay, in one currency. */
export type Debt = { currency: string; totalMinor: number };

const FEWEST = 2;

/** In how many instalments the policy allows to pay, where it is more than one. */
export function countsOf({ rules }: DebtorAccount): number[] {
  const most = rules.plans.maxInstalments;
  return Array.from({ length: Math.max(0, most - FEWEST + 1) }, (_, index) => FEWEST + index);
}

/** How many were chosen; undefined where that is not one of those. */
export function countIn(filled: Filled, account: DebtorAccount): number | undefined {
  return countsOf(account).find((count) => String(count) === one(filled, "count"));
}

export function debtOf(invoices: LetterInvoice[], account: DebtorAccount): Debt {
  const totalMinor = invoices.reduce((sum, invoice) => sum + undisputedOf(account, invoice), 0);
  return { currency: invoices[0]!.currency, totalMinor };
}

/** The instalments as they were adjusted, else the proposal for the count that was chosen. */
export function readInstalments(
  reader: Reader,
  filled: Filled,
  { debt, page }: { debt: Debt; page: Page },
): Instalment[] | undefined {
  const count = countIn(filled, page.account);
  if (count === undefined) return reader.wrong("count", "page.mistake.count");
  const proposed = proposalOf(debt, count, page.account);
  if (one(filled, "day-1") === "" && one(filled, "amount-1") === "") return proposed;
  const given = proposed.map((_, index) => ({
    on: reader.comingDay(`day-${index + 1}`),
    amountMinor: reader.amount(`amount-${index + 1}`, {
      currency: debt.currency,
      mostMinor: debt.totalMinor,
    }),
  }));
  for (const [index, { amountMinor }] of given.entries()) {
    if (amountMinor === null) {
      reader.wrong(`amount-${index + 1}`, "page.mistake.amount", {
        like: formatDecimal(debt.totalMinor, debt.currency),
      });
    }
  }
  if (reader.mistakes.length > 0) return undefined;
  const instalments = given as Instalment[];
  refuseBeyond(reader, instalments, { debt, page });
  return instalments;
}

function refuseBeyond(
  reader: Reader,
  instalments: Instalment[],
  { debt, page }: { debt: Debt; page: Page },
): void {
  const { words, account } = page;
  const { money, day } = words.formats;
  const amount = (minor: number) => money(minor, debt.currency);
  const { first, firstDay, lastDay } = boundsOf(debt, account);
  const sum = instalments.reduce((total, { amountMinor }) => total + amountMinor, 0);
  const last = instalments.length;
  const late = instalments.findIndex(({ on }, index) => index > 0 && on <= instalments[index - 1]!.on);
  if (sum !== debt.totalMinor)
    reader.wrong(`amount-${last}`, "page.mistake.plan_sum", {
      sum: amount(sum),
      total: amount(debt.totalMinor),
    });
  if (instalments[0]!.amountMinor < first)
    reader.wrong("amount-1", "page.mistake.plan_first", { amount: amount(first) });
  if (instalments[0]!.on > firstDay)
    reader.wrong("day-1", "page.mistake.plan_firstDay", { day: day(firstDay) });
  if (late > 0) reader.wrong(`day-${late + 1}`, "page.mistake.plan_order");
  else if (instalments.at(-1)!.on > lastDay)
    reader.wrong(`day-${last}`, "page.mistake.plan_lastDay", { day: day(lastDay) });
}

export function boundsOf({ totalMinor }: Debt, { on, rules }: DebtorAccount) {
  const { minFirstShare, firstWithinDays, maxDays } = rules.plans;
  return {
    first: firstShareOf(totalMinor, minFirstShare),
    firstDay: on + firstWithinDays,
    lastDay: on + maxDays,
  };
}

export function proposalOf(
  { totalMinor }: Debt,
  count: number,
  { on, calendar, rules }: DebtorAccount,
): Instalment[] {
  return proposePlan({ totalMinor, count, today: on, calendar, rules: rules.plans });
}

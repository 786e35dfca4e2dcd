import type { StandingPromise } from "../../db/debtor-answers.ts";
import type { LetterInvoice } from "../../domain/letter.ts";
import type { DebtorAccount } from "../../reminders/links/debtor-account.ts";

/** What is open of an invoice, whether it is asked for now or held, minor units. */
export function openOf({ askedMinor, heldMinor }: LetterInvoice): number {
  return askedMinor + heldMinor;
}

/** What of it nobody contests, minor units. */
export function undisputedOf({ answers }: DebtorAccount, invoice: LetterInvoice): number {
  const dispute = answers.disputes.get(invoice.number);
  if (!dispute) return openOf(invoice);
  return Math.max(0, openOf(invoice) - (dispute.amountMinor ?? openOf(invoice)));
}

/** Those for which a day can be promised: not promised yet, not in an agreed plan, and not wholly contested. */
export function promisable(account: DebtorAccount): LetterInvoice[] {
  const { answers } = account;
  const planned = plannedNumbers(account);
  return account.invoices.filter((invoice) => {
    const isPromised = answers.promises.get(invoice.number)?.state === "open";
    return !isPromised && !planned.has(invoice.number) && undisputedOf(account, invoice) > 0;
  });
}

/** Those of which a part or the whole can still be contested. */
export function disputable(account: DebtorAccount): LetterInvoice[] {
  return account.invoices.filter(({ number }) => !account.answers.disputes.has(number));
}

/** Those for which instalments can be asked: in no agreed plan, and not wholly contested. */
export function plannable(account: DebtorAccount): LetterInvoice[] {
  const planned = plannedNumbers(account);
  return account.invoices.filter(
    (invoice) => !planned.has(invoice.number) && undisputedOf(account, invoice) > 0,
  );
}

function plannedNumbers({ answers }: DebtorAccount): Set<string> {
  return new Set(answers.plans.filter(({ state }) => state === "agreed").flatMap(({ numbers }) => numbers));
}

/** Promises made together that still stand: they are changed, once, and withdrawn together. */
export type StandingGroup = {
  promises: (StandingPromise & { number: string; currency: string })[];
  canChange: boolean;
};

/** The promise of this id and those made together with it; undefined where it does not stand. */
export function standingGroup(account: DebtorAccount, id: string): StandingGroup | undefined {
  const standing = account.invoices.flatMap(({ number, currency }) => {
    const promise = account.answers.promises.get(number);
    return promise ? [{ ...promise, number, currency }] : [];
  });
  const named = standing.find((promise) => promise.id === id);
  if (!named) return undefined;
  const promises = standing.filter(({ madeWith }) => madeWith === named.madeWith);
  return { promises, canChange: promises.every(({ state, isChanged }) => state === "open" && !isChanged) };
}

/** Sums by currency, in the order in which the currencies come. */
export function sumsOf<T extends { currency: string }>(
  items: T[],
  amountOf: (item: T) => number,
): { currency: string; amountMinor: number }[] {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(item.currency, (sums.get(item.currency) ?? 0) + amountOf(item));
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

/** What of an invoice is to be transferred as a whole: neither contested nor paid by a plan, minor units. */
export function toTransfer(account: DebtorAccount, invoice: LetterInvoice): number {
  return plannedNumbers(account).has(invoice.number) ? 0 : undisputedOf(account, invoice);
}

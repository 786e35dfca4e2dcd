import type { StoredPromise } from "../../db/promises.ts";
import { type CivilDay, formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { NoticeKind } from "../../domain/notice.ts";
import { notify, type Share } from "./case-news.ts";
import type { DebtorCase } from "./debtor-case.ts";

/** What was promised, as the caller is told. */
export type PromiseAnswer = {
  /** `asked`: beyond the policy's bounds, finance decides. */
  outcome: "made" | "asked";
  on: CivilDay;
  /** The last day on which money counts as in time. */
  lastDay: CivilDay;
  promises: { id: string; invoice: string; currency: string; amountMinor: number }[];
};

/** A promise in the words of the ledger. */
export function said({ id, on, amountMinor, currency, name, note, replaces }: StoredPromise) {
  return {
    promise: id,
    on: formatCivilDay(on),
    amount: formatDecimal(amountMinor, currency),
    currency,
    name: name ?? undefined,
    note: note ?? undefined,
    replaces: replaces ?? undefined,
  };
}

export function sharesOf({ invoices }: DebtorCase, promises: StoredPromise[]): Share[] {
  return promises.map(({ invoiceId, amountMinor }) => {
    const invoice = invoices.find(({ id }) => id === invoiceId)!;
    return { invoice, amountMinor, isPart: amountMinor < invoice.balanceMinor };
  });
}

/** Has the debtor told about promises that share their day. */
export function notifyPromises(
  matter: DebtorCase,
  kind: NoticeKind,
  promises: StoredPromise[],
  also: { formerOn?: CivilDay; note?: null; answer?: string | null; sequence?: number } = {},
): void {
  const [first] = promises;
  const { sequence, ...body } = also;
  const { id, madeWith, on, lastDay, name, note } = first!;
  notify(matter, {
    kind,
    about: id,
    shares: sharesOf(matter, promises),
    body: {
      on,
      lastDay,
      name,
      note,
      ...body,
      ...(sequence !== undefined && { canChange: sequence === 0, event: { id: madeWith, sequence } }),
    },
  });
}

export function answerOf(outcome: PromiseAnswer["outcome"], promises: StoredPromise[]): PromiseAnswer {
  const [first] = promises;
  return {
    outcome,
    on: first!.on,
    lastDay: first!.lastDay,
    promises: promises.map(({ id, invoiceNumber, currency, amountMinor }) => ({
      id,
      invoice: invoiceNumber,
      currency,
      amountMinor,
    })),
  };
}

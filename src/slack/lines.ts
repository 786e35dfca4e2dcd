import type { AlertInvoice, AlertKind } from "../domain/alert.ts";
import { escaped } from "./plain-text.ts";
import type { Words } from "./words.ts";

export const NAME_LENGTH = 80;

/** What an alert says before all else; `customer` is a name as others wrote it. */
export function headline(
  { kind, customer, count, days }: { kind: AlertKind; customer: string | null; count: number; days: number },
  words: Words,
): string {
  const name = customer === null ? words.aCustomer : escaped(customer, NAME_LENGTH);
  return words.kinds[kind].title({ customer: name, count, days });
}

/** The oldest of these invoices, in days past its due date. */
export function oldestOf(invoices: AlertInvoice[]): number {
  return Math.max(0, ...invoices.map(({ daysOverdue }) => daysOverdue));
}

/** An invoice in one line; `isSent`: its stage is behind it, not ahead. */
export function invoiceLine(
  invoice: AlertInvoice,
  words: Words,
  { isSent, withCustomer }: { isSent: boolean; withCustomer: boolean },
): string {
  const { number, amount, dueOn, daysOverdue, stage } = invoice;
  const named = stage && stageName(stage, words);
  const age = daysOverdue > 0 ? words.overdue(daysOverdue) : dueOn && words.due(dueOn);
  const parts = [
    withCustomer ? escaped(invoice.customer, NAME_LENGTH) : null,
    escaped(number, NAME_LENGTH),
    escaped(amount, NAME_LENGTH),
    age,
    named && (isSent ? named : words.next(named)),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** A policy's own stages have no words of ours. */
export function stageName(stage: string, words: Words): string {
  return words.stages[stage] ?? escaped(stage, NAME_LENGTH);
}

import type { Letter, LetterInvoice } from "../domain/letter.ts";
import { inertLine } from "./inert-text.ts";
import type { Words } from "./words.ts";

export type LetterArguments = ReturnType<typeof letterArguments>;

/** What the sentences of a letter may name, formatted and inert. Yes-or-no arguments are for `select`. */
export function letterArguments(letter: Letter, words: Words, hasPage: boolean) {
  const { creditor, debtor, asked } = letter;
  const { day } = words.formats;
  const dues = asked.map(({ dueOn }) => dueOn);
  const firstDue = Math.min(...dues);
  const lastDue = Math.max(...dues);
  const earlier = earlierDays(letter, words);
  const contact = inertLine(debtor.contactName ?? "");
  const phone = inertLine(creditor.contact.phone ?? "");
  const first = asked.filter(({ earlier, daysOverdue }) => earlier.length === 0 && daysOverdue > 0).length;
  return {
    creditor: inertLine(creditor.legalName),
    debtor: inertLine(debtor.name),
    debtorLegal: inertLine(debtor.legalName),
    contact,
    hasContact: yes(contact !== ""),
    phone,
    hasPhone: yes(phone !== ""),
    hasPage: yes(hasPage),
    on: day(letter.on),
    count: asked.length,
    number: inertLine(asked[0]!.number),
    due: day(firstDue),
    lastDue: day(lastDue),
    hasOneDue: yes(firstDue === lastDue),
    days: Math.max(...asked.map(({ daysOverdue }) => daysOverdue)),
    notYetDue: asked.filter(({ status }) => status === "not_yet_due").length,
    first,
    isAll: yes(first === asked.length),
    total: totalText(letter, words),
    held: heldText(asked, words),
    earlier,
    hasEarlier: yes(earlier !== ""),
    answerBy: letter.answerBy === null ? "" : day(letter.answerBy),
    hasAnswerBy: yes(letter.answerBy !== null),
    finalOn: letter.finalOn === null ? "" : day(letter.finalOn),
    hasFinal: yes(letter.finalOn !== null),
    next: letter.nextTemplate?.replaceAll("-", "_") ?? "none",
  };
}

function yes(is: boolean): "yes" | "no" {
  return is ? "yes" : "no";
}

const DAYS_SPELT_OUT = 8;

/** When earlier letters left: each day, or from when to when once they are many. */
function earlierDays({ asked }: Letter, words: Words): string {
  const { day, list } = words.formats;
  const days = [...new Set(asked.flatMap(({ earlier }) => earlier.map(({ on }) => on)))].sort(
    (a, b) => a - b,
  );
  if (days.length === 0) return "";
  if (days.length <= DAYS_SPELT_OUT) return words.say("earlier.days", { days: list(days.map(day)) });
  return words.say("earlier.span", { count: days.length, first: day(days[0]!), last: day(days.at(-1)!) });
}

function totalText({ totals }: Letter, words: Words): string {
  return totalsText(
    totals.map(({ currency, askedMinor, interestMinor }) => [currency, askedMinor + interestMinor]),
    words,
  );
}

function heldText(asked: LetterInvoice[], words: Words): string {
  const held = asked.filter(({ heldMinor }) => heldMinor > 0);
  return totalsText(
    held.map(({ currency, heldMinor }) => [currency, heldMinor]),
    words,
  );
}

/** Amounts in minor units added up per currency, in a sentence; empty when there are none. */
export function totalsText(amounts: (readonly [currency: string, minor: number])[], words: Words): string {
  const sums = new Map<string, number>();
  for (const [currency, minor] of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  if (sums.size === 0) return "";
  return words.formats.list([...sums].map(([currency, minor]) => words.formats.money(minor, currency)));
}

import { html } from "hono/html";
import type { LetterInvoice } from "../../domain/letter.ts";
import type { WordKey, Words } from "../../email/words.ts";
import { choices, type FormState, hidden } from "../pages/debtor/fields.ts";
import type { Html } from "../pages/layout.ts";
import type { Filled } from "./filled.ts";
import { all } from "./filled.ts";
import { openOf } from "./standing.ts";

/** Boxes for invoices; the only one needs no box. */
export function invoiceChoice(
  state: FormState,
  invoices: LetterInvoice[],
  choice: { label: WordKey; isOne?: boolean; amountOf?: (invoice: LetterInvoice) => number },
): Html {
  const { words } = state;
  const { label, isOne, amountOf = openOf } = choice;
  const [first] = invoices;
  if (invoices.length === 1) {
    return html`<p><strong>${first!.number}</strong> · ${noteOf(first!, amountOf, words)}</p>${hidden("invoice", first!.number)}`;
  }
  return choices(state, {
    name: "invoice",
    label: words.say(label),
    isOne,
    of: invoices.map((invoice) => ({
      value: invoice.number,
      label: invoice.number,
      note: noteOf(invoice, amountOf, words),
    })),
  });
}

/** Those that the address asks for, else those that are overdue, else all. */
export function firstChoice(invoices: LetterInvoice[], asked: Filled): string[] {
  const numbers = invoices.map(({ number }) => number);
  const wanted = numbers.filter((number) => all(asked, "invoice").includes(number));
  if (wanted.length > 0) return wanted;
  const overdue = invoices.filter(({ daysOverdue }) => daysOverdue > 0).map(({ number }) => number);
  return overdue.length > 0 ? overdue : numbers;
}

/** "invoices A-1 and A-2": named as in a sentence. */
export function listOf(invoices: { number: string }[], words: Words): string {
  const numbers = words.formats.list(invoices.map(({ number }) => number));
  return words.say("page.invoicesNamed", { count: invoices.length, numbers });
}

function noteOf(invoice: LetterInvoice, amountOf: (invoice: LetterInvoice) => number, words: Words): string {
  const { money, day } = words.formats;
  const amount = money(amountOf(invoice), invoice.currency);
  return [amount, words.say("page.amountDue", { due: day(invoice.dueOn) })].join(" · ");
}

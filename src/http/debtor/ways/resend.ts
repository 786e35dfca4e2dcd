import type { LetterInvoice } from "../../../domain/letter.ts";
import { askForInvoice } from "../../../reminders/agreements/ask-for-invoice.ts";
import { firstChoice, invoiceChoice, listOf } from "../invoice-choice.ts";
import { createReader } from "../reader.ts";
import type { Way } from "../way.ts";

type Draft = { invoices: LetterInvoice[] };

export const resendWay: Way<Draft> = {
  name: "resend",
  fields: /^invoice$/,
  isOpen: ({ invoices }) => invoices.length > 0,

  start: ({ account }, asked) => new Map([["invoice", firstChoice(account.invoices, asked)]]),

  isComplete: ({ account }) => account.invoices.length === 1,

  read(filled, page) {
    const reader = createReader(filled, page);
    const invoices = reader.invoices("invoice", page.account.invoices);
    return invoices ? { draft: { invoices } } : { mistakes: reader.mistakes };
  },

  form: (filled, { words, account }, mistakes) =>
    invoiceChoice({ filled, mistakes, words }, account.invoices, { label: "page.which" }),

  understood({ invoices }, { words }) {
    const about = { invoices: listOf(invoices, words), count: invoices.length };
    return { said: [words.say("page.resend.said", about)], notes: [words.say("page.resend.note")] };
  },

  async perform(services, { invoices }, { name, page }) {
    const { words, account } = page;
    const numbers = invoices.map(({ number }) => number);
    await askForInvoice(services, {
      invoices: numbers,
      name,
      author: "debtor",
      customerId: account.customerId,
    });
    return words.say("page.resend.done", { invoices: listOf(invoices, words) });
  },
};

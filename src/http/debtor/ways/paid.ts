import { html } from "hono/html";
import { type CivilDay, formatCivilDay } from "../../../domain/civil-date.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { LONGEST_NAME } from "../../../domain/taken.ts";
import { reportPaid } from "../../../reminders/agreements/report-paid.ts";
import { dayField, inputField } from "../../pages/debtor/fields.ts";
import { firstChoice, invoiceChoice, listOf } from "../invoice-choice.ts";
import { createReader } from "../reader.ts";
import type { Way } from "../way.ts";

type Draft = { invoices: LetterInvoice[]; paidOn: CivilDay; reference: string };

export const paidWay: Way<Draft> = {
  name: "paid",
  fields: /^(invoice|on|reference)$/,
  files: { kind: "proof", label: "page.paid.proof", takes: /^(application\/pdf|image\/.+)$/ },
  isOpen: ({ invoices }) => invoices.length > 0,

  start: ({ account }, asked) => new Map([["invoice", firstChoice(account.invoices, asked)]]),

  read(filled, page) {
    const reader = createReader(filled, page);
    const invoices = reader.invoices("invoice", page.account.invoices);
    const paidOn = reader.pastDay("on");
    const reference = reader.text("reference", LONGEST_NAME);
    const { mistakes } = reader;
    if (mistakes.length > 0) return { mistakes };
    return { draft: { invoices: invoices!, paidOn: paidOn!, reference: reference! } };
  },

  form(filled, { words, account }, mistakes) {
    const state = { filled, mistakes, words };
    return html`${invoiceChoice(state, account.invoices, { label: "page.paid.which" })}
      ${dayField(state, { name: "on", label: words.say("page.paid.on"), max: formatCivilDay(account.on) })}
      ${inputField(state, {
        name: "reference",
        label: words.say("page.paid.reference"),
        hint: words.say("page.paid.referenceHint"),
        isOptional: true,
        attributes: html`maxlength="${LONGEST_NAME}" autocomplete="off"`,
      })}`;
  },

  understood({ invoices, paidOn, reference }, { words }) {
    const on = words.formats.day(paidOn);
    const said = [words.say("page.paid.said", { invoices: listOf(invoices, words), on })];
    if (reference) said.push(words.say("page.paid.saidReference", { reference }));
    return { said, notes: [words.say("page.paid.note")] };
  },

  fileInvoice: ({ invoices }) => invoices[0]!.number,

  async perform(services, { invoices, paidOn, reference }, { name, page }) {
    const { words, account } = page;
    await reportPaid(services, {
      invoices: invoices.map(({ number }) => number),
      paidOn,
      reference,
      name,
      author: "debtor",
      by: "debtor",
      customerId: account.customerId,
    });
    return words.say("page.paid.done", { on: words.formats.day(paidOn) });
  },
};

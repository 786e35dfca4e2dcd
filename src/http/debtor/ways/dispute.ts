import { html } from "hono/html";
import { DISPUTE_REASONS, type DisputeReason } from "../../../domain/dispute.ts";
import type { LetterInvoice } from "../../../domain/letter.ts";
import { LONGEST_TEXT } from "../../../domain/taken.ts";
import { openDispute } from "../../../reminders/agreements/open-dispute.ts";
import { amountField, choices, longTextField } from "../../pages/debtor/fields.ts";
import { all, one } from "../filled.ts";
import { invoiceChoice } from "../invoice-choice.ts";
import { createReader, type Reader } from "../reader.ts";
import { disputable, openOf } from "../standing.ts";
import type { Way } from "../way.ts";

type Draft = {
  invoice: LetterInvoice;
  /** Null for the whole. */
  amountMinor: number | null;
  reason: DisputeReason;
  text: string;
};

export const disputeWay: Way<Draft> = {
  name: "dispute",
  fields: /^(invoice|amount|reason|text)$/,
  files: { kind: "other", label: "page.files", takes: /./ },
  isOpen: (account) => disputable(account).length > 0,

  start: (_, asked) => new Map([["invoice", all(asked, "invoice")]]),

  read(filled, page) {
    const reader = createReader(filled, page);
    const [invoice, ...others] = reader.invoices("invoice", disputable(page.account)) ?? [];
    if (others.length > 0) reader.wrong("invoice", "page.mistake.invoice");
    const amountMinor = invoice ? readPart(reader, invoice) : null;
    const reason = DISPUTE_REASONS.find((known) => known === one(filled, "reason"));
    if (!reason) reader.wrong("reason", "page.mistake.reason");
    const text = reader.text("text", LONGEST_TEXT);
    if (text === "") reader.wrong("text", "page.mistake.text");
    const { mistakes } = reader;
    if (mistakes.length > 0) return { mistakes };
    return { draft: { invoice: invoice!, amountMinor: amountMinor!, reason: reason!, text: text! } };
  },

  form(filled, { words, account }, mistakes) {
    const state = { filled, mistakes, words };
    const invoices = disputable(account);
    const [only] = invoices;
    const amount = invoices.length === 1 ? words.formats.money(openOf(only!), only!.currency) : null;
    return html`${invoiceChoice(state, invoices, { label: "page.whichOne", isOne: true })}
      ${choices(state, {
        name: "reason",
        label: words.say("page.dispute.reason"),
        isOne: true,
        of: DISPUTE_REASONS.map((reason) => ({
          value: reason,
          label: words.say(`page.dispute.reason.${reason}`),
        })),
      })}
      ${amountField(state, {
        name: "amount",
        label: words.say("page.dispute.amount"),
        hint: words.say("page.dispute.amountHint", {
          hasAmount: amount === null ? "no" : "yes",
          amount: amount ?? "",
        }),
        isOptional: true,
        ...(invoices.length === 1 && { currency: only!.currency }),
      })}
      ${longTextField(state, {
        name: "text",
        label: words.say("page.dispute.text"),
        hint: words.say("page.dispute.textHint"),
        most: LONGEST_TEXT,
      })}`;
  },

  understood({ invoice, amountMinor, reason, text }, { words }) {
    const { money } = words.formats;
    const { number, currency } = invoice;
    const open = openOf(invoice);
    const isWhole = amountMinor === null || amountMinor === open;
    const amount = money(amountMinor ?? open, currency);
    const said = [
      words.say("page.dispute.said", { isWhole: isWhole ? "yes" : "no", number, amount }),
      words.say("page.dispute.saidReason", { reason: words.say(`page.dispute.reason.${reason}`) }),
      `“${text}”`,
    ];
    const notes = [words.say("page.dispute.note")];
    if (!isWhole)
      notes.unshift(words.say("page.dispute.rest", { rest: money(open - amountMinor, currency) }));
    return { said, notes };
  },

  fileInvoice: ({ invoice }) => invoice.number,

  async perform(services, { invoice, amountMinor, reason, text }, { name, page }) {
    await openDispute(services, {
      invoiceNumber: invoice.number,
      ...(amountMinor !== null && { amountMinor }),
      reason,
      text,
      name,
      author: "debtor",
      customerId: page.account.customerId,
    });
    return page.words.say("page.dispute.done", { number: invoice.number });
  },
};

function readPart(reader: Reader, invoice: LetterInvoice): number | null | undefined {
  return reader.amount("amount", { currency: invoice.currency, mostMinor: openOf(invoice) });
}

import type { LetterInvoice } from "../domain/letter.ts";
import { inertLine, webLink } from "./inert-text.ts";
import { totalsText } from "./letter-arguments.ts";
import type { TemplateName } from "./templates.generated.ts";
import type { Words } from "./words.ts";

export type Row = {
  number: string;
  numberNotes: string[];
  due: string;
  status: string;
  amountLabel: string;
  amount: string;
  amountNotes: string[];
  /** The notes in brackets, for plain text. */
  amountDetail: string;
  invoiceUrl: string | null;
  payUrl: string | null;
};

/** The invoices of the sum, with a way to pay each where there are several. */
export function askedRows(asked: LetterInvoice[], words: Words, amountLabel: string): Row[] {
  const isAlone = asked.length === 1;
  return asked.map((invoice) => askedRow(invoice, words, { amountLabel, isAlone }));
}

// Large mails are cut off by some mail services, the ways to answer first.
const OTHERS_LISTED = 40;

/** The rest of the statement, and a sentence about what has no room in it. */
export function otherRows(others: LetterInvoice[], words: Words, template: TemplateName) {
  return {
    others: others.slice(0, OTHERS_LISTED).map((invoice) => otherRow(invoice, words, template)),
    othersMore: moreOf(others.slice(OTHERS_LISTED), words),
  };
}

function askedRow(
  invoice: LetterInvoice,
  words: Words,
  { amountLabel, isAlone }: { amountLabel: string; isAlone: boolean },
): Row {
  const { currency, askedMinor, heldMinor } = invoice;
  const notes = originalNote(invoice, askedMinor, words);
  if (heldMinor > 0) notes.push(words.say("row.held", { held: words.formats.money(heldMinor, currency) }));
  return {
    ...rowBasics(invoice, words),
    status: words.say(`status.${invoice.status}`, { days: invoice.daysOverdue }),
    amountLabel,
    amount: words.formats.money(askedMinor, currency),
    amountNotes: notes,
    amountDetail: detailOf(notes, words),
    payUrl: isAlone ? null : webLink(invoice.paymentUrl),
  };
}

function otherRow(invoice: LetterInvoice, words: Words, template: TemplateName): Row {
  const openMinor = invoice.askedMinor + invoice.heldMinor;
  const notes = originalNote(invoice, openMinor, words);
  // A letter before the due date speaks of nothing overdue, not even in the statement.
  const isSilent = template === "pre-due" && invoice.status === "overdue";
  return {
    ...rowBasics(invoice, words),
    status: isSilent
      ? words.say("status.open")
      : words.say(`status.${invoice.status}`, { days: invoice.daysOverdue }),
    amountLabel: words.say("column.open"),
    amount: words.formats.money(openMinor, invoice.currency),
    amountNotes: notes,
    amountDetail: detailOf(notes, words),
    payUrl: null,
  };
}

function moreOf(unlisted: LetterInvoice[], words: Words): string {
  if (unlisted.length === 0) return "";
  const open = unlisted.map(
    ({ currency, askedMinor, heldMinor }) => [currency, askedMinor + heldMinor] as const,
  );
  return words.say("others.more", { count: unlisted.length, total: totalsText(open, words) });
}

function rowBasics(invoice: LetterInvoice, words: Words) {
  const { day } = words.formats;
  const notes: string[] = [];
  if (invoice.poNumber !== null) notes.push(words.say("row.po", { po: inertLine(invoice.poNumber) }));
  if (invoice.issuedOn !== null) notes.push(words.say("row.issued", { issued: day(invoice.issuedOn) }));
  return {
    number: inertLine(invoice.number),
    numberNotes: notes,
    due: day(invoice.dueOn),
    invoiceUrl: webLink(invoice.invoiceUrl),
  };
}

function originalNote({ amountMinor, currency }: LetterInvoice, shownMinor: number, words: Words): string[] {
  if (amountMinor === shownMinor) return [];
  return [words.say("row.original", { amount: words.formats.money(amountMinor, currency) })];
}

function detailOf(notes: string[], words: Words): string {
  return notes.length === 0 ? "" : words.say("row.notes", { notes: notes.join(words.say("semicolon")) });
}

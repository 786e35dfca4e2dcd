import type { Letter, LetterInvoice } from "../domain/letter.ts";
import { inertLine, inertLines, webLink } from "./inert-text.ts";
import { type LetterArguments, letterArguments } from "./letter-arguments.ts";
import { type Sentences, sentencesOf } from "./sentences.ts";
import type { TemplateName } from "./templates.generated.ts";
import type { Words } from "./words.ts";

type Row = {
  number: string;
  numberNotes: string[];
  due: string;
  status: string;
  amountLabel: string;
  amount: string;
  amountNotes: string[];
  invoiceUrl: string | null;
  payUrl: string | null;
};

type Line = { label: string; value: string };

/** Everything that the templates name, in words and inert: nothing here can break out of where it is put. */
export type LetterView = Sentences & {
  lang: string;
  subject: string;
  on: string;
  page: string | null;
  creditorName: string;
  creditorLine: string;
  signatory: string;
  signatureLines: string[];
  parties: { role: string; name: string; lines: string[] }[];
  totals: { total: string; split: string }[];
  totalText: string;
  amountLabel: string;
  asked: Row[];
  hasSums: boolean;
  sums: { label: string; sum: string }[];
  hasOthers: boolean;
  others: Row[];
  hasInterest: boolean;
  interest: { number: string; amount: string; lines: string[] }[];
  payOnline: string | null;
  hasBank: boolean;
  bank: Line[];
};

export function letterView(letter: Letter, template: TemplateName, words: Words): LetterView {
  const { creditor, asked, others } = letter;
  const page = webLink(letter.pageUrl);
  const args = letterArguments(letter, words, page !== null);
  const isFormal = template === "formal-notice";
  const amountLabel = words.say(isFormal ? "column.principal" : "column.open");
  const withInterest = isFormal ? asked.filter(({ interest }) => interest !== null) : [];
  return {
    ...sentencesOf(letter, template, words, args),
    lang: words.locale,
    subject: words.say("subject", args),
    on: args.on,
    page,
    creditorName: args.creditor,
    creditorLine: [args.creditor, ...inertLines(creditor.address)].join(words.say("comma")),
    ...signatureOf(letter, args, isFormal),
    parties: isFormal ? partiesOf(letter, words, args) : [],
    totals: letter.totals.map((total) => totalOf(total, words)),
    totalText: args.total,
    amountLabel,
    asked: asked.map((invoice) => askedRow(invoice, words, { amountLabel, isAlone: asked.length === 1 })),
    hasSums: asked.length > 1,
    sums: asked.length === 1 ? [] : sumsOf(letter, words),
    hasOthers: others.length > 0,
    others: others.map((invoice) => otherRow(invoice, words, template)),
    hasInterest: withInterest.length > 0,
    interest: withInterest.map((invoice) => interestOf(invoice, words)),
    payOnline: asked.length === 1 ? webLink(asked[0]!.paymentUrl) : null,
    hasBank: creditor.bank !== null,
    bank: bankOf(letter, words),
  };
}

/** A person signs a reminder; a formal notice is the company's, and dated. */
function signatureOf(
  { creditor: { contact } }: Letter,
  { creditor, on }: LetterArguments,
  isFormal: boolean,
) {
  const person = inertLine(contact.name);
  const [signatory, second] = isFormal ? [creditor, person] : [person, creditor];
  const lines = [second, inertLine(contact.email), inertLine(contact.phone ?? ""), isFormal ? on : ""];
  return { signatory, signatureLines: lines.filter((line) => line !== "") };
}

function partiesOf({ creditor, debtor }: Letter, words: Words, args: LetterArguments) {
  const address = debtor.address === null ? [] : inertLines(debtor.address);
  return [
    { role: words.say("party.creditor"), name: args.creditor, lines: inertLines(creditor.address) },
    {
      role: words.say("party.debtor"),
      name: args.debtorLegal,
      lines: args.contact === "" ? address : [...address, args.contact],
    },
  ];
}

function totalOf({ currency, askedMinor, interestMinor }: Letter["totals"][number], words: Words) {
  const { money } = words.formats;
  const split = { principal: money(askedMinor, currency), interest: money(interestMinor, currency) };
  return {
    total: money(askedMinor + interestMinor, currency),
    split: interestMinor > 0 ? words.say("summary.split", split) : "",
  };
}

function sumsOf({ totals }: Letter, words: Words): LetterView["sums"] {
  const several = totals.length > 1 ? "yes" : "no";
  return totals.map(({ currency, askedMinor }) => ({
    label: words.say("sum", { several, currency }),
    sum: words.formats.money(askedMinor, currency),
  }));
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
    payUrl: isAlone ? null : webLink(invoice.paymentUrl),
  };
}

function otherRow(invoice: LetterInvoice, words: Words, template: TemplateName): Row {
  const openMinor = invoice.askedMinor + invoice.heldMinor;
  // A letter before the due date speaks of nothing overdue, not even in the statement.
  const isSilent = template === "pre-due" && invoice.status === "overdue";
  return {
    ...rowBasics(invoice, words),
    status: isSilent
      ? words.say("status.open")
      : words.say(`status.${invoice.status}`, { days: invoice.daysOverdue }),
    amountLabel: words.say("column.open"),
    amount: words.formats.money(openMinor, invoice.currency),
    amountNotes: originalNote(invoice, openMinor, words),
    payUrl: null,
  };
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

function interestOf({ number, currency, interest }: LetterInvoice, words: Words) {
  const { money, day, percent } = words.formats;
  const { periods, rate, interestMinor } = interest!;
  return {
    number: inertLine(number),
    amount: money(interestMinor, currency),
    lines: periods.map(({ principalMinor, days, fromOn, toOn }) =>
      words.say("interest.period", {
        principal: money(principalMinor, currency),
        rate: percent(rate),
        days,
        from: day(fromOn),
        to: day(toOn),
      }),
    ),
  };
}

const REFERENCES_SPELT_OUT = 4;

function bankOf({ creditor: { bank }, asked }: Letter, words: Words): Line[] {
  if (bank === null) return [];
  const reference =
    asked.length > REFERENCES_SPELT_OUT
      ? words.say("pay.referenceMany")
      : asked.map(({ number }) => number).join(words.say("comma"));
  const lines: Line[] = [
    { label: words.say("pay.holder"), value: bank.holder },
    { label: words.say("pay.bank"), value: bank.name ?? "" },
    { label: words.say("pay.account"), value: bank.account ?? "" },
    { label: words.say("pay.bankCode"), value: bank.bankCode ?? "" },
    { label: words.say("pay.iban"), value: bank.iban ?? "" },
    { label: words.say("pay.bic"), value: bank.bic ?? "" },
    { label: words.say("pay.reference"), value: reference },
  ];
  return lines
    .map(({ label, value }) => ({ label, value: inertLine(value) }))
    .filter(({ value }) => value !== "");
}

import type { Letter, LetterInvoice } from "../domain/letter.ts";
import { type BankLine, bankLines } from "./bank-lines.ts";
import { inertLine, inertLines, webLink } from "./inert-text.ts";
import { type LetterArguments, letterArguments } from "./letter-arguments.ts";
import { askedRows, otherRows, type Row } from "./letter-rows.ts";
import { type Sentences, sentencesOf } from "./sentences.ts";
import type { TemplateName } from "./templates.generated.ts";
import type { Words } from "./words.ts";

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
  othersMore: string;
  hasInterest: boolean;
  interest: { number: string; amount: string; lines: string[] }[];
  payOnline: string | null;
  hasBank: boolean;
  bank: BankLine[];
};

export function letterView(facts: Letter, template: TemplateName, words: Words): LetterView {
  const isFormal = template === "formal-notice";
  const letter = isFormal ? facts : withoutInterest(facts);
  const { creditor, asked, others } = letter;
  const page = webLink(letter.pageUrl);
  const args = letterArguments(letter, words, page !== null);
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
    asked: askedRows(asked, words, amountLabel),
    hasSums: asked.length > 1,
    sums: asked.length === 1 ? [] : sumsOf(letter, words),
    hasOthers: others.length > 0,
    ...otherRows(others, words, template),
    hasInterest: withInterest.length > 0,
    interest: withInterest.map((invoice) => interestOf(invoice, words)),
    payOnline: asked.length === 1 ? webLink(asked[0]!.paymentUrl) : null,
    hasBank: creditor.bank !== null,
    bank: bankLines(
      creditor.bank,
      asked.map(({ number }) => number),
      words,
    ),
  };
}

/** Only the formal notice explains a figure of interest, so no other letter asks for one. */
function withoutInterest(letter: Letter): Letter {
  if (letter.totals.every(({ interestMinor }) => interestMinor === 0)) return letter;
  return { ...letter, totals: letter.totals.map((total) => ({ ...total, interestMinor: 0 })) };
}

/** A person signs a reminder; a formal notice is the company's, and dated. */
export function signatureOf(
  { creditor: { contact } }: Pick<Letter, "creditor">,
  { creditor, on }: Pick<LetterArguments, "creditor" | "on">,
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

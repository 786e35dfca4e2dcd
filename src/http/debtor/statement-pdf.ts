import type { PdfContent } from "pdfmake";
import { compactIban } from "../../domain/iban.ts";
import type { LetterInvoice } from "../../domain/letter.ts";
import { inertLine, inertLines } from "../../email/inert-text.ts";
import type { WordKey, Words } from "../../email/words.ts";
import type { DebtorAccount } from "../../reminders/links/debtor-account.ts";
import type { ReadAsset } from "../runtime.ts";
import { openPrinter, type Print, printIn } from "./printer.ts";
import { openOf, sumsOf } from "./standing.ts";
import type { Page } from "./way.ts";

const QUIET = { color: "#5b6877", fontSize: 8.5 };
const RIGHT = { alignment: "right" };
const LINES = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => "#dfe4ea",
  paddingTop: () => 5,
  paddingBottom: () => 4,
};

type Sheet = { account: DebtorAccount; words: Words; print: Print };

/** The statement as a PDF of A4 pages. */
export async function statementPdf({ account, words }: Page, readAsset: ReadAsset): Promise<Uint8Array> {
  const print = printIn(words.locale);
  const sheet = { account, words, print };
  const printer = await openPrinter(readAsset);
  const title = words.say("page.pdf.title");
  const document = printer.createPdf({
    info: { title: `${title} ${account.creditor.legalName}` },
    pageSize: "A4",
    pageMargins: [50, 50, 50, 60],
    defaultStyle: { font: "European", fontSize: 9.5, lineHeight: 1.25, color: "#1d2733" },
    content: [headPart(sheet, title), invoicesPart(sheet), totalsPart(sheet), payPart(sheet)],
    footer: (page: number, pages: number) =>
      print(words.say("page.pdf.page", { page, pages }), {
        ...QUIET,
        alignment: "center",
        margin: [0, 20, 0, 0],
      }),
  });
  return document.getBuffer();
}

function headPart({ account, words, print }: Sheet, title: string): PdfContent {
  const { creditor, debtorName, debtorAddress } = account;
  const party = (name: string, address: string | null) => ({
    stack: [
      print(inertLine(name), { fontSize: 11 }),
      ...inertLines(address ?? "").map((line) => print(line, QUIET)),
    ],
    margin: [0, 0, 0, 28],
  });
  return [
    party(creditor.legalName, creditor.address),
    party(debtorName, debtorAddress),
    print(title, { fontSize: 18, margin: [0, 0, 0, 2] }),
    print(words.say("page.pdf.on", { on: words.formats.day(account.on) }), QUIET),
  ];
}

function invoicesPart(sheet: Sheet): PdfContent {
  const { account, words, print } = sheet;
  const columns: [WordKey, object][] = [
    ["page.csv.number", {}],
    ["page.csv.issued", {}],
    ["page.csv.due", {}],
    ["page.csv.status", {}],
    ["page.csv.amount", RIGHT],
    ["page.csv.open", RIGHT],
  ];
  const head = columns.map(([key, style]) => print(words.say(key), { ...QUIET, ...style }));
  return {
    margin: [0, 18, 0, 10],
    layout: LINES,
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ["*", "auto", "auto", "auto", "auto", "auto"],
      body: [head, ...account.invoices.map((invoice) => invoiceRow(invoice, sheet))],
    },
  };
}

function invoiceRow(invoice: LetterInvoice, { words, print }: Sheet): PdfContent[] {
  const { number, poNumber, issuedOn, dueOn, status, daysOverdue, amountMinor, currency } = invoice;
  const { money, day } = words.formats;
  const order = poNumber ? [print(words.say("row.po", { po: inertLine(poNumber) }), QUIET)] : [];
  return [
    { stack: [print(inertLine(number)), ...order] },
    print(issuedOn === null ? "" : day(issuedOn), { noWrap: true }),
    print(day(dueOn), { noWrap: true }),
    print(words.say(`status.${status}`, { days: daysOverdue })),
    print(money(amountMinor, currency), RIGHT),
    print(money(openOf(invoice), currency), RIGHT),
  ];
}

function totalsPart({ account, words, print }: Sheet): PdfContent {
  const sums = sumsOf(account.invoices, openOf);
  const several = sums.length > 1 ? "yes" : "no";
  const style = { ...RIGHT, fontSize: 11 };
  return sums.map(({ currency, amountMinor }) => ({
    margin: [0, 0, 4, 0],
    columns: [
      print(words.say("page.total", { several, currency }), style),
      print(words.formats.money(amountMinor, currency), { ...style, width: 120 }),
    ],
  }));
}

function payPart({ account, words, print }: Sheet): PdfContent {
  const { bank, contact } = account.creditor;
  const lines: [WordKey, string | null | undefined][] = [
    ["pay.holder", bank?.holder],
    ["pay.iban", bank?.iban && compactIban(bank.iban).replace(/(.{4})(?=.)/g, "$1 ")],
    ["pay.bic", bank?.bic],
    ["pay.account", bank?.account],
    ["pay.bankCode", bank?.bankCode],
    ["pay.bank", bank?.name],
  ];
  const body = lines
    .filter(([, value]) => value)
    .map(([key, value]) => [print(words.say(key), { color: QUIET.color }), print(inertLine(value!))]);
  const title = print(words.say("pay.title"), { fontSize: 11, margin: [0, 0, 0, 4] });
  return {
    unbreakable: true,
    margin: [0, 28, 0, 0],
    stack: [
      ...(body.length > 0 ? [title, { layout: "noBorders", table: { body } }] : []),
      print(words.say("pay.unchanged"), { ...QUIET, margin: [0, 6, 0, 10] }),
      print([contact.name, contact.email, contact.phone].filter(Boolean).join(" · "), QUIET),
    ],
  };
}

import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { PdfContent } from "pdfmake";
import { compactIban } from "../../domain/iban.ts";
import type { LetterInvoice } from "../../domain/letter.ts";
import { inertLine, inertLines } from "../../email/inert-text.ts";
import type { Words } from "../../email/words.ts";
import type { DebtorAccount } from "../../reminders/debtor-account.ts";
import type { ReadAsset } from "../runtime.ts";
import { openOf, sumsOf } from "./standing.ts";
import type { Page } from "./way.ts";

const FONT = "statement-font.ttf.br";
const QUIET = "#5b6877";
const LINE = "#dfe4ea";

/** The statement as a PDF of A4 pages. The library and its font are loaded with the first one. */
export async function statementPdf(page: Page, readAsset: ReadAsset): Promise<Uint8Array> {
  // Kept once it is there, not on the way: on Workers a request may not wait for what another one reads.
  printer ??= await loadPrinter(readAsset);
  const { account, words } = page;
  const title = words.say("page.pdf.title");
  const document = printer.createPdf({
    info: { title: `${title} ${account.creditor.legalName}` },
    pageSize: "A4",
    pageMargins: [50, 50, 50, 60],
    defaultStyle: { font: "Statement", fontSize: 9.5, lineHeight: 1.25, color: "#1d2733" },
    styles: { quiet: { color: QUIET, fontSize: 8.5 } },
    content: [
      headPart(account, words, title),
      invoicesPart(account, words),
      totalsPart(account, words),
      payPart(account, words),
    ],
    footer: (number: number, pages: number) => ({
      text: words.say("page.pdf.page", { page: number, pages }),
      style: "quiet",
      alignment: "center",
      margin: [0, 20, 0, 0],
    }),
  });
  return document.getBuffer();
}

let printer: Awaited<ReturnType<typeof loadPrinter>> | undefined;

async function loadPrinter(readAsset: ReadAsset) {
  const [{ default: pdfmake }, packed] = await Promise.all([import("pdfmake"), readAsset(FONT)]);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.virtualfs.writeFileSync("statement.ttf", await promisify(brotliDecompress)(packed));
  pdfmake.fonts = { Statement: { normal: "statement.ttf", bold: "statement.ttf" } };
  return pdfmake;
}

function headPart(account: DebtorAccount, words: Words, title: string): PdfContent {
  const { creditor, debtorName, debtorAddress } = account;
  const party = (name: string, address: string | null) => [
    { text: inertLine(name), fontSize: 11 },
    ...inertLines(address ?? "").map((text) => ({ text, style: "quiet" })),
  ];
  return [
    { stack: party(creditor.legalName, creditor.address), margin: [0, 0, 0, 28] },
    { stack: party(debtorName, debtorAddress), margin: [0, 0, 0, 28] },
    { text: title, fontSize: 18, margin: [0, 0, 0, 2] },
    { text: words.say("page.pdf.on", { on: words.formats.day(account.on) }), style: "quiet" },
  ];
}

function invoicesPart({ invoices }: DebtorAccount, words: Words): PdfContent {
  const { money } = words.formats;
  const head = (key: Parameters<Words["say"]>[0], alignment = "left") => ({
    text: words.say(key),
    style: "quiet",
    alignment,
  });
  const rows = invoices.map((invoice) => [
    numberCell(invoice, words),
    dayCell(invoice.issuedOn, words),
    dayCell(invoice.dueOn, words),
    words.say(`status.${invoice.status}`, { days: invoice.daysOverdue }),
    { text: money(invoice.amountMinor, invoice.currency), alignment: "right" },
    { text: money(openOf(invoice), invoice.currency), alignment: "right" },
  ]);
  return {
    margin: [0, 18, 0, 10],
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingTop: () => 5,
      paddingBottom: () => 4,
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ["*", "auto", "auto", "auto", "auto", "auto"],
      body: [
        [
          head("page.csv.number"),
          head("page.csv.issued"),
          head("page.csv.due"),
          head("page.csv.status"),
          head("page.csv.amount", "right"),
          head("page.csv.open", "right"),
        ],
        ...rows,
      ],
    },
  };
}

function numberCell({ number, poNumber }: LetterInvoice, words: Words): PdfContent {
  const order = poNumber ? [{ text: words.say("row.po", { po: inertLine(poNumber) }), style: "quiet" }] : [];
  return { stack: [inertLine(number), ...order] };
}

function dayCell(day: number | null, words: Words): PdfContent {
  return { text: day === null ? "" : words.formats.day(day), noWrap: true };
}

function totalsPart({ invoices }: DebtorAccount, words: Words): PdfContent {
  const sums = sumsOf(invoices, openOf);
  const several = sums.length > 1 ? "yes" : "no";
  return sums.map(({ currency, amountMinor }) => ({
    margin: [0, 0, 4, 0],
    columns: [
      { text: words.say("page.total", { several, currency }), alignment: "right", fontSize: 11 },
      { text: words.formats.money(amountMinor, currency), alignment: "right", width: 120, fontSize: 11 },
    ],
  }));
}

function payPart({ creditor }: DebtorAccount, words: Words): PdfContent {
  const { bank, contact } = creditor;
  const lines: [string, string | null | undefined][] = [
    [words.say("pay.holder"), bank?.holder],
    [words.say("pay.iban"), bank?.iban && compactIban(bank.iban).replace(/(.{4})(?=.)/g, "$1 ")],
    [words.say("pay.bic"), bank?.bic],
    [words.say("pay.account"), bank?.account],
    [words.say("pay.bankCode"), bank?.bankCode],
    [words.say("pay.bank"), bank?.name],
  ];
  const body = lines
    .filter(([, value]) => value)
    .map(([label, value]) => [{ text: label, color: QUIET }, inertLine(value!)]);
  return {
    unbreakable: true,
    margin: [0, 28, 0, 0],
    stack: [
      ...(body.length > 0
        ? [
            { text: words.say("pay.title"), fontSize: 11, margin: [0, 0, 0, 4] },
            { layout: "noBorders", table: { body } },
          ]
        : []),
      { text: words.say("pay.unchanged"), style: "quiet", margin: [0, 6, 0, 10] },
      { text: [contact.name, contact.email, contact.phone].filter(Boolean).join(" · "), style: "quiet" },
    ],
  };
}

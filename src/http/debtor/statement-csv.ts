import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import type { WordKey } from "../../email/words.ts";
import { openOf } from "./standing.ts";
import type { Page } from "./way.ts";

const COLUMNS: WordKey[] = [
  "page.csv.number",
  "page.csv.po",
  "page.csv.issued",
  "page.csv.due",
  "page.csv.days",
  "page.csv.status",
  "page.csv.currency",
  "page.csv.amount",
  "page.csv.open",
  "page.csv.paused",
];

/** The statement as CSV (RFC 4180) that spreadsheets open as it is: marked as UTF-8, and no cell of it a formula. */
export function statementCsv({ account, words }: Page): string {
  const rows = account.invoices.map((invoice) => {
    const { currency, issuedOn, dueOn, daysOverdue, status } = invoice;
    return [
      invoice.number,
      invoice.poNumber ?? "",
      issuedOn === null ? "" : formatCivilDay(issuedOn),
      formatCivilDay(dueOn),
      String(daysOverdue),
      words.say(`status.${status}`, { days: daysOverdue }),
      currency,
      formatDecimal(invoice.amountMinor, currency),
      formatDecimal(openOf(invoice), currency),
      formatDecimal(invoice.heldMinor, currency),
    ];
  });
  const header = COLUMNS.map((key) => words.say(key));
  const lines = [header, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`);
  return `\ufeff${lines.join("")}`;
}

/** Spreadsheets run what begins like a formula, behind spaces too (OWASP, CSV injection); an apostrophe makes it a text. */
function cell(text: string): string {
  const inert = /^\s*[=+\-@＝＋－＠|%]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

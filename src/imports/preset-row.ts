import { DATE_COLUMNS } from "../domain/rows.ts";
import type { RawRow } from "./bind-preset.ts";
import { addDecimals, isZero } from "./decimals.ts";
import {
  countryCode,
  currencyCode,
  currencyShown,
  type DateOrder,
  type Decimal,
  readLocalAmount,
  readLocalDate,
} from "./local-text.ts";
import { type Preset, plainName } from "./preset.ts";
import { type Meaning, meaningOf, strongest } from "./status-words.ts";

/** How this file writes what can be written in several ways. */
export type Settled = { order: DateOrder; decimal: Decimal; currency: string | undefined };

export type Problem = { column: string; value: string; error: string };
export type PresetRow = { row: Record<string, string>; problem?: Problem };

const NO_DATE = /^0{4}-0{2}-0{2}|^0{2}[./-]0{2}[./-]0{4}/;
const BLANKS = /\s\s|[^\S ]/;
const ADDRESS = /[^\s<>,;"'()]+@[^\s<>,;"'()]+/;
const LINE_COLUMNS = [
  "invoice_number",
  "customer_ref",
  "customer_name",
  "name",
  "legal_name",
  "po_number",
  "reference",
  "contact_name",
];

/** Writes a row in canonical columns: ISO dates, plain amounts, codes. What cannot be read stays as it is, to be refused. */
export function toCanonical(raw: RawRow, preset: Preset, settled: Settled): PresetRow {
  const row: Record<string, string> = filled(raw.texts, preset.values);
  const shown = row.amount ? currencyShown(row.amount) : undefined;
  for (const column of LINE_COLUMNS)
    if (row[column] && BLANKS.test(row[column])) row[column] = row[column].replace(/\s+/g, " ");
  for (const column of DATE_COLUMNS) if (row[column]) row[column] = dateIn(row[column], settled.order);
  for (const column of ["amount", "paid_amount"]) {
    if (row[column]) row[column] = readLocalAmount(row[column], settled.decimal) ?? row[column];
  }
  for (const column of ["customer_email", "contact_email"]) {
    if (row[column]) row[column] = ADDRESS.exec(row[column])?.[0] ?? row[column];
  }
  if (row.country) row.country = countryCode(row.country) ?? "";
  if (!row.contact_email) delete row.contact_name;
  const problem =
    settleCurrency(row, preset, shown, settled.currency) ??
    (preset.kind === "invoices" ? settleInvoice(row, raw, settled.decimal) : undefined) ??
    (preset.kind === "payments" ? settlePayment(row, raw, preset) : undefined);
  return problem ? { row, problem } : { row };
}

function filled(texts: Record<string, string>, values: Preset["values"]): Record<string, string> {
  const row: Record<string, string> = { ...values };
  for (const field in texts) if (texts[field] !== "") row[field] = texts[field]!;
  return row;
}

function dateIn(text: string, order: DateOrder): string {
  return NO_DATE.test(text) ? "" : (readLocalDate(text, order) ?? text);
}

function settleCurrency(
  row: Record<string, string>,
  preset: Preset,
  shown: string | undefined,
  told: string | undefined,
): Problem | undefined {
  if (preset.kind === "customers") return undefined;
  if (row.currency) row.currency = currencyCode(row.currency) ?? row.currency;
  const currency = row.currency ?? told ?? shown;
  if (currency !== undefined) row.currency = currency;
  if (shown === undefined || currency === undefined || shown === currency.toUpperCase()) return undefined;
  return {
    column: "currency",
    value: currency,
    error: `the amount is written in ${shown}; correct one of them`,
  };
}

function settleInvoice(row: Record<string, string>, raw: RawRow, decimal: Decimal): Problem | undefined {
  const unknown = raw.statuses.find((text) => meaningOf(text) === undefined);
  if (unknown !== undefined) {
    const error = `the state ${JSON.stringify(unknown)} is unknown; a mapping file takes status as open, void or written_off`;
    return { column: "status", value: unknown, error };
  }
  const meaning = strongest(raw.statuses.map((text) => meaningOf(text)!));
  const isClaim = meaning !== "void" && meaning !== "written_off";
  const problem = isClaim ? settlePaid(row, raw, decimal, meaning) : undefined;
  if (!isClaim) {
    delete row.paid_amount;
    delete row.paid_on;
  }
  if (meaning !== undefined) row.status = isClaim ? "open" : meaning;
  if (meaning === "disputed") row.disputed = "yes";
  return problem;
}

/** What was paid: told, or what is missing from the balance, or the whole where only a word says so. */
function settlePaid(
  row: Record<string, string>,
  { balance }: RawRow,
  decimal: Decimal,
  meaning: Meaning | undefined,
): Problem | undefined {
  const amount = row.amount ? readLocalAmount(row.amount, "point") : null;
  if (balance !== "" && amount !== null) {
    const open = readLocalAmount(balance, decimal);
    if (open === null)
      return { column: "paid_amount", value: balance, error: `the balance ${balance} is no amount` };
    row.paid_amount = paidOf(amount, open);
  }
  if (row.paid_amount) {
    if (row.paid_on && isZero(readLocalAmount(row.paid_amount, "point") ?? "1")) delete row.paid_on;
    return undefined;
  }
  if (meaning === "paid") {
    if (!row.paid_on && row.amount) row.paid_amount = row.amount;
    return undefined;
  }
  // A date alone would say that all of it was paid then.
  if (meaning !== undefined) delete row.paid_on;
  if (meaning !== "partial") return undefined;
  const error =
    "is paid in part, and the file does not say how much; write a paid_amount in a file of canonical columns";
  return { column: "paid_amount", value: "", error };
}

function paidOf(amount: string, open: string): string {
  const less = open.startsWith("-") ? open.slice(1) : `-${open}`;
  return addDecimals([amount, less]);
}

function settlePayment(row: Record<string, string>, raw: RawRow, { kinds }: Preset): Problem | undefined {
  if (row.amount) row.amount = row.amount.replace(/^-/, "");
  if (!kinds) return undefined;
  const kind = kinds.words[plainName(raw.kindWord)];
  if (kind !== undefined) row.kind = kind;
  return undefined;
}

import {
  BadCell,
  type Cells,
  type RowOptions,
  readAmount,
  readCountry,
  readCurrency,
  readDate,
  readEmail,
  readLines,
  readLocale,
  readOneOf,
  readText,
  readUrl,
  readYesNo,
  readZone,
  required,
} from "./cells.ts";
import { CONTACT_ROLES, CUSTOMER_KINDS } from "./facts.ts";
import type { CustomerRecord, InvoiceRecord, PaymentRecord } from "./records.ts";

export const CUSTOMER_COLUMNS = [
  "customer_ref",
  "name",
  "legal_name",
  "address",
  "kind",
  "country",
  "locale",
  "timezone",
  "owner_email",
  "policy",
  "contact_name",
  "contact_email",
  "contact_role",
] as const;

export const INVOICE_COLUMNS = [
  "invoice_number",
  "customer_ref",
  "customer_name",
  "customer_email",
  "currency",
  "amount",
  "issued_on",
  "due_on",
  "paid_on",
  "paid_amount",
  "disputed",
  "status",
  "owner_email",
  "po_number",
  "payment_url",
  "invoice_url",
] as const;

export const PAYMENT_COLUMNS = [
  "invoice_number",
  "customer_ref",
  "amount",
  "currency",
  "paid_on",
  "reference",
  "kind",
] as const;

export const DATE_COLUMNS = ["issued_on", "due_on", "paid_on"];

/** `row` says what was understood: canonical columns, ISO dates, plain decimal amounts; empty cells are left out. */
export type ParsedRow<R> =
  | { ok: true; record: R; row: Record<string, string> }
  | { ok: false; column: string; value: string; error: string };

const LONGEST = { key: 100, name: 200, address: 1000, reference: 200 };
const CUSTOMER = new Set<string>(CUSTOMER_COLUMNS);
const INVOICE = new Set<string>(INVOICE_COLUMNS);
const PAYMENT = new Set<string>(PAYMENT_COLUMNS);

/** Reads one customer, or one contact of a customer, from canonical columns. An empty cell is absent; `customer_ref` is required. */
export function parseCustomerRow(
  row: Record<string, string>,
  options: RowOptions = {},
): ParsedRow<CustomerRecord> {
  return parseRow(row, options, CUSTOMER, (cells) => ({
    ref: readCustomerRef(cells),
    name: readText(cells, "name", LONGEST.name),
    legalName: readText(cells, "legal_name", LONGEST.name),
    address: readLines(cells, "address", LONGEST.address),
    kind: readOneOf(cells, "kind", CUSTOMER_KINDS),
    country: readCountry(cells, "country"),
    locale: readLocale(cells, "locale"),
    timezone: readZone(cells, "timezone"),
    ownerEmail: readEmail(cells, "owner_email"),
    policy: readText(cells, "policy", LONGEST.key),
    contact: readContact(cells),
  }));
}

/**
 * Reads one invoice from canonical columns. `invoice_number` and `customer_ref` are required; an amount needs a currency, its
 * own or the one that `options.currencyOf` knows. Whether the rest suffices for a new invoice is for the store to say.
 */
export function parseInvoiceRow(
  row: Record<string, string>,
  options: RowOptions = {},
): ParsedRow<InvoiceRecord> {
  return parseRow(row, options, INVOICE, (cells) => {
    const number = required(
      "invoice_number",
      readText(cells, "invoice_number", LONGEST.key),
      "the invoice's number",
    );
    const customerRef = readCustomerRef(cells);
    const currency = readCurrency(cells, "currency");
    const issuedOn = readDate(cells, "issued_on");
    const dueOn = readDate(cells, "due_on");
    if (issuedOn !== undefined && dueOn !== undefined && dueOn < issuedOn) {
      const { due_on, issued_on } = cells.canonical;
      const error = `due on ${due_on}, before it was issued on ${issued_on}; write a due date on or after that day`;
      throw new BadCell("due_on", cells.row.due_on!.trim(), error);
    }
    return {
      number,
      customerRef,
      customerName: readText(cells, "customer_name", LONGEST.name),
      customerEmail: readEmail(cells, "customer_email"),
      currency,
      amountMinor: readInvoiceAmount(cells, "amount", number, currency),
      paidMinor: readInvoiceAmount(cells, "paid_amount", number, currency),
      issuedOn,
      dueOn,
      paidOn: readDate(cells, "paid_on"),
      isDisputed: readYesNo(cells, "disputed"),
      status: readOneOf(cells, "status", ["open", "void", "written_off"]),
      ownerEmail: readEmail(cells, "owner_email"),
      poNumber: readText(cells, "po_number", LONGEST.key),
      paymentUrl: readUrl(cells, "payment_url"),
      invoiceUrl: readUrl(cells, "invoice_url"),
    };
  });
}

/**
 * Reads one payment from canonical columns. Amount (above 0), date, and an invoice or a customer are required; a currency
 * too, unless `options.currencyOf` knows the invoice's. `occurrence` is 0: who reads a whole file counts.
 */
export function parsePaymentRow(
  row: Record<string, string>,
  options: RowOptions = {},
): ParsedRow<PaymentRecord> {
  return parseRow(row, options, PAYMENT, (cells) => {
    const invoiceNumber = readText(cells, "invoice_number", LONGEST.key);
    const customerRef = readText(cells, "customer_ref", LONGEST.key);
    if (invoiceNumber === undefined && customerRef === undefined) {
      throw new BadCell(
        "invoice_number",
        "",
        "is empty, and customer_ref too; write which invoice or customer paid",
      );
    }
    const currency = required(
      "currency",
      readPaymentCurrency(cells, invoiceNumber),
      "an ISO 4217 code like EUR",
    );
    const amountMinor = required("amount", readAmount(cells, "amount", currency), "the amount that was paid");
    if (amountMinor === 0)
      throw new BadCell("amount", cells.row.amount!.trim(), "is nothing; write an amount above 0");
    return {
      invoiceNumber,
      customerRef,
      currency,
      amountMinor,
      paidOn: required("paid_on", readDate(cells, "paid_on"), "the day of the payment"),
      reference: readText(cells, "reference", LONGEST.reference),
      kind: readOneOf(cells, "kind", ["payment", "credit_note", "refund"]) ?? "payment",
      occurrence: 0,
    };
  });
}

function parseRow<R>(
  row: Record<string, string>,
  options: RowOptions,
  columns: Set<string>,
  read: (cells: Cells) => R,
): ParsedRow<R> {
  const cells: Cells = { row, options, canonical: {} };
  try {
    for (const column in row) {
      if (!columns.has(column))
        throw new BadCell(column, row[column]!, `unknown; there are ${[...columns].join(", ")}`);
    }
    return { ok: true, record: read(cells), row: cells.canonical };
  } catch (error) {
    if (!(error instanceof BadCell)) throw error;
    return { ok: false, column: error.column, value: error.value, error: error.message };
  }
}

function readCustomerRef(cells: Cells): string {
  return required("customer_ref", readText(cells, "customer_ref", LONGEST.key), "the customer's reference");
}

function readContact(cells: Cells): CustomerRecord["contact"] {
  const name = readText(cells, "contact_name", LONGEST.name);
  const email = readEmail(cells, "contact_email");
  const role = readOneOf(cells, "contact_role", CONTACT_ROLES);
  if (email !== undefined) return { name, email, role: role ?? "billing" };
  if (name !== undefined) throw new BadCell("contact_email", "", `is empty; write the address of ${name}`);
  return undefined;
}

function readPaymentCurrency(cells: Cells, invoiceNumber: string | undefined): string | undefined {
  const currency = readCurrency(cells, "currency");
  if (currency !== undefined || invoiceNumber === undefined) return currency;
  return cells.options.currencyOf?.(invoiceNumber);
}

function readInvoiceAmount(
  cells: Cells,
  column: string,
  number: string,
  told: string | undefined,
): number | undefined {
  if (!cells.row[column]?.trim()) return undefined;
  const currency = told ?? cells.options.currencyOf?.(number);
  if (currency !== undefined) return readAmount(cells, column, currency);
  throw new BadCell("currency", "", "is empty beside an amount; write an ISO 4217 code like EUR");
}

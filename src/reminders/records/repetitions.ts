import type { CustomerRecord, InvoiceRecord, PaymentRecord } from "../../domain/records.ts";
import { createSeen, hashRow, type Seen } from "../../imports/seen.ts";

/** How a row stands to the rows before it in its file. */
export type Repetition =
  | { kind: "new" }
  | { kind: "identical" }
  | { kind: "different"; column: string; value: string; error: string };

type Row = Record<string, string>;

const [CONTENT, LINE] = [0, 1];
const CUSTOMER_FIELDS = [
  "name",
  "legal_name",
  "address",
  "kind",
  "country",
  "locale",
  "timezone",
  "owner_email",
  "policy",
];

export type InvoiceRepetitions = {
  check(record: InvoiceRecord, row: Row, line: number): Repetition;
  /** For rows that were refused: their invoice is in the file all the same. */
  notePresent(number: string): void;
  isPresent(number: string): boolean;
};

/** Invoices of one file: a number may come again only with the same content. */
export function createInvoiceRepetitions(): InvoiceRepetitions {
  const seen = createSeen(2);
  return {
    check: (record, row, line) =>
      checkWhole(seen, { key: record.number, row, line, column: "invoice_number", value: record.number }),
    notePresent: (number) => {
      seen.slotOf(number);
    },
    isPresent: (number) => seen.has(number),
  };
}

/**
 * Customers of one file: rows with the same reference may say the same, add fields, or add a contact. What one of them
 * contradicts is refused.
 */
export function createCustomerRepetitions() {
  const customers = createSeen(CUSTOMER_FIELDS.length + 1);
  const contacts = createSeen(2);
  return {
    check(record: CustomerRecord, row: Row, line: number): Repetition {
      const fields = checkFields(customers, record.ref, row, line);
      if (fields.kind === "different" || !record.contact) return fields;
      const { role, email, name = "" } = record.contact;
      const contact = checkWhole(contacts, {
        key: JSON.stringify([record.ref, role, email.toLowerCase()]),
        row: { name },
        line,
        column: "contact_name",
        value: name,
      });
      return contact.kind === "identical" ? fields : contact;
    },
  };
}

/** Payments of one file: a reference may come again only with the same content; those without one are counted. */
export function createPaymentRepetitions() {
  const referenced = createSeen(2);
  const counted = createSeen(1);
  return {
    check(record: PaymentRecord, row: Row, line: number): Repetition {
      const {
        kind,
        reference,
        invoiceNumber = null,
        customerRef = null,
        paidOn,
        amountMinor,
        currency,
      } = record;
      if (reference !== undefined) {
        const key = JSON.stringify([kind, reference]);
        return checkWhole(referenced, { key, row, line, column: "reference", value: reference });
      }
      const of = invoiceNumber === null ? ["customer", customerRef] : ["invoice", invoiceNumber];
      const slot = counted.slotOf(JSON.stringify([kind, ...of, paidOn, amountMinor, currency]));
      record.occurrence = counted.get(slot, 0);
      counted.set(slot, 0, record.occurrence + 1);
      return { kind: "new" };
    },
  };
}

type Whole = { key: string; row: Row; line: number; column: string; value: string };

function checkWhole(seen: Seen, { key, row, line, column, value }: Whole): Repetition {
  const slot = seen.slotOf(key);
  const content = hashRow(row);
  const before = seen.get(slot, CONTENT);
  if (before === content) return { kind: "identical" };
  if (before !== 0) return different(column, value, seen.get(slot, LINE));
  seen.set(slot, CONTENT, content);
  seen.set(slot, LINE, line);
  return { kind: "new" };
}

function checkFields(seen: Seen, ref: string, row: Row, line: number): Repetition {
  const slot = seen.slotOf(ref);
  const lineLane = CUSTOMER_FIELDS.length;
  const firstLine = seen.get(slot, lineLane);
  const told = CUSTOMER_FIELDS.flatMap((field, lane) =>
    row[field] === undefined
      ? []
      : [{ field, lane, value: row[field], content: hashRow({ [field]: row[field] }) }],
  );
  const other = told.find(({ lane, content }) => ![0, content].includes(seen.get(slot, lane)));
  if (other) return different(other.field, other.value, firstLine);
  const isNew = firstLine === 0 || told.some(({ lane }) => seen.get(slot, lane) === 0);
  for (const { lane, content } of told) seen.set(slot, lane, content);
  if (firstLine === 0) seen.set(slot, lineLane, line);
  return { kind: isNew ? "new" : "identical" };
}

function different(column: string, value: string, line: number): Repetition {
  const error = `stands with other content on line ${line} of this file already; keep the row that is right`;
  return { kind: "different", column, value, error };
}

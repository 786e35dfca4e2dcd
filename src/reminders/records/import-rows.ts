import { currenciesQuery, readCurrencies } from "../../db/imports.ts";
import type { RowOptions } from "../../domain/cells.ts";
import { type ParsedRow, parseCustomerRow, parseInvoiceRow, parsePaymentRow } from "../../domain/rows.ts";
import type { ImportKind } from "../../imports/columns.ts";
import type { SourceRow } from "../../imports/open-import.ts";
import type { Services } from "../../services.ts";
import { recordPayments } from "../money/record-payments.ts";
import { nameFitting } from "./name-fitting.ts";
import { putCustomers } from "./put-customers.ts";
import { putInvoices } from "./put-invoices.ts";
import type { RecordOutcome } from "./record-outcome.ts";
import { rehearse } from "./rehearse.ts";
import {
  createCustomerRepetitions,
  createInvoiceRepetitions,
  createPaymentRepetitions,
  type InvoiceRepetitions,
  type Repetition,
} from "./repetitions.ts";
import type { WriteContext } from "./write-context.ts";

/** What became of one row of a file. */
export type RowOutcome = { line: number } & (
  | { ok: true; changed: boolean; row: Record<string, string> }
  | { ok: false; column: string; value: string; error: string }
);

export type RowImporter = {
  /** Stores a batch of rows; what became of each, in their order. */
  put(rows: SourceRow[]): Promise<RowOutcome[]>;
  isPresent: InvoiceRepetitions["isPresent"];
};

type Read<R> = { line: number; ok: true; record: R; row: Record<string, string>; isRepeated: boolean };
type Reading<R> = Read<R> | (RowOutcome & { ok: false });

type Kind<R> = {
  parse(row: Record<string, string>, options: RowOptions): ParsedRow<R>;
  check(record: R, row: Record<string, string>, line: number): Repetition;
  put(services: Services, records: R[], context: WriteContext): Promise<RecordOutcome[]>;
};

export type RowImport = {
  kind: ImportKind;
  options: RowOptions;
  context: WriteContext;
  isDryRun: boolean;
};

/** Takes the rows of one file, batch by batch, and remembers what the file said before. */
export function createRowImporter(services: Services, input: RowImport): RowImporter {
  const invoices = createInvoiceRepetitions();
  const put = (rows: SourceRow[]) => {
    if (input.kind === "customers") return putRows(services, input, rows, customerKind);
    if (input.kind === "payments") {
      return putRows(services, input, rows, paymentKind).then((outcomes) =>
        nameFitting(services, input.options, { rows, outcomes }),
      );
    }
    for (const { row } of rows)
      if (row.invoice_number?.trim()) invoices.notePresent(row.invoice_number.trim());
    return putRows(services, input, rows, invoiceKind);
  };
  const customerKind = {
    parse: parseCustomerRow,
    check: createCustomerRepetitions().check,
    put: putCustomers,
  };
  const paymentKind = {
    parse: parsePaymentRow,
    check: createPaymentRepetitions().check,
    put: recordPayments,
  };
  const invoiceKind = { parse: parseInvoiceRow, check: invoices.check, put: putInvoices };
  return { put, isPresent: invoices.isPresent };
}

async function putRows<R>(
  services: Services,
  { options, context, isDryRun }: RowImport,
  rows: SourceRow[],
  kind: Kind<R>,
): Promise<RowOutcome[]> {
  const currencies = await storedCurrencies(services, rows);
  const rowOptions = { ...options, currencyOf: (number: string) => currencies.get(number) };
  const readings = rows.map((row) => readRow(row, rowOptions, kind));
  const records = readings.flatMap((reading) => (reading.ok ? [reading.record] : []));
  const store = (inside: Services) => kind.put(inside, records, context);
  const stored = await (isDryRun ? rehearse(services, store) : store(services));
  let next = 0;
  return readings.map((reading) => (reading.ok ? outcomeOf(reading, stored[next++]!) : reading));
}

function readRow<R>({ line, row, problem }: SourceRow, options: RowOptions, kind: Kind<R>): Reading<R> {
  if (problem) {
    return { line, ok: false, column: problem.column, value: problem.value, error: problem.error };
  }
  const parsed = kind.parse(row, options);
  if (!parsed.ok) return { line, ...parsed };
  const repetition = kind.check(parsed.record, parsed.row, line);
  if (repetition.kind !== "different")
    return { line, ...parsed, isRepeated: repetition.kind === "identical" };
  const { column, value, error } = repetition;
  return { line, ok: false, column, value, error };
}

// A repeated row is stored again: it changes nothing, and is refused if the first one was.
function outcomeOf<R>({ line, row, isRepeated }: Read<R>, stored: RecordOutcome): RowOutcome {
  if (!stored.ok) return { line, ...stored };
  return { line, ok: true, changed: stored.changed && !isRepeated, row };
}

async function storedCurrencies(services: Services, rows: SourceRow[]): Promise<Map<string, string>> {
  const numbers = rows.flatMap(({ row }) => {
    const number = row.invoice_number?.trim();
    return number && !row.currency?.trim() ? [number] : [];
  });
  if (numbers.length === 0) return new Map();
  const [found] = await services.db.batch([currenciesQuery(numbers)], "read");
  return readCurrencies(found!);
}

import { addDecimals } from "./decimals.ts";
import { readLocalAmount } from "./local-text.ts";
import type { SourceRow } from "./open-import.ts";

/** A line of an invoice; `total` is the invoice's whole amount where the line says it, as a plain decimal. */
export type InvoiceLine = SourceRow & { total: string };

type Group = {
  key: string;
  first: InvoiceLine;
  amounts: string[];
  total: string;
  problem?: SourceRow["problem"];
};

/** What tells the lines of one invoice from those of the next. */
export function lineKey(row: Record<string, string>): string {
  return JSON.stringify([row.invoice_number, row.customer_ref]);
}

/**
 * Adds up the lines of each invoice, which stand together, into one row at its first line. An invoice of which any line cannot
 * be taken is refused whole. `isScattered` knows the invoices whose lines stand apart.
 */
export function createLineSum(isScattered: (key: string) => boolean) {
  let group: Group | undefined;
  function close(): SourceRow[] {
    if (!group) return [];
    const { first, amounts, total, key } = group;
    const amount = total || addDecimals(amounts);
    const row = { ...first.row, amount, ...(first.row.paid_amount && { paid_amount: amount }) };
    const problem = group.problem ?? (isScattered(key) ? scattered(row) : undefined);
    group = undefined;
    return [{ line: first.line, row, ...(problem && { problem }) }];
  }
  return {
    take(line: InvoiceLine): SourceRow[] {
      const isNumberless = !line.row.invoice_number;
      if (group && isNumberless) {
        group.problem ??= numberless(line);
        return [];
      }
      const key = lineKey(line.row);
      const closed = group?.key === key ? [] : close();
      group ??= { key, first: line, amounts: [], total: "" };
      add(group, line);
      return closed;
    },
    end: close,
  };
}

function add(group: Group, { row, line, total, problem }: InvoiceLine): void {
  const { first } = group;
  group.problem ??= problem;
  const other = ["currency", "issued_on", "due_on", "status", "disputed"].find(
    (column) =>
      (row[column] ?? "") !== "" && (first.row[column] ?? "") !== "" && row[column] !== first.row[column],
  );
  if (other) {
    const error = `line ${line} of this invoice says otherwise than line ${first.line}; correct one of them`;
    group.problem ??= { column: other, value: row[other]!, error };
  }
  for (const [column, text] of Object.entries(row)) first.row[column] ||= text;
  const amount = readLocalAmount(row.amount ?? "", "point");
  if (total) group.total ||= total;
  if (amount !== null) group.amounts.push(amount);
  else if (!total) {
    const error = `line ${line} of this invoice has no amount that can be read`;
    group.problem ??= { column: "amount", value: row.amount ?? "", error };
  }
}

function numberless({ line }: InvoiceLine): SourceRow["problem"] {
  return {
    column: "invoice_number",
    value: "",
    error: `line ${line} has an amount and no invoice number; write it`,
  };
}

function scattered(row: Record<string, string>): SourceRow["problem"] {
  const error = "the lines of this invoice stand apart in the file; sort it by invoice number";
  return { column: "invoice_number", value: row.invoice_number ?? "", error };
}

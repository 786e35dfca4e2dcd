import type { InStatement, ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";

export type StartedImport = {
  id: string;
  kind: "customers" | "invoices" | "payments";
  fileName: string;
  isComplete: boolean;
  startedAt: Instant;
};

export type ImportCounts = { rows: number; imported: number; unchanged: number; refused: number };

export function startImportStatement(started: StartedImport): InStatement {
  return {
    sql: "INSERT INTO imports (id, kind, file_name, is_complete, started_at) VALUES (?, ?, ?, ?, ?)",
    args: [started.id, started.kind, started.fileName, started.isComplete ? 1 : 0, started.startedAt],
  };
}

export function finishImportStatement(id: string, finishedAt: Instant, counts: ImportCounts): InStatement {
  const { rows, imported, unchanged, refused } = counts;
  return {
    sql: "UPDATE imports SET finished_at = ?, rows = ?, imported = ?, unchanged = ?, refused = ? WHERE id = ?",
    args: [finishedAt, rows, imported, unchanged, refused, id],
  };
}

/** The currencies of these invoices, for rows that name none. */
export function currenciesQuery(invoiceNumbers: string[]): InStatement {
  return {
    sql: "SELECT number, currency FROM invoices WHERE number IN (SELECT value FROM json_each(?))",
    args: [JSON.stringify(invoiceNumbers)],
  };
}

export function readCurrencies({ rows }: ResultSet): Map<string, string> {
  return new Map(rows.map((row) => [String(row.number), String(row.currency)]));
}

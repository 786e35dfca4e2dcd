import { setImmediate } from "node:timers/promises";
import { finishImportStatement, type ImportCounts, startImportStatement } from "../../db/imports.ts";
import { newId } from "../../domain/ids.ts";
import { AppError } from "../../errors.ts";
import type { ImportSource, SourceRow } from "../../imports/open-import.ts";
import type { Services } from "../../services.ts";
import { recordFreshness } from "../money/record-freshness.ts";
import { createRowImporter, type RowOutcome } from "./import-rows.ts";
import { markMissing } from "./mark-missing.ts";

export type ImportOptions = {
  decimal: "point" | "comma";
  /** Does everything but keep it. */
  isDryRun: boolean;
  /** The file is all that is open; for invoices only. */
  isComplete: boolean;
  onRow(outcome: RowOutcome): void;
  onProgress(rows: number): void;
};

export type ImportSummary = ImportCounts & {
  /** Open invoices absent from a complete file; null when the file does not claim to be, or could not be read to its end. */
  missing: string[] | null;
  /** Lines whose invoice number could not be read: an invoice that counts as missing may stand there. */
  linesWithoutNumber: number[];
  isRestUnread: boolean;
};

const BATCH_ROWS = 2000;
const LINES_TOLD = 20;

/**
 * Imports a file, one transaction a batch: what is committed stays, and repeating the same file completes it. Invoice and
 * payment files that were read to their end are payment data up to now. Throws AppError `invalid` for a complete file of
 * anything but invoices.
 */
export async function importFile(
  services: Services,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportSummary> {
  const { isDryRun, isComplete, decimal } = options;
  const { kind, fileName, dateFormats } = source;
  if (isComplete && kind !== "invoices")
    throw new AppError("invalid", "only a file of invoices can be complete");
  const at = services.clock();
  const id = newId("imp", at);
  const context = { author: "import", at, source: "import" as const };
  if (!isDryRun)
    await services.db.batch([startImportStatement({ id, kind, fileName, isComplete, startedAt: at })]);
  const importer = createRowImporter(services, {
    kind,
    options: { decimal, dateFormats },
    context,
    isDryRun,
  });
  const summary = startSummary();
  for await (const rows of inBatches(source.rows())) {
    count(summary, rows, await importer.put(rows), options);
    // The embedded engine never lets other work in by itself.
    await setImmediate();
  }
  if (isComplete && !summary.isRestUnread) {
    summary.missing = await markMissing(services, {
      isPresent: importer.isPresent,
      author: "import",
      at,
      isDryRun,
    });
  }
  if (isDryRun) return summary;
  if (kind !== "customers" && !summary.isRestUnread) await recordFreshness(services, { through: at });
  await services.db.batch([finishImportStatement(id, services.clock(), summary)]);
  return summary;
}

async function* inBatches(chunks: AsyncIterable<SourceRow[]>): AsyncGenerator<SourceRow[]> {
  let rows: SourceRow[] = [];
  for await (const chunk of chunks) {
    rows = rows.concat(chunk);
    while (rows.length >= BATCH_ROWS) yield rows.splice(0, BATCH_ROWS);
  }
  if (rows.length > 0) yield rows;
}

function startSummary(): ImportSummary {
  return {
    rows: 0,
    imported: 0,
    unchanged: 0,
    refused: 0,
    missing: null,
    linesWithoutNumber: [],
    isRestUnread: false,
  };
}

function count(
  summary: ImportSummary,
  rows: SourceRow[],
  outcomes: RowOutcome[],
  { onRow, onProgress }: ImportOptions,
): void {
  for (const [i, outcome] of outcomes.entries()) {
    const { row, problem } = rows[i]!;
    summary.rows++;
    if (!outcome.ok) summary.refused++;
    else if (outcome.changed) summary.imported++;
    else summary.unchanged++;
    if (problem?.isRestUnread) summary.isRestUnread = true;
    else if (!row.invoice_number?.trim() && summary.linesWithoutNumber.length < LINES_TOLD) {
      summary.linesWithoutNumber.push(outcome.line);
    }
    onRow(outcome);
  }
  onProgress(summary.rows);
}

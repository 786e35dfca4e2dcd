import { createReadStream, type ReadStream } from "node:fs";
import { type CsvBatch, type CsvRecord, type Delimiter, readRecords } from "./csv.ts";
import type { Encoding } from "./encoding.ts";
import type { ImportSource, SourceRow } from "./open-import.ts";

export const CHUNK_BYTES = 256 * 1024;

/** A table in a text file, and how many records stand before its first row. */
export type Table = {
  path: string;
  fileName: string;
  bytes: number;
  encoding: Encoding;
  delimiter: Delimiter;
  recordsBefore: number;
};

/** Makes rows of records; one that makes a row of several has its last ones at the end. */
export type Converter = { rows(records: CsvRecord[]): SourceRow[]; end?(): SourceRow[] };

/** The rows of a table in batches, each time anew from the file's start. */
export function readRows(
  table: Table,
  startConverter: () => Converter,
): Pick<ImportSource, "fileName" | "bytes" | "bytesRead" | "rows"> {
  let stream: ReadStream | undefined;
  return {
    fileName: table.fileName,
    bytes: table.bytes,
    bytesRead: () => stream?.bytesRead ?? 0,
    rows() {
      stream = createReadStream(table.path, { highWaterMark: CHUNK_BYTES });
      return convert(stream, table, startConverter());
    },
  };
}

async function* convert(stream: ReadStream, table: Table, converter: Converter): AsyncGenerator<SourceRow[]> {
  for await (const batch of readTable(stream, table)) {
    const rows = converter.rows(batch.records);
    if (batch.break) {
      const { line, error } = batch.break;
      rows.push({ line, row: {}, problem: { column: "", value: "", error, isRestUnread: true } });
    }
    if (rows.length > 0) yield rows;
  }
  const last = converter.end?.() ?? [];
  if (last.length > 0) yield last;
}

/** The records below the header. */
export async function* readTable(stream: ReadStream, table: Table): AsyncGenerator<CsvBatch> {
  let before = table.recordsBefore;
  for await (const batch of readRecords(stream, table)) {
    const records = batch.records.slice(before);
    before -= batch.records.length - records.length;
    yield { ...batch, records };
  }
}

/** The cells beyond the header's width that hold something: the row is not what it seems. */
export function findExtraCell(cells: string[], width: number): { value: string; error: string } | undefined {
  const extra = cells.findIndex((cell, index) => index >= width && cell.trim() !== "");
  if (extra < 0) return undefined;
  const error = `the row has ${cells.length} columns, the header ${width}; put cells that hold a delimiter in quotes`;
  return { value: cells[extra]!, error };
}

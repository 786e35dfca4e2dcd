import { createReadStream, type ReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { DateFormat } from "../domain/date-format.ts";
import { AppError } from "../errors.ts";
import { COLUMNS, type ImportKind } from "./columns.ts";
import { type CsvRecord, DELIMITERS, type Delimiter, readHeader, readRecords } from "./csv.ts";
import { detectEncoding, type Encoding } from "./encoding.ts";
import { type Mapping, parseMapping } from "./mapping.ts";
import { canonicalMapping, type Resolved, resolveMapping } from "./resolve.ts";

/** A row in canonical columns and where it starts. With a `problem` it cannot be taken, and `row` holds what could be read. */
export type SourceRow = {
  line: number;
  row: Record<string, string>;
  problem?: { column: string; value: string; error: string; isRestUnread?: boolean };
};

export type ImportSource = {
  kind: ImportKind;
  fileName: string;
  dateFormats: Record<string, DateFormat>;
  bytes: number;
  bytesRead(): number;
  rows(): AsyncGenerator<SourceRow[]>;
};

const CHUNK_BYTES = 256 * 1024;
const HEAD_BYTES = 128 * 1024;

/**
 * Opens a CSV file: finds out encoding and delimiter, and binds the mapping to its header. Reads rows in batches later on.
 * Throws AppError `invalid` for a file that is missing or no text, a header that does not fit and a mapping that is wrong.
 */
export async function openImport(options: {
  kind: ImportKind;
  path: string;
  mappingPath?: string;
}): Promise<ImportSource> {
  const { kind, path, mappingPath } = options;
  const fileName = basename(path);
  const mapping = mappingPath === undefined ? undefined : await readMapping(mappingPath, kind);
  const bytes = await sizeOf(path);
  const encoding = await detectEncoding(createReadStream(path, { highWaterMark: CHUNK_BYTES }), fileName);
  const head = await readHead(path, encoding);
  const { delimiter, header, recordsBefore } = findHeader(head, fileName, wantedColumns(mapping, kind));
  const resolved = resolveMapping(mapping ?? canonicalMapping(header, kind), header);
  let stream: ReadStream | undefined;
  return {
    kind,
    fileName,
    dateFormats: resolved.dateFormats,
    bytes,
    bytesRead: () => stream?.bytesRead ?? 0,
    rows() {
      stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      return readRows({ stream, encoding, delimiter, recordsBefore, resolved, width: header.length });
    },
  };
}

async function readMapping(path: string, kind: ImportKind): Promise<Mapping> {
  await sizeOf(path);
  return parseMapping(await readFile(path, "utf8"), kind);
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`;
    throw new AppError("invalid", `${path} ${why}`);
  });
  if (!found.isFile()) throw new AppError("invalid", `${path} is no regular file`);
  return found.size;
}

async function readHead(path: string, encoding: Encoding): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function wantedColumns(mapping: Mapping | undefined, kind: ImportKind): string[] {
  if (!mapping) return [...COLUMNS[kind].all];
  return [...mapping.values()].flatMap((source) => ("column" in source ? [source.column] : []));
}

/** The delimiter is the one that yields most of the wanted names, else most columns; Excel may tell it in a first line `sep=;`. */
function findHeader(head: string, fileName: string, wanted: string[]) {
  const told = /^sep=([,;\t])\r?\n/i.exec(head);
  const text = told ? head.slice(told[0].length) : head;
  const candidates = (told ? [told[1] as Delimiter] : DELIMITERS).map((delimiter) => {
    const header = headerOf(text, delimiter, fileName);
    const known = header.filter((name) => wanted.includes(name)).length;
    return { delimiter, header, known };
  });
  candidates.sort((a, b) => b.known - a.known || b.header.length - a.header.length);
  const { delimiter, header } = candidates[0]!;
  while (header.at(-1) === "") header.pop();
  if (header.length === 0)
    throw new AppError("invalid", `${fileName} has no header; its first line names the columns`);
  return { delimiter, header, recordsBefore: told ? 2 : 1 };
}

function headerOf(text: string, delimiter: Delimiter, fileName: string): string[] {
  try {
    return readHeader(text, delimiter);
  } catch {
    throw new AppError(
      "invalid",
      `${fileName} has a header that cannot be read: a quote (") in it is not closed`,
    );
  }
}

type Reading = {
  stream: AsyncIterable<Buffer>;
  encoding: Encoding;
  delimiter: Delimiter;
  recordsBefore: number;
  resolved: Resolved;
  width: number;
};

async function* readRows(reading: Reading): AsyncGenerator<SourceRow[]> {
  let before = reading.recordsBefore;
  for await (const batch of readRecords(reading.stream, reading)) {
    const records = batch.records.slice(before);
    before -= batch.records.length - records.length;
    const rows = records.map((record) => toSourceRow(record, reading));
    if (batch.break) {
      const { line, error } = batch.break;
      rows.push({ line, row: {}, problem: { column: "", value: "", error, isRestUnread: true } });
    }
    if (rows.length > 0) yield rows;
  }
}

function toSourceRow({ line, cells }: CsvRecord, { resolved, width }: Reading): SourceRow {
  const row = resolved.toRow(cells);
  if (cells.length < width) {
    const column = resolved.fieldOf[cells.length] ?? "";
    const error = `the row ends after ${cells.length} of ${width} columns; write all, empty ones too`;
    return { line, row, problem: { column, value: "", error } };
  }
  const extra = cells.findIndex((cell, index) => index >= width && cell.trim() !== "");
  if (extra < 0) return { line, row };
  const error = `the row has ${cells.length} columns, the header ${width}; put cells that hold a delimiter in quotes`;
  return { line, row, problem: { column: "", value: cells[extra]!, error } };
}

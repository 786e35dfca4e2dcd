import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { DateFormat } from "../domain/date-format.ts";
import { AppError } from "../errors.ts";
import { COLUMNS, type ImportKind } from "./columns.ts";
import { type CsvRecord, DELIMITERS, type Delimiter, readFirstRecords, readHeader } from "./csv.ts";
import { detectEncoding, type Encoding } from "./encoding.ts";
import { type Mapping, parseMapping } from "./mapping.ts";
import { openPreset } from "./open-preset.ts";
import { CHUNK_BYTES, findExtraCell, readRows } from "./read-rows.ts";
import {
  checkPresetName,
  type Recognised,
  recognise,
  recogniseNamed,
  recogniseOtherKind,
} from "./recognise.ts";
import { canonicalMapping, type Resolved, resolveMapping } from "./resolve.ts";
import type { Told } from "./survey.ts";

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
  /** What is known of a file that was read by a preset, named or recognised; its amounts have a decimal point. */
  preset?: PresetUse;
};

export type PresetUse = {
  name: string;
  /** For people: what the file was taken for, and how it was read. */
  notes: string[];
  /** Lines that are no record of this kind, so far. */
  leftOut(): number;
};

const HEAD_BYTES = 128 * 1024;

/**
 * Opens a CSV file: finds out encoding and delimiter, and binds the mapping to its header. Without one, and unless its columns
 * are canonical, a preset is taken: the named one, or the one recognised. Reads rows in batches later on. Throws AppError
 * `invalid` for a file that is missing or no text, a header that does not fit and a mapping that is wrong.
 */
export async function openImport(options: {
  kind: ImportKind;
  path: string;
  mappingPath?: string;
  preset?: string;
  told?: Told;
}): Promise<ImportSource> {
  const { kind, path, mappingPath, told = {} } = options;
  const fileName = basename(path);
  if (options.preset !== undefined) checkPresetName(options.preset);
  const mapping = mappingPath === undefined ? undefined : await readMapping(mappingPath, kind);
  const bytes = await sizeOf(path);
  const encoding = await detectEncoding(createReadStream(path, { highWaterMark: CHUNK_BYTES }), fileName);
  const head = await readHead(path, encoding);
  const file = { path, fileName, bytes, encoding };
  const recognised = mapping ? undefined : findPreset(head, kind, options.preset, fileName);
  if (recognised) return openPreset(file, recognised, told);
  if (told.dateOrder || told.currency) {
    throw new AppError(
      "invalid",
      "--date-order and --currency are for files of known programs, and this header is of none; name one with --preset",
    );
  }
  const { delimiter, header, recordsBefore } = findHeader(head, fileName, wantedColumns(mapping, kind));
  const resolved = resolveMapping(mapping ?? canonicalMapping(header, kind), header);
  const width = header.length;
  const convert = (records: CsvRecord[]) => records.map((record) => toSourceRow(record, resolved, width));
  const table = { ...file, delimiter, recordsBefore };
  return { kind, dateFormats: resolved.dateFormats, ...readRows(table, () => ({ rows: convert })) };
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

/** The named preset, or the one that the header is recognised by; none for a file in canonical columns. */
function findPreset(
  head: string,
  kind: ImportKind,
  name: string | undefined,
  fileName: string,
): Recognised | undefined {
  if (name !== undefined) return recogniseNamed(head, kind, name, fileName);
  if (isCanonical(head, kind)) return undefined;
  const recognised = recognise(head, kind);
  const other = recognised ? undefined : recogniseOtherKind(head, kind);
  if (other) {
    const what = `${fileName} looks like ${other.kind} of ${other.product}`;
    throw new AppError(
      "invalid",
      `${what}; import it as ${other.kind}, or say with a mapping file how it holds ${kind}`,
    );
  }
  return recognised;
}

function isCanonical(head: string, kind: ImportKind): boolean {
  return DELIMITERS.some((delimiter) => {
    const [first = [], second = []] = readFirstRecords(head, delimiter, 2);
    const names = (/^sep=/i.test(first[0] ?? "") ? second : first).filter(Boolean);
    return names.length > 0 && names.every((name) => COLUMNS[kind].all.includes(name));
  });
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

function toSourceRow({ line, cells }: CsvRecord, resolved: Resolved, width: number): SourceRow {
  const row = resolved.toRow(cells);
  if (cells.length < width) {
    const column = resolved.fieldOf[cells.length] ?? "";
    const error = `the row ends after ${cells.length} of ${width} columns; write all, empty ones too`;
    return { line, row, problem: { column, value: "", error } };
  }
  const extra = findExtraCell(cells, width);
  return extra ? { line, row, problem: { column: "", ...extra } } : { line, row };
}

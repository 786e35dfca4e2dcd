import { type CsvError, type Parser, parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import type { Encoding } from "./encoding.ts";

/** A record and the physical line on which it starts, counted from 1; a quoted cell may run over several. */
export type CsvRecord = { line: number; cells: string[] };

/** Told instead of more records when the rest cannot be read. */
export type CsvBreak = { line: number; error: string };

export type CsvBatch = { records: CsvRecord[]; break?: CsvBreak };

export const DELIMITERS = [",", ";", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

const LONGEST_RECORD = 1_000_000;
const OPTIONS = {
  relax_column_count: true,
  relax_quotes: true,
  max_record_size: LONGEST_RECORD,
  // Told, not discovered: a file may mix them.
  record_delimiter: ["\r\n", "\n", "\r"],
};
const LINE_BREAK = /\r\n?|\n/g;

/** The cells of the first record of a text, trimmed. */
export function readHeader(text: string, delimiter: Delimiter): string[] {
  const records = parseAtOnce(text, { ...OPTIONS, delimiter, to: 1 }) as string[][];
  return (records[0] ?? []).map((cell) => cell.trim());
}

/** The first records of a text, as `readRecords` counts them; fewer where a quote among them is not closed. */
export function readFirstRecords(text: string, delimiter: Delimiter, count: number): string[][] {
  const records: string[][] = [];
  const keep = (cells: string[]): null => {
    if (records.length < count && !isEmptyLine(cells)) records.push(cells.map((cell) => cell.trim()));
    return null;
  };
  try {
    parseAtOnce(text, { ...OPTIONS, delimiter, on_record: keep, to: count * 2 });
  } catch {
    return records;
  }
  return records;
}

/** Decodes and parses a stream of bytes; memory does not grow with its length. Empty lines are left out. */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  source: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<CsvBatch> {
  const plain = splitRecords(source.delimiter);
  let quoted: ReturnType<typeof parseRecords> | undefined;
  for await (const text of decode(chunks, source.encoding)) {
    if (!quoted && plain.canTake(text)) {
      yield { records: plain.take(text) };
      continue;
    }
    const before = quoted ? "" : plain.rest();
    quoted ??= parseRecords(source.delimiter, plain.line());
    const batch = await quoted.write(before + text);
    yield batch;
    if (batch.break) return;
  }
  yield quoted ? await quoted.end() : { records: plain.end() };
}

async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Until the first quote a record is a line, and splitting does the same as parsing, ten times faster. */
function splitRecords(delimiter: Delimiter) {
  let line = 1;
  let rest = "";
  const split = (text: string): CsvRecord[] => {
    const records: CsvRecord[] = [];
    for (const record of text.split(text.includes("\r") ? LINE_BREAK : "\n")) {
      if (record !== "") records.push({ line, cells: record.split(delimiter) });
      line++;
    }
    return records;
  };
  return {
    line: () => line,
    rest: () => rest,
    canTake: (text: string) => !text.includes('"') && rest.length + text.length < LONGEST_RECORD,
    take(text: string): CsvRecord[] {
      const all = rest + text;
      // A return at the very end may be half of a Windows line break.
      const end = Math.max(all.lastIndexOf("\n"), all.slice(0, -1).lastIndexOf("\r"));
      rest = all.slice(end + 1);
      if (end < 0) return [];
      return split(all.slice(0, all[end] === "\n" && all[end - 1] === "\r" ? end - 1 : end));
    },
    end: () => split(rest),
  };
}

function parseRecords(delimiter: Delimiter, firstLine: number) {
  let records: CsvRecord[] = [];
  let line = firstLine;
  const keep = (cells: string[]): null => {
    if (!isEmptyLine(cells)) records.push({ line, cells });
    line += 1 + lineBreaksIn(cells);
    return null;
  };
  const parser: Parser = parse({ ...OPTIONS, delimiter, on_record: keep });
  let failed: CsvError | undefined;
  parser.on("error", (error) => {
    failed = error as CsvError;
  });
  parser.resume();
  const take = (): CsvBatch => {
    const batch = { records, break: failed && { line, error: explain(failed) } };
    records = [];
    return batch;
  };
  return {
    write: (text: string) => new Promise<CsvBatch>((done) => parser.write(text, () => done(take()))),
    end: () =>
      new Promise<CsvBatch>((done) => {
        parser.once("close", () => done(take()));
        parser.end();
      }),
  };
}

function isEmptyLine(cells: string[]): boolean {
  return cells.length === 1 && cells[0] === "";
}

// csv-parse counts the two characters of a Windows line break inside quotes as two lines.
function lineBreaksIn(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes("\n") || cell.includes("\r")) count += cell.match(LINE_BREAK)!.length;
  }
  return count;
}

function explain(error: CsvError): string {
  if (error.code === "CSV_QUOTE_NOT_CLOSED")
    return 'a quote (") is opened here and never closed; the rest was not read';
  if (error.code === "CSV_MAX_RECORD_SIZE") {
    return 'a row of more than a million characters, perhaps a quote (") not closed; the rest was not read';
  }
  return `${error.message}; the rest was not read`;
}

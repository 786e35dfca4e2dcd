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

/** Decodes and parses a stream of bytes; memory does not grow with its length. Empty lines are left out. */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  source: { encoding: Encoding; delimiter: Delimiter },
): AsyncGenerator<CsvBatch> {
  const collected = collectRecords(source.delimiter);
  for await (const text of decode(chunks, source.encoding)) {
    const failed = await collected.write(text);
    yield collected.take();
    if (failed) return yield { records: [], break: { line: collected.line(), error: explain(failed) } };
  }
  const failed = await collected.end();
  yield collected.take();
  if (failed) yield { records: [], break: { line: collected.line(), error: explain(failed) } };
}

async function* decode(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function collectRecords(delimiter: Delimiter) {
  let records: CsvRecord[] = [];
  let line = 1;
  const keep = (cells: string[]): null => {
    if (cells.length > 1 || cells[0] !== "") records.push({ line, cells });
    line += 1 + lineBreaksIn(cells);
    return null;
  };
  const parser: Parser = parse({ ...OPTIONS, delimiter, on_record: keep });
  let failed: CsvError | undefined;
  parser.on("error", (error) => {
    failed = error as CsvError;
  });
  parser.resume();
  return {
    line: () => line,
    write: (text: Buffer) =>
      new Promise<CsvError | undefined>((done) => parser.write(text, () => done(failed))),
    end: () =>
      new Promise<CsvError | undefined>((done) => {
        parser.once("close", () => done(failed));
        parser.end();
      }),
    take(): CsvBatch {
      const batch = { records };
      records = [];
      return batch;
    },
  };
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

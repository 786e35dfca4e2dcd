import { createReadStream } from "node:fs";
import type { CsvRecord } from "./csv.ts";
import type { ImportSource, SourceRow } from "./open-import.ts";
import { toCanonical } from "./preset-row.ts";
import { CHUNK_BYTES, type Converter, findExtraCell, readRows, readTable, type Table } from "./read-rows.ts";
import type { Recognised } from "./recognise.ts";
import { createLineSum } from "./sum-lines.ts";
import { createSurvey, type Told } from "./survey.ts";

type File = Omit<Table, "delimiter" | "recordsBefore">;

/**
 * Reads a file by a preset: looks through all of it once for how its dates and amounts are meant, then reads its rows. Throws
 * AppError `invalid` where that cannot be told, or the currency is named nowhere.
 */
export async function openPreset(file: File, recognised: Recognised, told: Told): Promise<ImportSource> {
  const { bound, header, delimiter, recordsBefore } = recognised;
  const { preset } = bound;
  const table = { ...file, delimiter, recordsBefore };
  const survey = createSurvey(bound, told);
  for await (const { records } of readTable(
    createReadStream(table.path, { highWaterMark: CHUNK_BYTES }),
    table,
  )) {
    for (const record of records) survey.note(record);
  }
  const how = survey.settle();
  let leftOut = 0;
  const startConverter = (): Converter => {
    const sum = preset.lines && createLineSum(how.isScattered);
    leftOut = 0;
    const read = (record: CsvRecord): SourceRow[] => {
      const raw = bound.read(record.cells, how.settled.decimal);
      if (raw === "blank") return [];
      if (raw === "other") {
        leftOut++;
        return [];
      }
      const row = { line: record.line, ...toCanonical(raw, preset, how.settled) };
      const problem = widthProblem(record.cells, header.length, bound.width) ?? row.problem;
      const whole = { ...row, ...(problem && { problem }) };
      return sum ? sum.take({ ...whole, total: raw.total }) : [whole];
    };
    return { rows: (records) => records.flatMap(read), end: () => sum?.end() ?? [] };
  };
  const named = `read as ${preset.kind} of ${preset.product} (--preset ${preset.name})`;
  const notes = [named, ...how.notes, ...whatIsMissing(recognised), ...(preset.note ? [preset.note] : [])];
  return {
    kind: preset.kind,
    dateFormats: {},
    ...readRows(table, startConverter),
    preset: { name: preset.name, notes, leftOut: () => leftOut },
  };
}

/** Columns at the end that nobody reads may be left out. */
function widthProblem(cells: string[], headerWidth: number, readWidth: number): SourceRow["problem"] {
  if (cells.length < readWidth) {
    const error = `the row ends after ${cells.length} of ${headerWidth} columns; write all, empty ones too`;
    return { column: "", value: "", error };
  }
  const extra = findExtraCell(cells, headerWidth);
  return extra && { column: "", ...extra };
}

function whatIsMissing({ bound }: Recognised): string[] {
  if (bound.preset.kind !== "invoices" || bound.fields.has("due_on")) return [];
  return ["the file has no due dates: nothing of it will be reminded until they are known"];
}

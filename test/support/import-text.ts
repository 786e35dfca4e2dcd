import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImportKind } from "../../src/imports/columns.ts";
import { openImport } from "../../src/imports/open-import.ts";
import { type ImportSummary, importFile } from "../../src/reminders/records/import-file.ts";
import type { RowOutcome } from "../../src/reminders/records/import-rows.ts";
import type { Services } from "../../src/services.ts";
import { makeFolder } from "./folder.ts";

export type TextImport = {
  mapping?: unknown;
  decimal?: "point" | "comma";
  isDryRun?: boolean;
  isComplete?: boolean;
};

let folder: Promise<string> | undefined;
let count = 0;

/** The path of a new file with this content; removed after the test file. */
export async function makeFile(content: string | Uint8Array, name = "file.csv"): Promise<string> {
  folder ??= makeFolder("file");
  const own = join(await folder, String(++count));
  await mkdir(own);
  const path = join(own, name);
  await writeFile(path, content);
  return path;
}

/** Writes the text to a file and imports it. */
export async function importText(
  services: Services,
  kind: ImportKind,
  content: string | Uint8Array,
  options: TextImport = {},
): Promise<{ outcomes: RowOutcome[]; refused: RowOutcome[]; summary: ImportSummary }> {
  const { mapping, decimal = "point", isDryRun = false, isComplete = false } = options;
  const mappingPath =
    mapping === undefined ? undefined : await makeFile(JSON.stringify(mapping), "mapping.json");
  const source = await openImport({ kind, path: await makeFile(content), mappingPath });
  const outcomes: RowOutcome[] = [];
  const summary = await importFile(services, source, {
    decimal,
    isDryRun,
    isComplete,
    onRow: (outcome) => outcomes.push(outcome),
    onProgress: () => undefined,
  });
  return { outcomes, refused: outcomes.filter((outcome) => !outcome.ok), summary };
}

import { openDatabase } from "../../src/db/open.ts";
import { openImport } from "../../src/imports/open-import.ts";
import { importFile } from "../../src/reminders/records/import-file.ts";
import type { Services } from "../../src/services.ts";

// A process of its own that imports invoices, for tests that kill it.
const [url, path] = process.argv.slice(2) as [string, string];
const db = await openDatabase({ url });
const services = {
  db,
  clock: () => Date.parse("2026-03-02T10:00:00Z"),
  log: () => undefined,
} as unknown as Services;
await importFile(services, await openImport({ kind: "invoices", path }), {
  decimal: "point",
  isDryRun: false,
  isComplete: true,
  onRow: () => undefined,
  onProgress: (rows) => process.stdout.write(`${rows}\n`),
});

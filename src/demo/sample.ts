import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AppError } from "../errors.ts";
import { openImport } from "../imports/open-import.ts";
import { applyCreditor } from "../reminders/records/apply-creditor.ts";
import { applyPolicy } from "../reminders/records/apply-policy.ts";
import { importFile } from "../reminders/records/import-file.ts";
import type { Services } from "../services.ts";

/** Who appears in the story, by reference. */
export type Cast = Map<string, { name: string; zone: string }>;

export type Sample = { cast: Cast; invoices: number };

/** Stores the creditor, one policy beside the standard one, the customers and their invoices, as a company would on its first day. */
export async function importSample(services: Services): Promise<Sample> {
  await applyCreditor(services, await readJson("creditor.json"));
  await applyPolicy(services, await readJson("gulf-policy.json"));
  const cast: Cast = new Map();
  await importRows(services, "customers", ({ customer_ref: ref, name, timezone }) => {
    if (name) cast.set(ref!, { name, zone: timezone! });
  });
  let invoices = 0;
  await importRows(services, "invoices", () => void invoices++);
  return { cast, invoices };
}

export function samplePath(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(samplePath(name), "utf8"));
}

async function importRows(
  services: Services,
  kind: "customers" | "invoices",
  onRow: (row: Record<string, string>) => void,
): Promise<void> {
  const source = await openImport({ kind, path: samplePath(`${kind}.csv`) });
  await importFile(services, source, {
    decimal: "point",
    isDryRun: false,
    isComplete: false,
    onProgress() {},
    onRow(outcome) {
      if (outcome.ok) return onRow(outcome.row);
      throw new AppError("internal", `${source.fileName}, line ${outcome.line}: ${outcome.error}`);
    },
  });
}

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ImportKind } from "../../src/imports/columns.ts";
import { openImport } from "../../src/imports/open-import.ts";
import { samples } from "../support/ibm-sample.ts";

const FOLDER = join(samples ?? "", "imports");

type Sample = [file: string, kind: ImportKind, product: string, records: number, currency?: string];
const FILES: Sample[] = [
  ["datev/EXTF_Buchungsstapel.csv", "invoices", "datev", 1],
  ["datev/EXTF_Buchungsstapel.csv", "payments", "datev", 0],
  ["datev/EXTF_Stammdaten.csv", "customers", "datev", 1],
  ["invoiceninja_import_samples/invoice.csv", "invoices", "invoiceninja", 400, "USD"],
  ["invoiceninja_import_samples/payments.csv", "payments", "invoiceninja", 403],
  ["invoiceninja_import_samples/clients.csv", "customers", "invoiceninja", 20],
  ["invoiceninja_import_samples/freshbooks_invoices.csv", "invoices", "freshbooks", 1],
  ["invoiceninja_import_samples/freshbooks_clients.csv", "customers", "freshbooks", 2],
  ["invoiceninja_import_samples/i2g_invoices.csv", "invoices", "invoice2go", 4],
  ["invoiceninja_import_samples/i2g_clients.csv", "customers", "invoice2go", 2],
  ["invoiceninja_import_samples/invoicely_invoices.csv", "invoices", "invoicely", 1, "USD"],
  ["invoiceninja_import_samples/wave_invoices.csv", "invoices", "wave", 3, "USD"],
  ["invoiceninja_import_samples/wave_invoices.csv", "payments", "wave", 1],
  ["invoiceninja_import_samples/wave_clients.csv", "customers", "wave", 4],
  ["invoiceninja_import_samples/zoho_invoices.csv", "invoices", "zoho", 3],
  ["invoiceninja_import_samples/zoho_contacts.csv", "customers", "zoho", 5],
];

describe.skipIf(!samples)(
  "real exports are recognised, with all that is in them (needs DUNWELL_SAMPLES):",
  () => {
    test.each(FILES)("%s as %s of %s", async (file, kind, product, records, currency) => {
      const source = await openImport({ kind, path: join(FOLDER, file), told: { currency } });
      expect(source.preset?.name).toBe(product);
      const keys = new Set<string>();
      for await (const rows of source.rows()) {
        for (const { line, row, problem } of rows) {
          expect(problem).toBeUndefined();
          keys.add(kind === "payments" ? String(line) : (row.invoice_number ?? row.customer_ref)!);
        }
      }
      expect(keys.size).toBe(records);
    });
  },
);

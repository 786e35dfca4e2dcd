import { expect, test } from "vitest";
import { openImport } from "../../src/imports/open-import.ts";
import { importFile } from "../../src/reminders/records/import-file.ts";
import { makeServices } from "../support/database.ts";
import { IBM_FILE, IBM_MAPPING, samples } from "../support/ibm-sample.ts";
import { makeFile } from "../support/import-text.ts";

const MAPPING = { ...IBM_MAPPING, disputed: { column: "Disputed" } };

test.skipIf(!samples)(
  "2,466 real invoices come in through a mapping, to the cent (needs DUNWELL_SAMPLES)",
  async () => {
    const services = await makeServices();
    const importOnce = async () => {
      const source = await openImport({
        kind: "invoices",
        path: IBM_FILE,
        mappingPath: await makeFile(JSON.stringify(MAPPING), "mapping.json"),
      });
      const rows: unknown[] = [];
      const onRow = (row: unknown) => rows.push(row);
      const options = {
        decimal: "point" as const,
        isDryRun: false,
        isComplete: false,
        onRow,
        onProgress: () => undefined,
      };
      return { summary: await importFile(services, source, options), rows };
    };
    const { summary, rows } = await importOnce();
    expect(summary).toMatchObject({ rows: 2466, imported: 2466, unchanged: 0, refused: 0 });
    expect(rows[0]).toMatchObject({
      line: 2,
      row: {
        invoice_number: "611365",
        customer_ref: "0379-NEVHP",
        customer_email: "0379-NEVHP@example.com",
        currency: "USD",
        amount: "55.94",
        issued_on: "2013-01-02",
        due_on: "2013-02-01",
        paid_on: "2013-01-15",
        disputed: "no",
      },
    });
    const { rows: sums } = await services.db.client.execute(
      "SELECT count(*) AS invoices, sum(amount_minor) AS amount, sum(balance_minor) AS balance FROM invoices",
    );
    expect({ ...sums[0] }).toEqual({ invoices: 2466, amount: 14770318, balance: 0 });
    expect((await importOnce()).summary).toMatchObject({ imported: 0, unchanged: 2466 });
  },
);

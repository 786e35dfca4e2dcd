import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeServices, openAgain, testDatabaseUrl } from "../support/database.ts";
import { importText, makeFile } from "../support/import-text.ts";

const ROWS = 10_000;
const PROGRAM = join(import.meta.dirname, "../support/import-process.ts");

test("a killed import has kept whole batches, and repeating it completes it", async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => `INV-${i},C-${i % 2000},EUR,10.00,2026-04-01`);
  const text = `invoice_number,customer_ref,currency,amount,due_on\n${rows.join("\n")}\n`;
  const url = await testDatabaseUrl();
  const child = spawn(process.execPath, [PROGRAM, url, await makeFile(text)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "exit");

  const services = await makeServices({ db: await openAgain(url) });
  const count = async (sql: string) => Number((await services.db.client.execute(sql)).rows[0]![0]);
  const kept = await count("SELECT count(*) FROM invoices");
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(ROWS);
  expect(await count("SELECT count(*) FROM ledger")).toBe(kept);
  expect(await count("SELECT count(*) FROM invoices WHERE missing_since IS NOT NULL")).toBe(0);

  const { summary } = await importText(services, "invoices", text);
  expect(summary).toMatchObject({ rows: ROWS, imported: ROWS - kept, unchanged: kept, refused: 0 });
  expect(await count("SELECT count(*) FROM invoices")).toBe(ROWS);
  expect(await count("SELECT count(*) FROM ledger")).toBe(ROWS);
}, 60_000);

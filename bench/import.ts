import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { migrate } from "../src/db/migrate.ts";
import { type Db, openDatabase } from "../src/db/open.ts";
import { parseCivilDay } from "../src/domain/civil-date.ts";
import { newId } from "../src/domain/ids.ts";
import { openImport } from "../src/imports/open-import.ts";
import { importFile } from "../src/reminders/records/import-file.ts";
import type { Services } from "../src/services.ts";

// What an import costs beside what it could cost: bare multi-row inserts of the same rows into the same table.

const { values } = parseArgs({ options: { rows: { type: "string", default: "200000" } } });
const ROWS = Number(values.rows);
const CUSTOMERS = Math.ceil(ROWS / 10);
const ROWS_A_STATEMENT = 1000;
const AT = Date.now();
const COLUMNS =
  "id, number, customer_id, currency, amount_minor, balance_minor, issued_on, due_on, status, po_number, next_look_at, created_at, updated_at";

type Sample = {
  number: string;
  customer: number;
  amount: string;
  issuedOn: string;
  dueOn: string;
  po: string;
};
type Result = { what: string; seconds: number; cpuSeconds: number; peakMegabytes: number };

const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
try {
  const file = join(folder, "invoices.csv");
  await writeFile(file);
  const bare = await measure("bare multi-row inserts", { prepare: insertCustomers, work: insertBare });
  const first = await measure("import", { work: (db) => importOnce(db, file) });
  const again = await measure("import again, nothing new", {
    work: (db) => importOnce(db, file),
    on: "import",
  });
  print([bare, first, again], bare);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function sample(i: number): Sample {
  const day = String((i % 28) + 1).padStart(2, "0");
  const month = String((i % 6) + 1).padStart(2, "0");
  return {
    number: `INV-${100000 + i}`,
    customer: i % CUSTOMERS,
    amount: `${(i % 9999) + 1}.${String(i % 100).padStart(2, "0")}`,
    issuedOn: `2026-${month}-${day}`,
    dueOn: `2026-${String((i % 6) + 2).padStart(2, "0")}-${day}`,
    po: `PO-${i}`,
  };
}

async function writeFile(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write(
    "invoice_number,customer_ref,customer_name,customer_email,currency,amount,issued_on,due_on,po_number\n",
  );
  for (let i = 0; i < ROWS; i++) {
    const { number, customer, amount, issuedOn, dueOn, po } = sample(i);
    const of = `C-${customer},Customer ${customer} Ltd,ar${customer}@customer.example`;
    const isDrained = file.write(`${number},${of},EUR,${amount},${issuedOn},${dueOn},${po}\n`);
    if (!isDrained) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
}

async function insertCustomers(db: Db): Promise<void> {
  await db.client.execute(`INSERT INTO customers (id, ref, name, created_at, updated_at)
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${CUSTOMERS - 1})
    SELECT 'cus_' || i, 'C-' || i, 'Customer ' || i, 0, 0 FROM n`);
}

async function insertBare(db: Db): Promise<void> {
  for (let start = 0; start < ROWS; start += ROWS_A_STATEMENT) {
    const count = Math.min(ROWS_A_STATEMENT, ROWS - start);
    const args = Array.from({ length: count }, (_, i) => bareRow(sample(start + i))).flat();
    const places = Array.from({ length: count }, () => "(?,?,?,?,?,?,?,?,?,?,?,?,?)").join(",");
    await db.client.execute({ sql: `INSERT INTO invoices (${COLUMNS}) VALUES ${places}`, args });
    await setImmediate();
  }
}

function bareRow({ number, customer, amount, issuedOn, dueOn, po }: Sample) {
  const minor = Math.round(Number(amount) * 100);
  const days = [parseCivilDay(issuedOn), parseCivilDay(dueOn)];
  return [newId("inv", AT), number, `cus_${customer}`, "EUR", minor, minor, ...days, "open", po, 0, AT, AT];
}

async function importOnce(db: Db, path: string): Promise<void> {
  const services = { db, clock: () => AT, log: () => undefined } as unknown as Services;
  const summary = await importFile(services, await openImport({ kind: "invoices", path }), {
    decimal: "point",
    isDryRun: false,
    isComplete: false,
    onRow: () => undefined,
    onProgress: () => undefined,
  });
  if (summary.refused > 0) throw new Error(`${summary.refused} rows were refused`);
}

type Work = { prepare?(db: Db): Promise<void>; work(db: Db): Promise<void>; on?: string };

async function measure(what: string, { prepare, work, on = what }: Work): Promise<Result> {
  const db = await openDatabase({ url: `file:${join(folder, `${on.replaceAll(" ", "-")}.db`)}` });
  await migrate(db, AT);
  await prepare?.(db);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work(db);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  db.close();
  return { what, seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: peak / 1e6 };
}

function print(results: Result[], bare: Result): void {
  console.log(`${ROWS} invoices of ${CUSTOMERS} customers\n`);
  const heads = ["seconds", "rows/s", "of bare", "CPU s", "of bare", "peak MB"];
  console.log("".padEnd(28) + heads.map((head) => head.padStart(10)).join(""));
  for (const { what, seconds, cpuSeconds, peakMegabytes } of results) {
    const cells = [
      seconds.toFixed(1),
      Math.round(ROWS / seconds).toString(),
      (bare.seconds / seconds).toFixed(2),
      cpuSeconds.toFixed(1),
      (bare.cpuSeconds / cpuSeconds).toFixed(2),
      peakMegabytes.toFixed(0),
    ];
    console.log(what.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(""));
  }
}

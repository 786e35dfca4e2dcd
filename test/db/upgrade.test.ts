import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { MIGRATIONS } from "../../src/db/migrations.generated.ts";
import { type Db, openDatabase } from "../../src/db/open.ts";
import { openDesk } from "../cli/run-dunwell.ts";
import { startHranaServer } from "../support/hrana-server.ts";

// While a service is upgraded, the version before goes on reading and writing: from 0010 on each migration leaves it room.
const FIRST_PROMISED = MIGRATIONS.findIndex(({ name }) => name.startsWith("0010"));
/** Triggers that were replaced by one that lets through more, and what. */
const RELAXED = new Map([["ledger_keeps_its_entries", "the erasure of personal data"]]);

const desk = await openDesk();
const opened: Db[] = [];
afterAll(() => {
  for (const db of opened) db.close();
});

type Column = { type: unknown; notnull: unknown; dflt_value: unknown; pk: unknown };
type Shape = {
  /** By `table.column`. */
  columns: Map<string, Column>;
  triggers: Map<string, string>;
  uniques: Map<string, { table: string; sql: string }>;
};

async function shapeOf({ client }: Db): Promise<Shape> {
  const { rows: parts } = await client.execute(
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
  );
  const { rows: columns } = await client.execute(
    `SELECT m.name || '.' || c.name AS column, c.type, c."notnull", c.dflt_value, c.pk
       FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
  );
  const unique = parts.filter(({ type, sql }) => type === "index" && /^CREATE UNIQUE/i.test(String(sql)));
  return {
    columns: new Map(
      columns.map(({ column, type, notnull, dflt_value, pk }) => [
        String(column),
        { type, notnull, dflt_value, pk },
      ]),
    ),
    triggers: new Map(
      parts.filter(({ type }) => type === "trigger").map(({ name, sql }) => [String(name), String(sql)]),
    ),
    uniques: new Map(
      unique.map(({ name, tbl_name, sql }) => [String(name), { table: String(tbl_name), sql: String(sql) }]),
    ),
  };
}

async function upTo(url: string, count: number): Promise<Db> {
  const db = await openDatabase({ url });
  opened.push(db);
  await db.client.execute(
    "CREATE TABLE migrations (name text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
  );
  for (const migration of MIGRATIONS.slice(0, count)) await apply(db, migration);
  return db;
}

async function apply(db: Db, { name, statements }: (typeof MIGRATIONS)[number]): Promise<void> {
  const record = { sql: "INSERT INTO migrations VALUES (?, 0)", args: [name] };
  await db.batch([...statements.map((sql) => ({ sql, args: [] })), record]);
}

test("each migration leaves everything that the version before it reads, and asks nothing new of what that writes", async () => {
  const db = await upTo(`file:${join(desk.folder, "steps.db")}`, FIRST_PROMISED);
  for (const migration of MIGRATIONS.slice(FIRST_PROMISED)) {
    const before = await shapeOf(db);
    await apply(db, migration);
    const after = await shapeOf(db);
    expect([migration.name, faultsOf(before, after)]).toEqual([migration.name, []]);
  }
});

function faultsOf(before: Shape, after: Shape): string[] {
  const tables = new Set([...before.columns.keys()].map((column) => column.split(".")[0]));
  const faults: string[] = [];
  for (const [name, column] of before.columns) {
    if (JSON.stringify(after.columns.get(name)) !== JSON.stringify(column)) faults.push(`${name} changed`);
  }
  for (const [name, { notnull, dflt_value }] of after.columns) {
    const isNew = !before.columns.has(name) && tables.has(name.split(".")[0]);
    if (isNew && notnull === 1 && dflt_value === null) faults.push(`${name} has to be written`);
  }
  for (const [name, sql] of after.triggers) {
    const isRelaxed = before.triggers.has(name) && RELAXED.has(name);
    if (before.triggers.get(name) !== sql && !isRelaxed && /RAISE/i.test(sql)) faults.push(`${name} refuses`);
  }
  for (const [name, { table, sql }] of after.uniques) {
    if (tables.has(table) && before.uniques.get(name)?.sql !== sql) faults.push(`${name} refuses`);
  }
  return faults;
}

test("`dunwell migrate` brings a remote database of an older version up to date, and doctor says what it lacks", async () => {
  const hrana = await startHranaServer({ file: join(desk.folder, "remote.db") });
  try {
    await upTo(hrana.url, FIRST_PROMISED);
    const missing = MIGRATIONS.slice(FIRST_PROMISED).map(({ name }) => name);
    const remote = { DATABASE_URL: hrana.url };
    const about = async () =>
      (await desk.run("doctor --json", remote)).json().find(({ check }) => check === "database");
    expect(await about()).toMatchObject({ result: "fail", detail: `it lacks ${missing.join(", ")}` });
    expect((await desk.run("migrate --json", remote)).json().map(({ migration }) => migration)).toEqual(
      missing,
    );
    expect((await desk.run("migrate", remote)).stdout).toBe("Nothing to do: it is up to date.\n");
    expect(await about()).toMatchObject({ result: "ok" });
  } finally {
    await hrana.close();
  }
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client/web";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open.ts";
import { type HranaServer, startHranaServer } from "./hrana-server.ts";

let folder: string;
let server: HranaServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dunwell-hrana-"));
  server = await startHranaServer({ file: join(folder, "remote.db") });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test("carries every kind of value there and back", async () => {
  const client = createClient({ url: server.url });
  const args = [1, 2.5, "text 中", null, new Uint8Array([0, 255]), 9007199254740991n];
  const { rows } = await client.execute({ sql: "SELECT ?, ?, ?, ?, ?, ?", args });
  const values = Array.from({ length: 6 }, (_, i) => rows[0]![i]);
  expect(values.slice(0, 4)).toEqual([1, 2.5, "text 中", null]);
  expect(new Uint8Array(values[4] as ArrayBuffer)).toEqual(new Uint8Array([0, 255]));
  expect(values[5]).toBe(9007199254740991);
  const named = await client.execute({ sql: "SELECT :a AS a", args: { a: "x" } });
  expect(named.rows[0]!.a).toBe("x");
});

test("a batch is one round trip and all or nothing", async () => {
  const client = createClient({ url: server.url });
  await client.executeMultiple("CREATE TABLE t (a integer PRIMARY KEY); CREATE TABLE u (b integer);");
  const before = server.roundTrips;
  await client.batch(["INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (2)"], "write");
  expect(server.roundTrips).toBe(before + 1);
  const clash = client.batch(["INSERT INTO t VALUES (3)", "INSERT INTO t VALUES (1)"], "write");
  await expect(clash).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT" });
  expect((await client.execute("SELECT count(*) AS n FROM t")).rows[0]!.n).toBe(2);
  const changed = await client.execute("UPDATE t SET a = a + 10 RETURNING a");
  expect([changed.rows.length, changed.rowsAffected]).toEqual([2, 2]);
});

test("two transactions at once wait for each other", async () => {
  const client = createClient({ url: server.url });
  await client.execute("CREATE TABLE counter (n integer)");
  await client.execute("INSERT INTO counter VALUES (0)");
  const addOne = async () => {
    const tx = await client.transaction("write");
    const { rows } = await tx.execute("SELECT n FROM counter");
    await tx.execute({ sql: "UPDATE counter SET n = ?", args: [Number(rows[0]!.n) + 1] });
    await tx.commit();
  };
  await Promise.all(Array.from({ length: 8 }, addOne));
  expect((await client.execute("SELECT n FROM counter")).rows[0]!.n).toBe(8);
});

test("the product opens and migrates it", async () => {
  const db = await openDatabase({ url: server.url });
  expect(await migrate(db, 0)).toContain("0000_start");
  expect(await migrate(db, 0)).toEqual([]);
  const twice = db.batch([
    "INSERT INTO owners (email) VALUES ('a@b.example')",
    "INSERT INTO owners (email) VALUES ('a@b.example')",
  ]);
  await expect(twice).rejects.toMatchObject({ code: "conflict" });
  db.close();
});

import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createClient } from "@libsql/client";
import { expect, test, vi } from "vitest";
import { backupCommand } from "../../src/cli/backup.ts";
import type { GlobalOptions } from "../../src/cli/create-context.ts";
import { restoreCommand } from "../../src/cli/restore.ts";
import { MIGRATIONS } from "../../src/db/migrations.generated.ts";
import { openDatabase } from "../../src/db/open.ts";
import { resumeAll } from "../../src/reminders/decisions/resume-all.ts";
import { findStop, stopAll } from "../../src/reminders/decisions/stop-all.ts";
import { waiveStage } from "../../src/reminders/decisions/waive-stage.ts";
import { verifyLedger } from "../../src/reminders/operation/verify-ledger.ts";
import { invoice } from "../support/cast.ts";
import { makeServices, testDatabaseUrl } from "../support/database.ts";
import { makeFolder } from "../support/folder.ts";
import { startHranaServer } from "../support/hrana-server.ts";
import { tellStory } from "../support/story.ts";
import { openDesk } from "./run-dunwell.ts";
import { runHere } from "./run-here.ts";

vi.setConfig({ testTimeout: 60_000 });

const MONDAY = "2026-03-09T10:00:00Z";
const TUESDAY = "2026-03-10T10:00:00Z";
const KEPT = "dunwell.db.replaced-2026-03-10T100000Z";
const POLICY = {
  stages: [
    { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
    { key: "stern", offsetDays: 9, template: "overdue-30", to: ["billing"] },
  ],
};

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A connection that was closed lets go of its file when its statements are collected; in a process of its own that is its end. */
async function letGo(path: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (!existsSync(`${path}-wal`)) return;
  }
}

/** A folder with a database in which one invoice is due for its first reminder on Monday. */
async function makeBackedUp() {
  const folder = await makeFolder("backup");
  const at = (name: string) => join(folder, name);
  await copyFile((await testDatabaseUrl()).slice("file:".length), at("dunwell.db"));
  const options = (time: string, more: GlobalOptions = {}) => ({
    db: `file:${at("dunwell.db")}`,
    at: Date.parse(time),
    ...more,
  });
  const restore = async (args: string[], more?: GlobalOptions) => {
    await letGo(at("dunwell.db"));
    return runHere(restoreCommand, args, options(TUESDAY, more));
  };
  const open = async () => makeServices({ db: await openDatabase({ url: `file:${at("dunwell.db")}` }) });
  const services = await open();
  const story = await tellStory({ db: services.db, at: MONDAY, policy: POLICY });
  await story.invoices(invoice({ number: "A-1" }));
  await services.db.client.execute("PRAGMA journal_mode = DELETE");
  services.db.close();
  return {
    folder,
    at,
    open,
    backup: (name = "b.db", time = MONDAY, more?: GlobalOptions) =>
      runHere(backupCommand, [at(name)], options(time, more)),
    restore,
    names: async () => (await readdir(folder)).sort(),
  };
}

/** Works on a database file as somebody with the file in hand does. */
async function edit(path: string, sql: string): Promise<void> {
  const client = createClient({ url: `file:${path}` });
  await client.executeMultiple(sql).finally(() => client.close());
}

async function query(path: string, sql: string) {
  const client = createClient({ url: `file:${path}` });
  const { rows } = await client.execute(sql).finally(() => client.close());
  return rows.map((row) => ({ ...row }));
}

test("a backup says what it holds, replaces nothing, and leaves the database as it is", async () => {
  const { at, backup, names } = await makeBackedUp();
  const made = await backup("b.db", MONDAY, { json: true });
  const bytes = (await readFile(at("b.db"))).length;
  expect(made).toMatchObject({ error: null, notes: [] });
  const migrations = MIGRATIONS.map(({ name }) => name);
  expect(JSON.parse(made.out[0]!)).toEqual({
    file: at("b.db"),
    bytes,
    at: "2026-03-09T10:00:00.000Z",
    migrations,
  });
  expect(await query(at("b.db"), "SELECT number FROM invoices")).toEqual([{ number: "A-1" }]);
  expect(await backup()).toMatchObject({
    out: [],
    error: `${at("b.db")} exists already; a backup replaces nothing`,
  });
  expect((await backup("none/b.db")).error).toBe(
    `${at("none/b.db")} cannot be written: there is no such folder`,
  );
  await edit(at("other.db"), "CREATE TABLE notes (text)");
  const other = await backup("c.db", MONDAY, { db: `file:${at("other.db")}` });
  expect(other.error).toBe("there is nothing to back up: it is no database of Dunwell's");
  await letGo(at("other.db"));
  expect((await names()).filter((name) => !name.startsWith("dunwell.db"))).toEqual(["b.db", "other.db"]);
});

test("a backup taken while others write has every chain whole", async () => {
  const desk = await openDesk();
  const rows = Array.from({ length: 20_000 }, (_, n) => `N-${n},C${n % 50},EUR,10.00`);
  await desk.write("invoices.csv", ["invoice_number,customer_ref,currency,amount", ...rows].join("\n"));
  const path = join(desk.folder, "dunwell.db");
  const writing = desk.start("import invoices invoices.csv");
  const ended = once(writing, "exit");
  const stored = () => query(path, "SELECT count(*) AS n FROM invoices").catch(() => [{ n: 0 }]);
  await vi.waitUntil(async () => existsSync(path) && Number((await stored())[0]!.n) > 0, {
    timeout: 30_000,
    interval: 20,
  });
  const copy = join(desk.folder, "b.db");
  const made = await runHere(backupCommand, [copy], { db: `file:${path}` });
  expect([made.error, writing.exitCode]).toEqual([null, null]);
  await ended;
  const db = await openDatabase({ url: `file:${copy}` });
  const { invoices, entries, broken } = await verifyLedger({ db }, () => {});
  expect(Number((await query(copy, "SELECT count(*) AS n FROM invoices"))[0]!.n)).toBe(invoices);
  expect([entries, broken]).toEqual([invoices, 0]);
  db.close();
});

test("what left after the backup does not leave again: all is stopped, and it is told what left", async () => {
  const { at, backup, restore, open } = await makeBackedUp();
  await backup("b.db", "2026-03-09T10:30:00Z");
  const before = await open();
  const story = await tellStory({ db: before.db, at: "2026-03-09T11:00:00Z", policy: POLICY });
  expect(await story.tickOnce()).toEqual(["NORDWIND soft A-1"]);
  before.db.close();

  expect((await restore([at("b.db")])).error).toBe(
    `${at("dunwell.db")} exists already; --replace puts it away beside, under a dated name`,
  );
  const restored = await restore([at("b.db"), "--replace", "--author", "olga"], { json: true });
  expect(restored.error).toBeNull();
  expect(JSON.parse(restored.out[0]!)).toEqual({
    file: at("b.db"),
    database: at("dunwell.db"),
    taken_at: "2026-03-09T10:30:00.000Z",
    migrated: [],
    ledger: { invoices: 1, entries: 1, broken: 0 },
    stopped: true,
    kept: at(KEPT),
    left_since: [
      {
        date: "2026-03-09",
        stage: "soft",
        customer: "NORDWIND",
        invoices: ["A-1"],
        reminder: expect.stringMatching(/^rem_/),
      },
    ],
    notices_left_since: [],
  });
  expect(await query(at(KEPT), "SELECT state FROM reminders")).toEqual([{ state: "sent" }]);

  const after = await open();
  after.clock.set(TUESDAY);
  const told = await tellStory({ db: after.db, at: TUESDAY, policy: POLICY });
  expect(await told.tickOnce()).toEqual([]);
  expect(await findStop(after)).toEqual({
    at: Date.parse(TUESDAY),
    author: "cli:olga",
    reason:
      "restored from a backup of 2026-03-09T10:30:00Z; what was sent, paid and promised since then is not on record: " +
      "look it up and enter it first",
  });
  await waiveStage(after, {
    invoiceNumber: "A-1",
    stage: "soft",
    reason: "left before the restore",
    author: "cli:olga",
  });
  await resumeAll(after, { author: "cli:olga" });
  expect(await told.tickOnce()).toEqual([]);
  expect(await verifyLedger(after, () => {})).toMatchObject({ broken: 0 });
  await stopAll(after, { reason: "another day", author: "api" });
  after.db.close();

  await backup("stopped.db", TUESDAY);
  const again = await restore([at("stopped.db"), "--replace"]);
  expect(again.out).toEqual([
    expect.stringMatching(
      /dunwell\.db is restored from .*stopped\.db, as of 2026-03-10.*: the ledger holds, 2 entries of 1 invoice\.$/,
    ),
    `What was there is kept as ${at(KEPT)}-2.`,
    "Nothing left since then, by the database that was there.",
    expect.stringMatching(/^Everything is stopped.*`dunwell resume-all`\.$/),
  ]);
  const stopped = await open();
  expect((await findStop(stopped))?.reason).toMatch(/; stopped before that by api: another day$/);
  stopped.db.close();
});

test("what was under way in the backup takes the outcome that the replaced database knows; notices that left are cancelled", async () => {
  const { at, backup, restore, open } = await makeBackedUp();
  const before = await open();
  const story = await tellStory({ db: before.db, at: "2026-03-09T10:00:00Z", policy: POLICY });
  for (const ref of ["B", "C"]) {
    const contact = { email: `${ref}@c.example`, role: "billing" as const };
    await story.customers({ ref, name: ref, contact });
  }
  await story.invoices(
    invoice({ number: "A-2", customerRef: "B" }),
    invoice({ number: "A-3", customerRef: "C" }),
  );
  await story.bankFile();
  story.mailer.answer({ kind: "unknown", code: "timeout", detail: "" });
  await story.tickOnce();
  await before.db.client.execute(
    `INSERT INTO notices (id, fact, kind, customer_id, body, state, leaves_at, created_at)
     SELECT 'ntc_1', 'thanks 1', 'thanks', customer_id, '{}', 'planned', 0, 0 FROM invoices WHERE number = 'A-1'`,
  );
  await before.db.client.execute("PRAGMA journal_mode = DELETE");
  before.db.close();
  await backup("b.db", "2026-03-09T10:30:00Z");
  const known = `UPDATE reminders SET provider_id = 'ses-1', settled_by = 'evidence', sent_at = sending_at + 3600000,
      state = (SELECT CASE i.number WHEN 'A-1' THEN 'delivered' WHEN 'A-2' THEN 'deferred' ELSE 'unknown' END
        FROM reminder_invoices x JOIN invoices i ON i.id = x.invoice_id WHERE x.reminder_id = reminders.id);
    UPDATE reminders SET sent_at = NULL WHERE state <> 'delivered';
    UPDATE notices SET state = 'sent', sent_at = ${Date.parse("2026-03-09T11:00:00Z")};`;
  await letGo(at("dunwell.db"));
  await edit(at("dunwell.db"), known);
  await letGo(at("dunwell.db"));
  const restored = await restore([at("b.db"), "--replace", "--author", "olga"], { json: true });
  expect([restored.error, JSON.parse(restored.out[0]!)]).toMatchObject([
    null,
    {
      left_since: [{ invoices: ["A-1"] }],
      notices_left_since: [{ date: "2026-03-09", kind: "thanks", customer: "NORDWIND", notice: "ntc_1" }],
    },
  ]);
  const states = `SELECT i.number, r.state, r.provider_id, x.counts FROM reminders r JOIN reminder_invoices x ON x.reminder_id = r.id
    JOIN invoices i ON i.id = x.invoice_id ORDER BY i.number`;
  expect(await query(at("dunwell.db"), states)).toEqual([
    { number: "A-1", state: "delivered", provider_id: "ses-1", counts: 1 },
    { number: "A-2", state: "deferred", provider_id: "ses-1", counts: 0 },
    { number: "A-3", state: "unknown", provider_id: null, counts: 1 },
  ]);
  expect(await query(at("dunwell.db"), "SELECT state FROM notices")).toEqual([{ state: "cancelled" }]);
  const after = await open();
  expect(await verifyLedger(after, () => {})).toMatchObject({ broken: 0 });
  after.db.close();
});

test("a log left beside a database that is gone is put away, not taken for the restored one's", async () => {
  const { at, backup, names } = await makeBackedUp();
  await backup();
  await letGo(at("dunwell.db"));
  await rm(at("dunwell.db"));
  await writeFile(at("dunwell.db-wal"), "of another database");
  const options = { db: `file:${at("dunwell.db")}`, at: Date.parse(TUESDAY) };
  expect(await runHere(restoreCommand, [at("b.db")], options)).toMatchObject({ error: null });
  expect(await names()).toEqual(["b.db", "dunwell.db", `${KEPT}-wal`]);
  expect(await query(at("dunwell.db"), "SELECT number FROM invoices")).toEqual([{ number: "A-1" }]);
});

test("refuses a backup that is broken, foreign, newer or tampered with, and touches nothing then", async () => {
  const { at, backup, restore, names } = await makeBackedUp();
  await backup();
  const bytes = await readFile(at("b.db"));
  await writeFile(at("cut.db"), bytes.subarray(0, bytes.length >> 1));
  const [table] = await query(at("b.db"), "SELECT rootpage FROM sqlite_master WHERE name = 'documents'");
  const page = 4096 * Number(table!.rootpage);
  await writeFile(at("noise.db"), Buffer.from(bytes).fill(0xa5, page - 4096, page));
  await writeFile(at("text.db"), "not a database at all, but a text of some length\n".repeat(100));
  await writeFile(at("empty.db"), "");
  await edit(at("foreign.db"), "CREATE TABLE notes (text)");
  await copyFile(at("b.db"), at("newer.db"));
  await edit(at("newer.db"), "INSERT INTO migrations VALUES ('9999_flying', 0)");
  await copyFile(at("b.db"), at("forged.db"));
  await edit(at("forged.db"), "DROP TRIGGER ledger_keeps_its_entries; UPDATE ledger SET author = 'nobody'");
  await letGo(at("dunwell.db"));
  const database = await readFile(at("dunwell.db"));
  const files = await names();

  const refusals: [string, string][] = [
    ["cut.db", "is damaged or is no database"],
    // In a table that nothing of this reads.
    ["noise.db", "it is damaged: "],
    ["text.db", "is damaged or is no database"],
    ["empty.db", "is empty"],
    ["foreign.db", "it is no database of Dunwell's"],
    ["newer.db", "a newer Dunwell made it (9999_flying): restore it with that one"],
    ["none.db", "does not exist"],
    [".", "is a folder, not a file"],
    ["dunwell.db", "is the database itself, not a backup of it"],
    [
      "forged.db",
      "its ledger is broken for 1 invoice, first at invoice A-1, entry 1: what it says is not what was hashed",
    ],
  ];
  for (const [file, message] of refusals) {
    const { out, error } = await restore([at(file), "--replace"]);
    expect([file, out, error]).toEqual([file, [], expect.stringContaining(message)]);
  }
  expect((await readFile(at("dunwell.db"))).equals(database)).toBe(true);
  expect(await names()).toEqual(files);

  const accepted = await restore([at("forged.db"), "--replace", "--despite-broken-ledger"]);
  expect(accepted.out[0]).toContain("the ledger is broken for 1 invoice");
});

test("refuses while a service has the database open, and not once that has ended", async () => {
  const desk = await openDesk();
  const path = join(desk.folder, "dunwell.db");
  const service = desk.start("serve --json", { PORT: "0" });
  await once(service.stdout!, "data");
  const backup = join(desk.folder, "b.db");
  expect((await runHere(backupCommand, [backup], { db: `file:${path}` })).error).toBeNull();
  // This process has the file open too until it lets go of it.
  const refused = await desk.run("restore b.db --replace");
  expect([refused.code, refused.errors]).toEqual([
    1,
    ["error: ./dunwell.db is in use: stop `dunwell serve` and whatever else works on it first"],
  ]);
  service.kill("SIGTERM");
  expect(await once(service, "exit")).toEqual([0, null]);
  await letGo(path);
  expect((await desk.run("restore b.db --replace")).code).toBe(0);
});

test("puts a backup in the place of a file that cannot be read, and says that nobody can tell what left", async () => {
  const { at, backup, restore } = await makeBackedUp();
  await backup();
  await writeFile(at("dunwell.db"), "ruined by somebody\n".repeat(1000));
  const { out, error } = await restore([at("b.db"), "--replace"]);
  expect([error, out]).toEqual([
    null,
    expect.arrayContaining([expect.stringContaining("its mail provider knows")]),
  ]);
  expect(await readFile(at(KEPT), "utf8")).toMatch(/^ruined by somebody/);
  expect(await query(at("dunwell.db"), "SELECT number FROM invoices")).toEqual([{ number: "A-1" }]);
});

test("brings an older backup up to date", async () => {
  const { at, restore } = await makeBackedUp();
  const [first] = MIGRATIONS;
  const old = createClient({ url: `file:${at("old.db")}` });
  await old.batch([
    "CREATE TABLE migrations (name text PRIMARY KEY NOT NULL, applied_at integer NOT NULL)",
    ...first!.statements,
  ]);
  await old.execute({ sql: "INSERT INTO migrations VALUES (?, 0)", args: [first!.name] });
  old.close();
  const { error, out } = await restore([at("old.db"), "--replace"]);
  expect([error, out[0]]).toEqual([
    null,
    expect.stringContaining(`${MIGRATIONS.length - 1} migrations applied`),
  ]);
  const db = await openDatabase({ url: `file:${at("dunwell.db")}` });
  expect(await query(at("dunwell.db"), "SELECT count(*) AS n FROM migrations")).toEqual([
    { n: MIGRATIONS.length },
  ]);
  db.close();
});

test("takes a mere copy of a running database, with its log beside it, for a backup", async () => {
  const { at, restore } = await makeBackedUp();
  const running = createClient({ url: `file:${at("dunwell.db")}` });
  await running.execute("PRAGMA journal_mode = WAL");
  await running.execute("UPDATE customers SET name = 'Renamed'");
  for (const ending of ["", "-wal"]) await copyFile(at(`dunwell.db${ending}`), at(`copy.db${ending}`));
  running.close();
  const { error, out } = await restore([at("copy.db")], { db: `file:${at("fresh.db")}` });
  expect([error, out[0]]).toEqual([null, expect.stringContaining("as of 2026-03-09T10:00:00.000Z")]);
  expect(await query(at("fresh.db"), "SELECT name FROM customers")).toEqual([{ name: "Renamed" }]);
});

test("sends whoever has a remote database to its provider", async () => {
  const { at, backup, restore } = await makeBackedUp();
  const remote = await startHranaServer({ file: at("remote.db") });
  await appendFile(at("b.db"), "x");
  expect((await backup("b2.db", MONDAY, { db: remote.url })).error).toContain("turso db export NAME");
  expect((await restore([at("b.db")], { db: remote.url })).error).toContain(
    "turso db create NEW --from-db NAME",
  );
  await remote.close();
});

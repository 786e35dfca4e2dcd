import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { MIGRATIONS } from "../../src/db/migrations.generated.ts";
import { startHranaServer } from "../support/hrana-server.ts";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();
await writeFile(join(desk.folder, "noise.db"), randomBytes(10_000));
const remote = await startHranaServer({ file: join(desk.folder, "remote.db") });
afterAll(() => remote.close());

describe.concurrent("a database that cannot be had", () => {
  it.each([
    ["in a folder that does not exist", "file:/nonexistent/x.db", "a folder that exists"],
    ["that is a folder", "file:.", "has to be a file"],
    ["that is no database", "file:noise.db", "damaged or is no database"],
    ["that does not answer", "http://127.0.0.1:1?authToken=s3cret", "does not answer"],
    ["whose address holds a password", "http://user:s3cret@127.0.0.1:1", "DATABASE_AUTH_TOKEN"],
  ])("is told of in one line when it is one %s", async (_, url, message) => {
    const { code, stdout, errors } = await desk.run(`why INV-1 --db ${url}`);
    expect([code, stdout, errors.length]).toEqual([1, "", 1]);
    expect(errors[0]).toContain(message);
    expect(errors[0]).not.toContain("s3cret");
  });
});

it.each([
  "why INV-1",
  "forecast",
  "simulate --from 2026-01-01 --to 2026-01-31",
  "tick --dry-run",
  "hold INV-1 --until 2026-02-01 --reason later",
  "release",
])("a database that is not there is neither read nor made: %s", async (command) => {
  const { code, stdout, errors } = await desk.run(`${command} --db file:./typo.db`);
  const makers = "`dunwell creditor apply` or `dunwell import` makes one";
  expect([code, stdout]).toEqual([1, ""]);
  expect(errors).toEqual([`error: there is no database at file:./typo.db yet; ${makers}`]);
  expect(existsSync(join(desk.folder, "typo.db"))).toBe(false);
});

it("checks a file before there is a database, and makes none", async () => {
  await desk.write("invoices.csv", "invoice_number,customer_ref,currency,amount\nA-1,ACME,EUR,1.005\n");
  const { code, errors, json } = await desk.run(
    "import invoices invoices.csv --dry-run --json --db file:./none.db",
  );
  expect(code).toBe(1);
  expect(json()).toMatchObject([{ line: 2, ok: false, column: "amount" }, { summary: { refused: 1 } }]);
  expect(errors[0]).toContain("there is no database at file:./none.db yet");
  expect(existsSync(join(desk.folder, "none.db"))).toBe(false);
});

describe("a database that others share", () => {
  it("is migrated only by who says so", async () => {
    const before = await desk.run("creditor apply creditor.json", { DATABASE_URL: remote.url });
    expect([before.code, before.errors]).toEqual([
      1,
      ["error: the database is not up to date: run `dunwell migrate` first"],
    ]);
    const migrated = await desk.run(`migrate --json --db ${remote.url}`);
    expect(migrated.json()).toEqual(MIGRATIONS.map(({ name }) => ({ migration: name })));
    const [again, after] = await Promise.all([
      desk.run(`migrate --db ${remote.url}`),
      desk.run(`creditor apply creditor.json --db ${remote.url}`),
    ]);
    expect(again.stdout).toContain("up to date");
    expect([after.code, after.errors]).toEqual([0, []]);
  });
});

it("names a wrong setting, and never its value", async () => {
  const { code, errors } = await desk.run("why INV-1", { SLACK_BOT_TOKEN: "s3cret", PORT: "many" });
  expect([code, errors.length]).toEqual([1, 1]);
  expect(errors[0]).toMatch(
    /settings: SLACK_BOT_TOKEN must start with xoxb-; PORT must be a whole number from 0 to 65535$/,
  );
  expect(errors[0]).not.toMatch(/s3cret|many/);
});

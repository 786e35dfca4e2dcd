import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { beforeAll, expect, it, vi } from "vitest";
import { unpack } from "../evidence/packed.ts";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();

beforeAll(async () => {
  await desk.write("invoices.csv", "invoice_number,customer_ref,currency,amount\nA-1,C1,EUR,10.00\n");
  await desk.run("import invoices invoices.csv");
});

it("packs what is on record into a file, whole or not at all, and replaces none unasked", async () => {
  const made = await desk.run("evidence A-1 --out A-1.zip --json");
  const bytes = await readFile(join(desk.folder, "A-1.zip"));
  expect([made.code, made.errors]).toEqual([0, []]);
  expect(made.json()).toEqual([
    { invoice: "A-1", file: "A-1.zip", bytes: bytes.length, files: 7, entries: 1, faults: [] },
  ]);
  expect(await (await unpack(bytes)).verify()).toEqual([]);

  const refusals: [string, string][] = [
    ["evidence A-1 --out A-1.zip", "A-1.zip exists already; --force replaces it"],
    ["evidence A-1 --out none/A-1.zip", "none/A-1.zip cannot be written: there is no such folder"],
    ["evidence A-1 --out . --force", ". cannot be written: it is no file"],
    ["evidence A-9 --out A-9.zip", "there is no invoice A-9"],
  ];
  for (const [args, message] of refusals) {
    const { code, stdout, errors } = await desk.run(args);
    expect([code, stdout, errors]).toEqual([1, "", [`error: ${message}`]]);
  }
  expect((await desk.run("evidence A-1")).code).toBe(2);
  const again = await desk.run("evidence A-1 --out A-1.zip --force");
  expect([again.code, again.stdout]).toEqual([
    0,
    `A-1.zip: 7 files, 1 ledger entry, ${bytes.length} bytes.\n`,
  ]);
  expect((await readFile(join(desk.folder, "A-1.zip"))).equals(bytes)).toBe(true);
  expect((await readdir(desk.folder)).sort()).toEqual([
    ...["A-1.zip", "creditor.json", "dunwell.db", "invoices.csv"],
  ]);
});

it("packs a broken record too, and says on stderr what is broken", async () => {
  const client = createClient({ url: `file:${join(desk.folder, "dunwell.db")}` });
  await client.executeMultiple("DROP TRIGGER ledger_keeps_its_entries; UPDATE ledger SET author = 'nobody'");
  client.close();
  const { code, stdout, errors } = await desk.run("evidence A-1 --out broken.zip");
  expect([code, errors]).toEqual([
    0,
    ["warning: invoice A-1: the ledger's chain is broken at entry 1: what it says is not what was hashed"],
  ]);
  expect(stdout).toContain("The record does not hold; README.txt says why.");
  const bundle = await unpack(await readFile(join(desk.folder, "broken.zip")));
  expect(await bundle.text("README.txt")).toContain("WHAT DOES NOT HOLD");
});

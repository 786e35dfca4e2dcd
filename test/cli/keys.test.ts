import { beforeAll, expect, test } from "vitest";
import { eraseCommand } from "../../src/cli/erase.ts";
import { keysCommand } from "../../src/cli/keys.ts";
import { invoice, payment } from "../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";
import { runHere } from "./run-here.ts";

let db: string;
const keys = (...args: string[]) => runHere(keysCommand, args, { db });
const erase = (...args: string[]) => runHere(eraseCommand, args, { db });

beforeAll(async () => {
  db = await testDatabaseUrl();
  const story = await tellStory({ db: await openAgain(db) });
  await story.invoices(invoice({ number: "A" }));
});

test("a key is made, listed without being told again, and revoked", async () => {
  const made = await keys("create", "--name", "desk", "--scope", "read", "records", "--author", "frieda");
  expect(made.out).toEqual([expect.stringMatching(/^dw_[\w-]{43}$/)]);
  const listed = await keys("list");
  expect(listed.out).toEqual([
    expect.stringMatching(/^desk {2}dw_\S{6}… {2}read records .*by cli:frieda, never used$/),
  ]);
  expect((await keys("revoke", "desk")).out).toEqual(["The key desk opens nothing any more."]);
  expect((await keys("list")).out[0]).toMatch(/revoked on/);
});

test("what cannot be is refused in a line that says what can", async () => {
  expect((await keys("create", "--name", "x", "--scope", "write")).error).toMatch(
    /there is no scope write: name read, records/,
  );
  expect((await keys("revoke", "nobody")).error).toMatch(/no key named nobody is in force/);
});

test("a customer is erased once nothing is open, with a reason", async () => {
  const told = ["--customer", "NORDWIND", "--reason", "asked for on 3 March"];
  expect((await erase(...told)).error).toMatch(/has invoices that are not settled: nothing is erased before/);
  const story = await tellStory({ db: await openAgain(db) });
  await story.pay(payment({ invoiceNumber: "A" }));
  expect((await erase(...told)).out).toEqual([
    "Customer NORDWIND: erased; the ledger had nothing personal of it.",
  ]);
  expect((await erase(...told)).out).toEqual([
    expect.stringMatching(/^Customer NORDWIND: was erased already on \d{4}-\d\d-\d\d\.$/),
  ]);
  expect((await erase("--customer", "NOBODY", "--reason", "x")).error).toMatch(/there is no customer NOBODY/);
});

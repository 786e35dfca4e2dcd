import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalLine, type LedgerKind } from "../../../src/domain/ledger.ts";
import { setHold } from "../../../src/reminders/decisions/set-hold.ts";
import { type BrokenLink, verifyLedger } from "../../../src/reminders/operation/verify-ledger.ts";
import { day, invoice, payment } from "../../support/cast.ts";
import { type Story, tellStory } from "../../support/story.ts";

const GUARDS = ["ledger_keeps_its_entries", "ledger_loses_no_entry"];
const A = "(SELECT id FROM invoices WHERE number = 'A')";

/** Three invoices, each with an import, a payment and a hold in its ledger. */
async function recorded(): Promise<Story> {
  const story = await tellStory();
  for (const number of ["A", "B", "C"]) {
    await story.invoices(invoice({ number }));
    await story.pay(payment({ invoiceNumber: number, amountMinor: 100 }));
    const hold = { invoiceNumber: number, reason: "wait", until: day("2026-03-20") };
    await setHold(story, { ...hold, author: "test" });
  }
  return story;
}

/** Edits the database as somebody with the file in hand does. */
async function tamper(story: Story, ...statements: string[]): Promise<void> {
  await story.db.client.executeMultiple(
    [...GUARDS.map((name) => `DROP TRIGGER ${name}`), ...statements].join(";\n"),
  );
}

async function verify(story: Story) {
  const broken: BrokenLink[] = [];
  return { ...(await verifyLedger(story, (link) => broken.push(link))), links: broken };
}

test("a ledger that nobody touched holds", async () => {
  expect(await verify(await recorded())).toEqual({ invoices: 3, entries: 9, broken: 0, links: [] });
});

test.each(["UPDATE ledger SET author = 'nobody'", "DELETE FROM ledger", "UPDATE ledger SET at = at"])(
  "the database refuses %s",
  async (sql) => {
    const story = await recorded();
    await expect(story.db.batch([sql])).rejects.toMatchObject({
      message: expect.stringMatching(/append-only/),
    });
    expect(await verify(story)).toMatchObject({ entries: 9, broken: 0 });
  },
);

test.each([
  ["what an entry says", `data = replace(data, '1.00', '9.00')`, 2, "changed"],
  ["when it happened", "at = at + 1", 2, "changed"],
  ["who did it", "author = 'clock'", 2, "changed"],
  ["its hash", `hash = '${"0".repeat(64)}'`, 2, "changed"],
])("finds that somebody changed %s", async (_name, set, seq, problem) => {
  const story = await recorded();
  await tamper(story, `UPDATE ledger SET ${set} WHERE invoice_id = ${A} AND seq = ${seq}`);
  const { broken, links } = await verify(story);
  expect([broken, links]).toMatchObject([1, [{ invoice: "A", seq, problem }]]);
});

type StoredEntry = { invoice_id: string; at: number; kind: LedgerKind; author: string; prev_hash: string };

test("finds an entry that was changed and hashed anew, at the end of its chain too", async () => {
  for (const seq of [2, 3]) {
    const story = await recorded();
    const { rows } = await story.db.client.execute(
      `SELECT * FROM ledger WHERE invoice_id = ${A} AND seq = ${seq}`,
    );
    const { invoice_id, at, kind, author, prev_hash } = rows[0] as unknown as StoredEntry;
    const line = canonicalLine(invoice_id, seq, prev_hash, { at, kind, author }, '{"x":1}');
    const hash = createHash("sha256").update(line).digest("hex");
    await tamper(
      story,
      `UPDATE ledger SET data = '{"x":1}', hash = '${hash}' WHERE invoice_id = ${A} AND seq = ${seq}`,
    );
    expect((await verify(story)).links).toMatchObject([{ invoice: "A", seq: 3 }]);
  }
});

test.each([
  ["the first entry", "seq = 1", 1],
  ["one in the middle", "seq = 2", 2],
  ["the last one", "seq = 3", 3],
  ["all but the first", "seq > 1", 2],
  ["the whole chain", "true", 1],
])("finds that %s was taken away", async (_name, which, seq) => {
  const story = await recorded();
  await tamper(story, `DELETE FROM ledger WHERE invoice_id = ${A} AND ${which}`);
  expect((await verify(story)).links).toMatchObject([{ invoice: "A", seq, problem: "missing" }]);
});

test("finds entries that changed places", async () => {
  const story = await recorded();
  const move = (from: number, to: number) =>
    `UPDATE ledger SET seq = ${to} WHERE invoice_id = ${A} AND seq = ${from}`;
  await tamper(story, move(2, 9), move(3, 2), move(9, 3));
  expect((await verify(story)).links).toMatchObject([{ invoice: "A", seq: 2 }]);
});

test("finds an entry that was put at the end without its hash, or moved from another invoice", async () => {
  const forged = await recorded();
  const copy = (seq: string) =>
    `INSERT INTO ledger SELECT ${A}, ${seq}, at, kind, author, data, hash, hash FROM ledger WHERE invoice_id = ${A} AND seq = 3`;
  await tamper(forged, copy("4"));
  expect((await verify(forged)).links).toMatchObject([{ invoice: "A", seq: 4, problem: "changed" }]);

  const moved = await recorded();
  await tamper(
    moved,
    "DROP TRIGGER ledger_knows_its_heads",
    `UPDATE ledger SET invoice_id = ${A}, seq = 4 WHERE seq = 3 AND invoice_id = (SELECT id FROM invoices WHERE number = 'B')`,
  );
  expect((await verify(moved)).links).toMatchObject([
    { invoice: "A", seq: 4, problem: "added" },
    { invoice: "B", seq: 3, problem: "missing" },
  ]);
});

test("goes through more entries than one page holds, and names each invoice whose chain is broken", async () => {
  const story = await tellStory();
  const numbers = Array.from({ length: 2100 }, (_, n) => `N${n}`);
  await story.invoices(...numbers.map((number) => invoice({ number })));
  await tamper(story, "UPDATE ledger SET author = 'x' WHERE rowid IN (5, 2000, 2001, 2100)");
  const { invoices, entries, links } = await verify(story);
  expect([invoices, entries, links.length]).toEqual([2100, 2100, 4]);
});

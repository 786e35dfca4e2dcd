import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { rewriteFile } from "../../../src/db/open.ts";
import { writeLetter } from "../../../src/email/write-letter.ts";
import { makePromise } from "../../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../../src/reminders/agreements/open-dispute.ts";
import { proposeContact } from "../../../src/reminders/agreements/propose-contact.ts";
import { myQueue } from "../../../src/reminders/alerts/my-queue.ts";
import { setHold } from "../../../src/reminders/decisions/set-hold.ts";
import { eraseCustomer } from "../../../src/reminders/operation/erase-customer.ts";
import { eraseOutlived } from "../../../src/reminders/operation/erase-outlived.ts";
import { type BrokenLink, verifyLedger } from "../../../src/reminders/operation/verify-ledger.ts";
import { attachDocument } from "../../../src/reminders/records/attach-document.ts";
import { correctContact } from "../../../src/reminders/records/correct-contact.ts";
import { suppressAddress } from "../../../src/reminders/sending/suppress-address.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { keepWebhook } from "../../../src/reminders/webhooks/keep-webhook.ts";
import { pack, unpack } from "../../evidence/packed.ts";
import { day, HUAYUE, invoice, NORDWIND, payment } from "../../support/cast.ts";
import { openAgain, testDatabaseUrl } from "../../support/database.ts";
import { type Story, tellStory } from "../../support/story.ts";

/** What only the debtor's people, their mails and their words contain. */
const PERSONAL = [
  "Nordwind Handel",
  "nordwind.example",
  "Bela",
  "Carla",
  "Hafenweg",
  "pallets",
  "delivery-note",
];
const TOLD = { customerRef: "NORDWIND", because: "asked for on 3 March", author: "cli:frieda" };

/** Weeks with a customer who answered in every way, and who has paid; another one's invoice stays open. */
async function lived(url?: string): Promise<Story> {
  const story = await tellStory({ at: "2026-02-26T10:00:00Z", ...(url && { db: await openAgain(url) }) });
  story.writer.letter = writeLetter;
  await story.customers(HUAYUE);
  await story.invoices(
    invoice({ number: "A", paymentUrl: "https://pay.example/nordwind.example" }),
    invoice({ number: "B" }),
    invoice({ number: "C", customerRef: HUAYUE.ref }),
  );
  await story.walk("2026-03-10");
  const { rows } = await story.db.client.execute("SELECT id FROM customers WHERE ref = 'NORDWIND'");
  const customerId = String(rows[0]!.id);
  const content = Buffer.from("%PDF-1.4 for Bela Buch");
  await attachDocument(story, {
    invoiceNumber: "A",
    kind: "proof",
    author: "debtor",
    name: "delivery-note.pdf",
    content,
  });
  await proposeContact(story, {
    customerId,
    name: "Carla Kasse",
    email: "carla@nordwind.example",
    author: "debtor",
  });
  const promise = { on: day("2026-03-18"), name: "Bela Buch", author: "debtor", by: "debtor" } as const;
  await makePromise(story, { ...promise, invoices: [{ number: "A", amountMinor: 50_000 }] });
  await openDispute(story, {
    invoiceNumber: "B",
    reason: "goods",
    text: "two pallets broke",
    name: "Bela",
    author: "debtor",
  });
  await setHold(story, {
    invoiceNumber: "B",
    reason: "Bela called",
    until: day("2026-03-20"),
    author: "cli:frieda",
  });
  const kept = {
    source: "payments",
    reason: "no such invoice",
    body: '{"from":"bills@nordwind.example"}',
  } as const;
  await keepWebhook(story, { id: "payments 1", ...kept });
  await story.pay(payment({ invoiceNumber: "A" }), payment({ invoiceNumber: "B" }));
  await story.walk("2026-03-12");
  return story;
}

async function verify(story: Story): Promise<BrokenLink[]> {
  const broken: BrokenLink[] = [];
  await verifyLedger(story, (link) => broken.push(link));
  return broken;
}

/** Every text in every table. */
async function everything({ db }: Story): Promise<string> {
  const tables = await db.client.execute("SELECT name FROM sqlite_master WHERE type = 'table'");
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    texts.push(JSON.stringify((await db.client.execute(`SELECT * FROM "${name}"`)).rows));
  }
  return texts.join("\n");
}

const personalIn = (text: string) => PERSONAL.filter((word) => text.includes(word));

test("nothing personal is left of an erased customer, in any table and in no byte of the file", async () => {
  const url = await testDatabaseUrl();
  const story = await lived(url);
  expect(personalIn(await everything(story))).toEqual(PERSONAL);
  await eraseCustomer(story, TOLD);
  expect(personalIn(await everything(story))).toEqual([]);
  const { rows } = await story.db.client.execute(
    "SELECT count(*) AS n FROM messages m JOIN reminders r ON r.id = m.reminder_id JOIN customers c ON c.id = r.customer_id WHERE c.ref = 'NORDWIND'",
  );
  expect(rows[0]!.n).toBe(0);
  await rewriteFile(story.db);
  const path = url.replace("file:", "");
  const bytes = Buffer.concat([await readFile(path), await readFile(`${path}-wal`)]).toString("latin1");
  expect(personalIn(bytes)).toEqual([]);
  expect(bytes).toContain("ap@huayue.example");
});

test("an address that bounced leaves with its customer though another one replaced it, and stays where it complained or is another customer's", async () => {
  const story = await lived();
  const bounced = async (address: string) => {
    await suppressAddress(story, { address, reason: "bounce", source: "ses" });
    const to = { email: "right@nordwind.example" };
    await correctContact(story, { customerRef: "NORDWIND", from: address, to, author: "cli:rita" });
  };
  await bounced("bills@nordwind.example");
  await story.invoices(invoice({ number: "E" }));
  for (const email of ["never-mailed@nordwind.example", "ap@huayue.example"])
    await correctContact(story, { customerRef: "NORDWIND", to: { email }, author: "cli:rita" });
  await bounced("never-mailed@nordwind.example");
  await suppressAddress(story, { address: "ap@huayue.example", reason: "bounce", source: "ses" });
  await suppressAddress(story, { address: "right@nordwind.example", reason: "complaint", source: "ses" });
  await story.pay(payment({ invoiceNumber: "E" }));
  await eraseCustomer(story, TOLD);
  const { rows } = await story.db.client.execute("SELECT address FROM suppressions ORDER BY address");
  expect(rows.map(({ address }) => address)).toEqual(["ap@huayue.example", "right@nordwind.example"]);
});

test("an erasure reaches the digests of former names, and no payment data of others whose words have the name in them", async () => {
  const story = await lived();
  const naming = "SELECT count(*) AS n FROM alerts WHERE instr(payload, 'Nordwind Handel') > 0";
  expect(Number((await story.db.client.execute(naming)).rows[0]!.n)).toBeGreaterThan(0);
  await story.customers({ ...NORDWIND, name: "Al" });
  const theirs = { id: "payments 2", source: "payments", reason: "no such invoice" } as const;
  await keepWebhook(story, { ...theirs, body: '{"customer":"Alpha","memo":"All of it"}' });
  await eraseCustomer(story, TOLD);
  expect((await story.db.client.execute(naming)).rows).toMatchObject([{ n: 0 }]);
  const { rows } = await story.db.client.execute("SELECT id FROM kept_webhooks");
  expect(rows).toMatchObject([{ id: "payments 2" }]);
});

test("nobody is asked any more about an erased customer", async () => {
  const story = await lived();
  const waiting = async () => (await myQueue(story, NORDWIND.ownerEmail!)).waiting.map(({ kind }) => kind);
  expect(await waiting()).toContain("contact_proposed");
  await eraseCustomer(story, TOLD);
  expect(await waiting()).toEqual(["account_check"]);
});

test("the chains hold after an erasure, and say what was erased, when, by whom and why", async () => {
  const story = await lived();
  const before = await story.db.client.execute("SELECT hash FROM ledger ORDER BY invoice_id, seq");
  expect(await eraseCustomer(story, TOLD)).toMatchObject({ invoices: 2, erasedBefore: null });
  expect(await verify(story)).toEqual([]);
  const after = await story.db.client.execute(
    "SELECT hash, kind, author, data FROM ledger ORDER BY invoice_id, seq",
  );
  expect(after.rows.map(({ hash }) => hash)).toEqual(
    expect.arrayContaining(before.rows.map(({ hash }) => hash)),
  );
  const erasures = after.rows.filter(({ kind }) => kind === "personal_data_erased");
  expect(erasures.map(({ author, data }) => [author, JSON.parse(String(data)).because])).toEqual([
    ["cli:frieda", TOLD.because],
    ["cli:frieda", TOLD.because],
  ]);
  const kept = after.rows.map(({ data }) => String(data)).join();
  for (const fact of ['"amount":"500.00"', '"reason":"goods"', '"stage":"pre_due"'])
    expect(kept).toContain(fact);
});

test.each([
  ["what an erasure left of an entry", "data = replace(data, '500.00', '5.00')", "kind = 'promise_made'"],
  [
    "what an erasure took nothing from",
    "data = replace(data, '1000.00', '10.00')",
    "kind = 'invoice_imported' AND invoice_id IN (SELECT id FROM invoices WHERE number = 'B')",
  ],
  ["what the erasure says", "data = replace(data, 'asked', 'not asked')", "kind = 'personal_data_erased'"],
])("finds that somebody changed %s", async (_, set, where) => {
  const story = await lived();
  await eraseCustomer(story, TOLD);
  await story.db.client.executeMultiple(
    `DROP TRIGGER ledger_keeps_its_entries; UPDATE ledger SET ${set} WHERE ${where}`,
  );
  expect((await verify(story)).length).toBeGreaterThan(0);
});

test("finds that somebody took personal data out without saying so", async () => {
  const story = await lived();
  await story.db.batch([
    "UPDATE ledger SET data = json_remove(data, '$.name', '$.note', '$.reason') WHERE kind = 'promise_made'",
  ]);
  expect(await verify(story)).toMatchObject([{ invoice: "A", problem: "changed" }]);
});

test("a message that was gone before the erasure is still missed after it", async () => {
  const story = await lived();
  const { rows } = await story.db.client.execute(
    "DELETE FROM messages WHERE rowid = 1 RETURNING reminder_id",
  );
  await eraseCustomer(story, TOLD);
  const { faults } = await pack(story, "A");
  expect(faults).toEqual([`the ledger tells of ${rows[0]!.reminder_id}, which is gone`]);
});

test("the evidence says what was erased, and its own program finds it whole", async () => {
  const story = await lived();
  await eraseCustomer(story, TOLD);
  const { bytes, faults } = await pack(story, "A");
  const bundle = await unpack(bytes);
  expect([faults, await bundle.verify()]).toEqual([[], []]);
  expect(await bundle.text("timeline.html")).toMatch(/Personal data erased[\s\S]*asked for on 3 March/);
  const ledger = await bundle.json("ledger.json");
  ledger.entries[0].data = ledger.entries[0].data.replace("1000.00", "10.00");
  await bundle.write("ledger.json", JSON.stringify(ledger));
  expect(await bundle.verify()).toContain("WRONG  ledger.json: entry 1 does not hold");
});

test("nothing is erased while something is open, before retention is over unless forced, or over a broken ledger", async () => {
  const story = await lived();
  await expect(eraseCustomer(story, { ...TOLD, customerRef: "HUAYUE" })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("invoices that are not settled"),
  });
  await expect(eraseCustomer(story, { ...TOLD, customerRef: "NOBODY" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(eraseCustomer(story, { ...TOLD, because: " " })).rejects.toMatchObject({ code: "invalid" });
  const keeping = { ...story, settings: { ...story.settings, RETENTION_DAYS: 30 } };
  await expect(eraseCustomer(keeping, TOLD)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/kept until 2026-04-\d\d/),
  });
  await story.db.client.executeMultiple(
    "DROP TRIGGER ledger_keeps_its_entries; UPDATE ledger SET author = 'nobody' WHERE kind = 'promise_made'",
  );
  await expect(eraseCustomer(story, TOLD)).rejects.toMatchObject({
    message: expect.stringContaining("broken at entry"),
  });
  expect(personalIn(await everything(story))).toEqual(PERSONAL);
});

test("what is recorded while an erasure reads is not overlooked: nothing is erased, and repeating it reaches that too", async () => {
  const story = await lived();
  await story.invoices(invoice({ number: "D", status: "void" }));
  const late = { invoiceNumber: "D", kind: "other", author: "debtor", name: "late.pdf" } as const;
  const db: Story["db"] = {
    ...story.db,
    async write(work) {
      await attachDocument(story, { ...late, content: Buffer.from("%PDF-1.4 of Bela, late") });
      return story.db.write(work);
    },
  };
  await expect(eraseCustomer({ ...story, db }, TOLD)).rejects.toMatchObject({ code: "conflict" });
  expect(personalIn(await everything(story))).toEqual(PERSONAL);
  await eraseCustomer(story, TOLD);
  expect(personalIn(await everything(story))).toEqual([]);
  expect(await verify(story)).toEqual([]);
});

test("an erasure that is repeated changes nothing more in the ledger", async () => {
  const story = await lived();
  await eraseCustomer(story, { ...TOLD, isForced: true });
  expect(await eraseCustomer(story, TOLD)).toMatchObject({ invoices: 0, erasedBefore: story.clock() });
  expect(await verify(story)).toEqual([]);
});

test("customers with whom nothing happened for RETENTION_DAYS are erased by the clock, and no others", async () => {
  const story = await lived();
  const keeping = { ...story, settings: { ...story.settings, RETENTION_DAYS: 30 } };
  const names = async () =>
    (await story.db.client.execute("SELECT name FROM customers ORDER BY ref")).rows.map(({ name }) => name);
  await eraseOutlived(keeping);
  expect(await names()).toEqual([HUAYUE.name, "Nordwind Handel"]);
  story.clock.advance({ days: 31 });
  await eraseOutlived({ ...story });
  expect(await names()).toEqual([HUAYUE.name, "Nordwind Handel"]);
  await tick(keeping);
  expect(await names()).toEqual([HUAYUE.name, "erased"]);
  expect(await verify(story)).toEqual([]);
});

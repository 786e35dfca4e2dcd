import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeLetter } from "../../src/email/write-letter.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { setHold } from "../../src/reminders/decisions/set-hold.ts";
import { attachDocument } from "../../src/reminders/records/attach-document.ts";
import { day, HUAYUE, invoice, payment } from "../support/cast.ts";
import { type Story, tellStory } from "../support/story.ts";
import { type Bundle, pack, unpack } from "./packed.ts";

const CONTRACT = Buffer.from("%PDF-1.4 the contract");
const NUMBER = "RE/2026 <1>";

/** Weeks of an invoice and of another one beside it, with a bit of everything on record. */
async function lived(): Promise<Story> {
  const story = await tellStory({ at: "2026-02-26T10:00:00Z" });
  story.writer.letter = writeLetter;
  await story.customers(HUAYUE);
  await story.invoices(
    invoice({ number: NUMBER }),
    invoice({ number: "B-2" }),
    invoice({ number: "C-3", customerRef: HUAYUE.ref }),
  );
  await story.walk("2026-03-12");
  const attached = { invoiceNumber: NUMBER, kind: "contract", author: "cli:frieda" } as const;
  await attachDocument(story, { ...attached, name: "合同 <b>.pdf", content: CONTRACT });
  await story.pay(
    payment({ invoiceNumber: NUMBER, amountMinor: 25_000, reference: "SEPA 4711" }),
    payment({ invoiceNumber: "B-2", amountMinor: 333, reference: "for B-2 alone" }),
  );
  const held = { reason: "two pumps came <broken>", until: day("2026-03-20"), author: "slack:U1RITA" };
  await setHold(story, { ...held, invoiceNumber: NUMBER });
  await setHold(story, { ...held, customerRef: HUAYUE.ref, reason: "of Huayue alone" });
  await setHold(story, { ...held, invoiceNumber: "B-2", reason: "of B-2 alone" });
  const promise = { on: day("2026-03-18"), name: "Bela Buch", author: "debtor", by: "debtor" } as const;
  await makePromise(story, { ...promise, invoices: [{ number: NUMBER, amountMinor: 50_000 }] });
  await story.tickOnce();
  await story.db.client.executeMultiple(besides(story));
  return story;
}

/** What other parts of the product write, as their tables hold it. */
function besides({ clock }: Story): string {
  const at = clock();
  const of = (number: string) => `FROM invoices WHERE number = '${number}'`;
  const hold = `(SELECT id FROM holds WHERE invoice_id IS NOT NULL LIMIT 1)`;
  return `
    INSERT INTO disputes (id, customer_id, invoice_id, hold_id, state, reason, text, author, opened_at, answer_due_at, answer)
      SELECT 'dsp_1', customer_id, id, ${hold}, 'rejected', 'quantity', 'only three came', 'debtor', ${at}, ${at}, 'four did' ${of(NUMBER)};
    INSERT INTO plans (id, customer_id, state, currency, author, asked_at)
      SELECT 'pln_1', customer_id, 'asked', 'EUR', 'debtor', ${at} ${of(NUMBER)};
    INSERT INTO plan_invoices (plan_id, invoice_id, amount_minor) SELECT 'pln_1', id, 75000 ${of(NUMBER)};
    INSERT INTO plan_invoices (plan_id, invoice_id, amount_minor) SELECT 'pln_1', id, 99667 ${of("B-2")};
    INSERT INTO instalments (plan_id, seq, on_day, amount_minor, state) VALUES ('pln_1', 1, 20540, 60000, 'open');
    INSERT INTO deliveries (id, mail_id, kind, address, detail, at, recorded_at)
      SELECT 'evt-' || r.id, r.id, 'delivery', 'bills@nordwind.example', '250 ok', r.sent_at + 1500, r.sent_at + 9000 FROM reminders r;`;
}

let story: Story;
let bundle: Bundle;
beforeAll(async () => {
  story = await lived();
  bundle = await unpack((await pack(story, NUMBER)).bytes);
});

test("packs every message and document byte for byte, and what its own program finds nothing wrong with", async () => {
  const mails = bundle.paths.filter((path) => path.startsWith("messages/"));
  expect(mails).toEqual([
    expect.stringMatching(/^messages\/2026-02-27-pre_due-rem_[0-9a-z]{23}\.eml$/),
    expect.stringMatching(/^messages\/2026-03-09-overdue_3-rem_[0-9a-z]{23}\.eml$/),
    expect.stringMatching(/^messages\/2026-03-12-promise_confirmed-ntc_[0-9a-z]{23}\.eml$/),
  ]);
  for (const path of mails) {
    const sent = story.mailer.mails.find(({ id }) => path.includes(id));
    expect(await readFile(join(bundle.folder, path))).toEqual(Buffer.from(sent!.raw));
  }
  const [contract] = bundle.paths.filter((path) => path.startsWith("documents/"));
  expect(contract).toMatch(/^documents\/contract-_b_-doc_[0-9a-z]{23}\.pdf$/);
  expect(await readFile(join(bundle.folder, contract!))).toEqual(CONTRACT);
  expect(await bundle.verify()).toEqual([]);
});

test("the record tells of money, holds, promises, disputes, plans, messages and their delivery", async () => {
  const record = await bundle.json("record.json");
  expect(record).toMatchObject({
    creditor: { legal_name: "Acme GmbH" },
    customer: { ref: "NORDWIND" },
    invoice: { number: NUMBER, amount: "1000.00", balance: "750.00", due_on: "2026-03-04" },
    payments: [{ kind: "payment", allocated: "250.00", reference: "SEPA 4711", paid_on: "2026-03-02" }],
    holds: [
      { kind: "manual", is_on_customer: false, until: "2026-03-20", author: "slack:U1RITA" },
      { kind: "promise", amount: "500.00" },
    ],
    promises: [{ state: "open", amount: "500.00", promised_on: "2026-03-18", name: "Bela Buch" }],
    disputes: [{ state: "rejected", amount: null, reason: "quantity", answer: "four did" }],
    plans: [{ share: "750.00", invoices: 2, instalments: [{ due_on: "2026-03-28", amount: "600.00" }] }],
    reminders: [
      { stage: "pre_due", state: "sent", asked: "1000.00", sent_at: "2026-02-27T10:00:00.000Z" },
      { stage: "overdue_3" },
    ],
    notices: [{ kind: "promise_confirmed", state: "sent", recipients: ["bills@nordwind.example"] }],
    deliveries: [{ kind: "delivery", address: "bills@nordwind.example", at: "2026-02-27T10:00:01.500Z" }, {}],
    documents: [{ kind: "contract", name: "合同 _b_.pdf", bytes: CONTRACT.length }],
  });
  expect(bundle.paths).toEqual(expect.arrayContaining([record.reminders[0].file, record.documents[0].file]));
});

test("the timeline tells it in words, in the customer's zone and in UTC, on a page that loads nothing", async () => {
  const { entries, time_zone: zone } = await bundle.json("timeline.json");
  expect([zone, entries.map(({ title }: { title: string }) => title)]).toEqual([
    "Europe/Berlin",
    [
      "Invoice recorded",
      "Reminder on its way: pre due",
      "Reminder taken by the mail provider: pre due",
      "Reminder on its way: overdue 3",
      "Reminder taken by the mail provider: overdue 3",
      "Document attached: contract",
      "Payment recorded: €250.00",
      "Hold set: manual",
      "Promise made",
      "Notice sent: promise confirmed",
    ],
  ]);
  const page = await bundle.text("timeline.html");
  for (const words of ["Fri, 27 Feb 2026, 11:00", "2026-02-27 10:00:00 UTC", "U1RITA, in Slack", "250 ok"]) {
    expect(page).toContain(words);
  }
  expect(page).toContain("two pumps came &lt;broken&gt;");
  expect(page).toContain("RE/2026 &lt;1&gt;");
  expect(page).not.toMatch(/<script|https?:|@import|url\(/);
});

test("tells nothing of other customers, nor of other invoices beyond what a message they share says", async () => {
  for (const path of bundle.paths.filter((one) => !one.startsWith("messages/"))) {
    const told = /B-2|C-3|HUAYUE|Huayue|996\.67/.exec(await bundle.text(path));
    expect([path, told?.[0]]).toEqual([path, undefined]);
  }
});

test("the same facts make the same bytes, wherever and whenever they are packed", async () => {
  const { TZ } = process.env;
  const first = await pack(story, NUMBER);
  process.env.TZ = "Asia/Tokyo";
  story.clock.advance({ days: 3 });
  const second = await pack(story, NUMBER);
  process.env.TZ = TZ ?? "";
  if (TZ === undefined) delete process.env.TZ;
  expect(second.bytes.equals(first.bytes)).toBe(true);
});

test("the README shows how the first hash is made, so that anybody can follow", async () => {
  const readme = await bundle.text("README.txt");
  const line = /on one line:\n\n(.*)\n/.exec(readme)![1]!;
  const hash = createHash("sha256").update(line).digest("hex");
  expect(readme.split(hash)).toHaveLength(3);
  expect((await bundle.json("ledger.json")).entries[0].hash).toBe(hash);
  expect(readme).not.toContain("DOES NOT HOLD");
});

describe("the bundle's own program", () => {
  /** Changes a file, asks, and puts it back. */
  async function faultsAfter(changes: Record<string, (content: string) => string>): Promise<string[]> {
    const before = new Map<string, Buffer>();
    for (const [path, change] of Object.entries(changes)) {
      const content = await readFile(join(bundle.folder, path));
      before.set(path, content);
      await bundle.write(path, Buffer.from(change(content.toString("latin1")), "latin1"));
    }
    const faults = await bundle.verify();
    for (const [path, content] of before) await bundle.write(path, content);
    return faults;
  }

  const pathOf = (start: string) => bundle.paths.find((path) => path.startsWith(start))!;
  const flip = (content: string) => {
    const middle = content.length >> 1;
    const other = String.fromCharCode(content.charCodeAt(middle) ^ 1);
    return content.slice(0, middle) + other + content.slice(middle + 1);
  };
  const hash = (content: string) => createHash("sha256").update(Buffer.from(content, "latin1")).digest("hex");
  /** As somebody does who knows of the manifest. */
  const withManifest = async (path: string, change: (content: string) => string) => {
    const content = await readFile(join(bundle.folder, path), "latin1");
    const changed = change(content);
    const listed = (manifest: string) =>
      manifest
        .replace(hash(content), hash(changed))
        .replace(
          `"bytes": ${content.length},\n      "sha256": "${hash(changed)}`,
          `"bytes": ${changed.length},\n      "sha256": "${hash(changed)}`,
        );
    return faultsAfter({ [path]: () => changed, "manifest.json": listed });
  };

  test.each([
    "messages/2026-02-27",
    "messages/2026-03-12",
    "documents/",
    "README.txt",
    "timeline.html",
    "timeline.json",
    "record.json",
    "ledger.json",
  ])("names a file of %s of which one byte was changed", async (start) => {
    const path = pathOf(start);
    expect(await faultsAfter({ [path]: flip })).toContain(
      `WRONG  ${path} is not what manifest.json says of it`,
    );
  });

  test("names itself where only a remark in it was changed", async () => {
    const path = "verify.mjs";
    expect(await faultsAfter({ [path]: (text) => text.replace("Node 20", "Node 2x") })).toEqual([
      `WRONG  ${path} is not what manifest.json says of it`,
    ]);
  });

  test("names what the manifest does not say rightly, or that it cannot be read", async () => {
    expect((await faultsAfter({ "manifest.json": flip })).join()).toMatch(/manifest\.json/);
    expect(await faultsAfter({ "manifest.json": (text) => text.slice(1) })).toContain(
      "WRONG  manifest.json cannot be read",
    );
    for (const changed of [": ", '"files"']) {
      expect(
        await faultsAfter({ "manifest.json": (text) => text.replace(changed, `${changed.slice(1)} `) }),
      ).toContain("WRONG  manifest.json is not as it was packed");
    }
  });

  test("names a message, a document or an entry that was changed together with the manifest", async () => {
    const [message, notice] = [pathOf("messages/"), pathOf("messages/2026-03-12")];
    const document = pathOf("documents/");
    expect(await withManifest(notice, flip)).toEqual([`WRONG  ${notice} is not what the ledger says of it`]);
    expect(await withManifest(message, flip)).toEqual([
      `WRONG  ${message} is not what the ledger says of it`,
    ]);
    expect(await withManifest(document, flip)).toEqual([
      `WRONG  ${document} is not what the ledger says of it`,
    ]);
    expect(await withManifest("ledger.json", (text) => text.replace("250.00", "950.00"))).toEqual([
      "WRONG  ledger.json: entry 7 does not hold",
    ]);
  });

  test("names an end that was cut off, a file that is gone and one that was put in", async () => {
    const cut = (text: string) => {
      const ledger = JSON.parse(Buffer.from(text, "latin1").toString());
      ledger.entries.pop();
      return Buffer.from(`${JSON.stringify(ledger, null, 2)}\n`).toString("latin1");
    };
    expect(await withManifest("ledger.json", cut)).toEqual([
      "WRONG  ledger.json: it does not end with the entry on record",
    ]);
    const message = pathOf("messages/");
    const id = /rem_[0-9a-z]+/.exec(message)![0];
    const content = await readFile(join(bundle.folder, message));
    await rm(join(bundle.folder, message));
    await bundle.write("documents/forged.pdf", "x");
    expect(await bundle.verify()).toEqual([
      `WRONG  ${message} is missing, and manifest.json lists it`,
      "WRONG  documents/forged.pdf is not among the files that manifest.json lists",
      `WRONG  ${id}: the ledger tells of it, and it is not here`,
    ]);
    await bundle.write(message, content);
    await rm(join(bundle.folder, "documents/forged.pdf"));
    expect(await bundle.verify()).toEqual([]);
  });
});

describe("a record that was changed in the database", () => {
  test.each([
    [
      "an entry of the ledger",
      ["DROP TRIGGER ledger_keeps_its_entries", "UPDATE ledger SET author = 'nobody' WHERE seq = 2"],
      "the ledger's chain is broken at entry 2: what it says is not what was hashed",
      "ledger.json: entry 2 does not hold",
    ],
    [
      "a document",
      ["UPDATE documents SET content = cast('forged' AS blob)"],
      /^the content of doc_\w+ is not what was recorded of it$/,
      /documents\/\S+ is not what the ledger says of it/,
    ],
    [
      "a message that cannot be unpacked",
      [
        "UPDATE messages SET raw = cast('noise' AS blob) WHERE reminder_id = (SELECT min(reminder_id) FROM messages)",
      ],
      /^the content of rem_\w+ is gone$/,
      /rem_\w+: the ledger tells of it, and it is not here/,
    ],
    [
      "a document that was taken away",
      ["DELETE FROM documents"],
      /^the ledger tells of doc_\w+, which is gone$/,
      /doc_\w+: the ledger tells of it, and it is not here/,
    ],
  ])("is packed all the same, and told of plainly: %s", async (_, statements, fault, found) => {
    const forged = await lived();
    await forged.db.client.executeMultiple(statements.join(";\n"));
    const { bytes, faults } = await pack(forged, NUMBER);
    expect(faults).toEqual([typeof fault === "string" ? fault : expect.stringMatching(fault)]);
    const unpacked = await unpack(bytes);
    expect(await unpacked.text("README.txt")).toMatch(/WHAT DOES NOT HOLD.*Do not\nrely on it.* {2}- the /s);
    expect(await unpacked.text("timeline.html")).toContain("Does not hold");
    expect((await unpacked.verify()).join("\n")).toMatch(found);
  });
});

test("an unknown invoice has no evidence", async () => {
  await expect(pack(story, "X-9")).rejects.toMatchObject({ code: "not_found" });
});

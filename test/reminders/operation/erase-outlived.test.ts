import { beforeEach, expect, test } from "vitest";
import { logCall } from "../../../src/reminders/agreements/log-call.ts";
import { proposeContact } from "../../../src/reminders/agreements/propose-contact.ts";
import { eraseCustomer } from "../../../src/reminders/operation/erase-customer.ts";
import { eraseOutlived } from "../../../src/reminders/operation/erase-outlived.ts";
import { attachDocument } from "../../../src/reminders/records/attach-document.ts";
import { correctContact } from "../../../src/reminders/records/correct-contact.ts";
import { handleReply } from "../../../src/reminders/replies/handle-reply.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { invoice, payment } from "../../support/cast.ts";
import { deliver, repliesIn, writtenMail } from "../../support/incoming.ts";
import { type Story, tellStory } from "../../support/story.ts";

const customerRef = "NORDWIND";
const author = "cli:rita";

let story: Story;

beforeEach(async () => {
  story = await tellStory({ at: "2026-03-02T10:00:00Z" });
  story = { ...story, settings: { ...story.settings, RETENTION_DAYS: 30 } };
  await story.invoices(invoice({ number: "A" }));
  await story.pay(payment({ invoiceNumber: "A" }));
});

async function isErased(): Promise<boolean> {
  const { rows } = await story.db.client.execute("SELECT name FROM customers WHERE ref = 'NORDWIND'");
  return rows[0]!.name === "erased";
}

const happenings: [what: string, happen: () => Promise<unknown>][] = [
  ["a call", () => logCall(story, { customerRef, person: "Bela", said: "a receipt", author, by: "owner" })],
  ["a document", attach],
  [
    "a right address",
    () => correctContact(story, { customerRef, from: "bills@nordwind.example", to: NEW, author }),
  ],
  ["an address that the debtor named", propose],
  ["a reply", reply],
  ["a bounce that came late", () => enterInLedger("reminder_bounced")],
];

const NEW = { email: "right@nordwind.example" };

function attach() {
  const content = Buffer.from("%PDF-1.4 the contract");
  return attachDocument(story, { invoiceNumber: "A", kind: "contract", author, name: "frame.pdf", content });
}

async function propose() {
  const { rows } = await story.db.client.execute("SELECT id FROM customers WHERE ref = 'NORDWIND'");
  const customerId = String(rows[0]!.id);
  return proposeContact(story, { customerId, name: "Carla", email: "carla@nordwind.example", author });
}

async function reply() {
  const { id } = await deliver(story, writtenMail({ text: "Which order was this for?" }));
  await handleReply(story, { replyId: id, author });
}

/** As whatever enters something without deciding anything upon it. */
async function enterInLedger(kind: string) {
  await story.db.client.execute({
    sql: `INSERT INTO ledger (invoice_id, seq, at, kind, author, data, prev_hash, hash)
          SELECT invoice_id, seq + 1, ?, ?, 'provider', '{}', hash, 'another' FROM ledger_heads`,
    args: [story.clock(), kind],
  });
}

test.each(happenings)("a customer is kept for RETENTION_DAYS after %s", async (_, happen) => {
  story.clock.advance({ days: 29 });
  await happen();
  await tick(story);
  story.clock.advance({ days: 2 });
  await eraseOutlived(story);
  expect(await isErased()).toBe(false);
  const told = { customerRef, because: "asked for", author };
  await expect(eraseCustomer(story, told)).rejects.toMatchObject({
    message: "customer NORDWIND is kept until 2026-04-30 (RETENTION_DAYS), unless forced",
  });
});

test("what came of an erased customer is erased in its turn", async () => {
  story.clock.advance({ days: 31 });
  await eraseOutlived(story);
  story.clock.advance({ hours: 1 });
  await attach();
  const documents = async () => (await story.db.client.execute("SELECT id FROM documents")).rows.length;
  story.clock.advance({ days: 29 });
  await eraseOutlived(story);
  expect(await documents()).toBe(1);
  story.clock.advance({ days: 2 });
  await eraseOutlived(story);
  expect(await documents()).toBe(0);
});

test("a mail of nobody on record leaves after RETENTION_DAYS, with what people were told of it", async () => {
  const mail = (text: string) =>
    deliver(story, writtenMail({ text, from: "Bela <bela@home.example>", subject: "your bill" }));
  await mail("Call me, Zephyrine");
  story.clock.advance({ days: 1 });
  await mail("Bela again");
  story.clock.advance({ days: 29 });
  await tick(story);
  const kept = async () => {
    const sql =
      "SELECT quote AS words FROM replies UNION ALL SELECT payload FROM alerts WHERE kind = 'reply_unmatched'";
    return JSON.stringify((await story.db.client.execute(sql)).rows);
  };
  expect(await kept()).not.toContain("Zephyrine");
  expect(await kept()).toMatch(/Bela again.*Bela again/);
  const { rows } = await story.db.client.execute("SELECT asks FROM alerts WHERE kind = 'reply_unmatched'");
  expect(rows.map(({ asks }) => asks)).toEqual([0, 1]);
  expect(await repliesIn(story)).toHaveLength(1);
});

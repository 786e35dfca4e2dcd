import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { readSettings } from "../../../src/config.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { day } from "../../support/cast.ts";
import { deliver, FORGED, reminded, repliesIn, told, UNPROVED, writtenMail } from "../../support/incoming.ts";
import { ledgerOf, openHolds } from "../../support/stored.ts";

const PROMISE = "Hello,\r\n\r\nwe will pay on 20 March 2026.\r\n\r\nBela Buch";

test("a person's answer to the reply address holds its invoice and reaches the owner with what is proposed", async () => {
  const { story, replyTo, mailId } = await reminded();
  await deliver(story, writtenMail({ text: PROMISE, to: replyTo }));
  expect(await openHolds(story.db, { number: "A-100" })).toMatchObject([
    { kind: "reply", until: day("2026-03-12"), question_to: "rita.rep@acme.example" },
  ]);
  const [alert] = await told(story, "reply_received");
  expect(alert).toMatchObject({
    to: "rita.rep@acme.example",
    invoices: [{ number: "A-100" }],
    details: {
      reply: { kind: "promise", quote: "we will pay on 20 March 2026.", proof: "passed" },
      proposal: {
        action: "accept_promise",
        on: day("2026-03-20"),
        shares: [{ number: "A-100", currency: "EUR", amountMinor: null }],
      },
    },
  });
  expect((await ledgerOf(story.db, "A-100")).at(-1)).toMatchObject({
    kind: "reply_received",
    author: "debtor",
    data: { kind: "promise", answers: mailId, matched_by: "token", sender: "passed" },
  });
});

test("an answer in the thread is known by our own Message-ID and by the one that SES puts in its place", async () => {
  const { story, mailId } = await reminded();
  await story.db.client.execute("UPDATE reminders SET provider_id = '0100019-ses-000000'");
  for (const id of [`<${mailId}@acme.example>`, "<0100019-ses-000000@eu-central-1.amazonses.com>"]) {
    for (const header of ["In-Reply-To", "References"]) {
      await deliver(story, writtenMail({ text: PROMISE, headers: `${header}: <x@y.example> ${id}\r\n` }));
    }
  }
  const replies = await repliesIn(story);
  expect(replies.map(({ matched_by, mail_id }) => [matched_by, mail_id])).toEqual(
    Array(4).fill(["thread", mailId]),
  );
});

test("a mail of a known sender is matched by the invoice number in its subject or text", async () => {
  const { story } = await reminded();
  await deliver(story, writtenMail({ text: PROMISE, subject: "Invoice A-100" }));
  await deliver(story, writtenMail({ text: `About A-100: ${PROMISE}`, from: "BILLS@Nordwind.example" }));
  expect((await repliesIn(story)).map(({ matched_by }) => matched_by)).toEqual(["sender", "sender"]);
  expect(await openHolds(story.db, { number: "A-100" })).toHaveLength(2);
});

test("a mail that fits nothing is kept for finance, told once, and holds nothing", async () => {
  const { story } = await reminded();
  const raw = writtenMail({ text: PROMISE, from: "who@elsewhere.example" });
  await deliver(story, raw);
  await deliver(story, raw);
  expect(await told(story, "reply_unmatched")).toMatchObject([
    { to: "fin@acme.example", details: { proposal: { action: "answer" } } },
  ]);
  expect(await repliesIn(story)).toMatchObject([{ customer_id: null, state: "open" }]);
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
});

test("a flood of mails that fit nothing is told as one an hour, and each of them is kept", async () => {
  const { story } = await reminded();
  const flood = async () => {
    for (let i = 0; i < 15; i++)
      await deliver(story, writtenMail({ text: `Buy ${i}!`, from: "who@elsewhere.example" }));
  };
  await flood();
  expect(await told(story, "reply_unmatched")).toHaveLength(10);
  expect(await told(story, "service_problem")).toMatchObject([
    { to: "fin@acme.example", note: expect.stringContaining("dunwell replies") },
  ]);
  expect(await repliesIn(story)).toHaveLength(15);
  story.clock.advance({ hours: 2 });
  await flood();
  expect(await told(story, "reply_unmatched")).toHaveLength(20);
});

test("of several invoices the text names those it is about", async () => {
  const { story, replyTo } = await reminded({ invoices: [{ number: "A-100" }, { number: "A-200" }] });
  await deliver(story, writtenMail({ text: "Invoice A-200 is wrong, we dispute it.", to: replyTo }));
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
  expect(await openHolds(story.db, { number: "A-200" })).toHaveLength(1);
});

test("a reply token made up, or of another secret, proves nothing; one of the secret before counts", async () => {
  const { story, replyTo } = await reminded();
  const changed = replyTo.replace(/\.(.)/, (_, digit) => `.${digit === "0" ? "1" : "0"}`);
  await deliver(story, writtenMail({ text: PROMISE, to: changed, from: "a@b.example" }));
  expect(await repliesIn(story)).toMatchObject([{ matched_by: null }]);
  const { rows } = await story.db.client.execute("SELECT value FROM settings WHERE key = 'link_secret'");
  const former = JSON.parse(String(rows[0]!.value));
  const settings = readSettings({ LINK_SECRET: `a-new-secret-of-24-letters,${former}` });
  await deliver({ ...story, settings }, writtenMail({ text: PROMISE, to: replyTo.toUpperCase() }));
  expect((await repliesIn(story)).at(-1)).toMatchObject({ matched_by: "token" });
});

test("a mail whose sender fails holds nothing and proposes nothing, but is kept and told as unverified", async () => {
  const { story, replyTo } = await reminded({
    policy: { replies: { holdDays: 3, autoAcceptPromise: true } },
  });
  await deliver(story, writtenMail({ text: PROMISE, to: replyTo }), FORGED);
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
  expect(await told(story, "reply_received")).toEqual([]);
  expect(await told(story, "reply_unverified")).toMatchObject([
    { details: { proposal: { action: "answer" } } },
  ]);
  const { rows } = await story.db.client.execute("SELECT * FROM promises");
  expect(rows).toEqual([]);
});

test("of a mail that names two senders none is proved, and no policy accepts what it promises", async () => {
  for (const { from, headers } of [
    { from: "bills@nordwind.example, who@evil.example", headers: "" },
    { from: "bills@nordwind.example", headers: "From: who@evil.example\r\n" },
  ]) {
    const { story, mailId } = await reminded({
      policy: { replies: { holdDays: 3, autoAcceptPromise: true } },
    });
    const thread = `In-Reply-To: <${mailId}@acme.example>\r\n`;
    await deliver(story, writtenMail({ text: PROMISE, from, headers: thread + headers }));
    expect(await repliesIn(story)).toMatchObject([{ from_address: null, proof: "none", state: "open" }]);
    const named = "=?utf-8?q?Buch=2C_Bela?= <bills@nordwind.example>";
    await deliver(story, writtenMail({ text: PROMISE, from: named, headers: thread }));
    expect((await repliesIn(story))[1]).toMatchObject({ proof: "passed", state: "accepted" });
  }
});

test("a sender nobody vouches for is believed in a thread, and not by its address alone", async () => {
  const { story, replyTo } = await reminded();
  await deliver(story, writtenMail({ text: PROMISE, subject: "Invoice A-100" }), UNPROVED);
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
  await deliver(story, writtenMail({ text: PROMISE, to: replyTo }), UNPROVED);
  expect(await openHolds(story.db, { number: "A-100" })).toHaveLength(1);
});

test("an absence holds nothing, and the owner hears once until when", async () => {
  const { story, replyTo } = await reminded();
  for (const subject of ["Automatic reply: invoice", "Automatic reply: another"]) {
    const text = "I am out of the office and will be back on 16 March 2026.";
    await deliver(
      story,
      writtenMail({ text, to: replyTo, subject, headers: "Auto-Submitted: auto-replied\r\n" }),
    );
  }
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
  expect(await repliesIn(story)).toMatchObject([
    { state: "noted", returns_on: day("2026-03-16") },
    { state: "noted" },
  ]);
  expect(await told(story, "contact_away")).toMatchObject([{ note: "bills@nordwind.example · 2026-03-16" }]);
});

test("what came is kept byte for byte, with its hash in the ledger", async () => {
  const { story, replyTo } = await reminded();
  const raw = Buffer.concat([
    writtenMail({ text: PROMISE, to: replyTo }),
    Buffer.from([0xff, 0x00, 0x0d, 0xc3]),
  ]);
  await deliver(story, raw);
  const [reply] = await repliesIn(story);
  expect(inflateRawSync(new Uint8Array(reply!.raw as ArrayBuffer)).equals(raw)).toBe(true);
  const sha256 = createHash("sha256").update(raw).digest("hex");
  expect((await ledgerOf(story.db, "A-100")).at(-1)!.data.message_sha256).toBe(sha256);
});

test("headers that try to say more than they may change nothing", async () => {
  const { story, replyTo } = await reminded();
  const headers = `In-Reply-To: <rem_x' OR 1=1 --@acme.example>\r\nX-A: =?utf-8?Q?a=0D=0ATo:_${replyTo}?=\r\n`;
  const from = '"bills@nordwind.example" <evil@elsewhere.example>';
  await deliver(
    story,
    writtenMail({ text: PROMISE, from, headers, subject: "Re: A-100 =?utf-8?Q?=0D=0ABcc:x?=" }),
  );
  expect(await repliesIn(story)).toMatchObject([
    { matched_by: null, from_address: "evil@elsewhere.example" },
  ]);
});

test("what is shown of a mail steers no terminal and turns no reading direction", async () => {
  const { story, replyTo } = await reminded();
  const text = "Which order \u001b[2Jwas \u202ethis for?";
  await deliver(story, writtenMail({ text, to: replyTo, subject: "Re:\u001b[31m A-100\u2066" }));
  expect(await repliesIn(story)).toMatchObject([
    { quote: "Which order [2Jwas this for?", subject: "Re:[31m A-100" },
  ]);
});

test("six mails in ten orders, each of them twice, come to the same", async () => {
  const ends = new Set<string>();
  for (let order = 0; order < 10; order++) {
    const { story, replyTo } = await reminded();
    const mails = Array.from({ length: 6 }, (_, i) => {
      const text = i % 2 ? PROMISE : "Please send the invoice again, we never received it.";
      return writtenMail({ text, to: replyTo, messageId: `order-${i}` });
    });
    const turned = [...mails.slice(order), ...mails.slice(0, order)];
    for (const mail of [...turned, ...turned.toReversed()]) await deliver(story, mail);
    const kinds = (await repliesIn(story)).map(({ kind }) => String(kind)).sort();
    const holds = await openHolds(story.db, { number: "A-100" });
    ends.add(JSON.stringify([kinds, holds.length, (await told(story, "reply_received")).length]));
  }
  expect([...ends]).toEqual([
    JSON.stringify([[...Array(3).fill("not_received"), ...Array(3).fill("promise")], 6, 6]),
  ]);
});

test("a reply is a reason to wait, which `why` tells", async () => {
  const { story, replyTo } = await reminded();
  await deliver(story, writtenMail({ text: "Which order was this for?", to: replyTo }));
  expect(await why(story, { invoiceNumber: "A-100" })).toMatchObject({ reason: "held_reply" });
});

const SAMPLES = process.env.DUNWELL_SAMPLES && join(process.env.DUNWELL_SAMPLES, "mail/mime");

test.skipIf(!SAMPLES)(
  "every sample of real mail is taken once, and decides nothing about an invoice it does not name",
  async () => {
    const { story } = await reminded();
    const names = (await readdir(SAMPLES!, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const results: string[] = [];
    for (const { parentPath, name } of names) {
      const raw = await readFile(join(parentPath, name));
      for (let i = 0; i < 2; i++) results.push((await deliver(story, raw)).result);
    }
    expect(names.length).toBeGreaterThan(20);
    expect(results.filter((result) => result === "repeated").length).toBeGreaterThanOrEqual(names.length);
    expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
    expect((await story.db.client.execute("SELECT state FROM reminders")).rows).toMatchObject([
      { state: "sent" },
    ]);
  },
);

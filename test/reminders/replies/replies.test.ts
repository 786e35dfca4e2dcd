import { expect, test } from "vitest";
import type { Db } from "../../../src/db/open.ts";
import { askPlan } from "../../../src/reminders/agreements/ask-plan.ts";
import { acceptProposal } from "../../../src/reminders/replies/accept-proposal.ts";
import { handleReply } from "../../../src/reminders/replies/handle-reply.ts";
import { openReplies } from "../../../src/reminders/replies/list-replies.ts";
import { pack, unpack } from "../../evidence/packed.ts";
import { day } from "../../support/cast.ts";
import {
  deliver,
  type Reminded,
  reminded,
  repliesIn,
  told,
  UNPROVED,
  type Written,
  writtenMail,
} from "../../support/incoming.ts";
import { ledgerOf, openHolds } from "../../support/stored.ts";

const OWNER = { author: "slack:U1RITA" };
const AUTOMATIC = { policy: { replies: { holdDays: 3, autoAcceptPromise: true } } };

/** Delivers an answer to the reminder, and answers its id. */
async function answer(
  { story, replyTo }: Reminded,
  text: string,
  over: Partial<Written> = {},
): Promise<string> {
  return (await deliver(story, writtenMail({ text, to: replyTo, ...over }))).id;
}

async function rows({ story }: Reminded, sql: string) {
  return (await story.db.client.execute(sql)).rows;
}

test("accepting a promise records it, confirms it by mail, and ends the reply's hold", async () => {
  const of = await reminded();
  const replyId = await answer(of, "We will pay EUR 1,000.00 on 20 March 2026.");
  expect(await acceptProposal(of.story, { replyId, ...OWNER })).toEqual({
    id: replyId,
    action: "accept_promise",
  });
  expect(await rows(of, "SELECT state, amount_minor, author FROM promises")).toMatchObject([
    { state: "open", amount_minor: 100_000, author: "slack:U1RITA" },
  ]);
  expect((await openHolds(of.story.db, { number: "A-100" })).map(({ kind }) => kind)).toEqual(["promise"]);
  expect(await rows(of, "SELECT kind FROM notices")).toMatchObject([{ kind: "promise_confirmed" }]);
  expect((await ledgerOf(of.story.db, "A-100")).at(-1)).toMatchObject({
    kind: "reply_accepted",
    author: "slack:U1RITA",
    data: { reply: replyId, action: "accept_promise" },
  });
});

test("a date that is promised already moves, and stays one promise", async () => {
  const of = await reminded();
  const first = await answer(of, "We will pay on 20 March 2026.");
  await acceptProposal(of.story, { replyId: first, ...OWNER });
  const second = await answer(of, "Sorry, we will pay on 25 March 2026.");
  await acceptProposal(of.story, { replyId: second, ...OWNER });
  expect(await rows(of, "SELECT state, on_day FROM promises ORDER BY id")).toMatchObject([
    { state: "withdrawn", on_day: day("2026-03-20") },
    { state: "open", on_day: day("2026-03-25") },
  ]);
});

test("whoever decides second is told who was first", async () => {
  const of = await reminded();
  const replyId = await answer(of, "We will pay on 20 March 2026.");
  const both = await Promise.allSettled([
    acceptProposal(of.story, { replyId, ...OWNER }),
    acceptProposal(of.story, { replyId, author: "cli:frieda" }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(handleReply(of.story, { replyId, author: "cli:frieda" })).rejects.toThrow(
    /was accepted by slack:U1RITA \(2026-03-09 11:00 UTC\)/,
  );
  expect(await rows(of, "SELECT * FROM promises")).toHaveLength(1);
});

test("what cannot be done leaves the reply open, with its hold", async () => {
  const of = await reminded();
  const replyId = await answer(of, "I am not the right person for this, I have left accounting.");
  await expect(acceptProposal(of.story, { replyId, ...OWNER })).rejects.toThrow(/email is empty/);
  expect(await repliesIn(of.story)).toMatchObject([{ state: "open", decided_by: null }]);
  expect(await openHolds(of.story.db, { number: "A-100" })).toHaveLength(1);
  await acceptProposal(of.story, { replyId, ...OWNER, email: "ap@nordwind.example" });
  expect(await rows(of, "SELECT email FROM contacts ORDER BY id")).toMatchObject([
    { email: "bills@nordwind.example" },
    { email: "ap@nordwind.example" },
  ]);
  expect(await rows(of, "SELECT address, reason FROM suppressions")).toMatchObject([
    { address: "bills@nordwind.example", reason: "manual" },
  ]);
});

const EACH: [text: string, action: string, what: string, came: Record<string, unknown>][] = [
  [
    "The delivery was damaged, we dispute this invoice.",
    "open_dispute",
    "SELECT state FROM disputes",
    { state: "open" },
  ],
  [
    "We already paid this invoice on 5 March 2026.",
    "report_paid",
    "SELECT kind FROM holds WHERE ended_at IS NULL",
    { kind: "paid_reported" },
  ],
  [
    "Could we pay this in three instalments, please?",
    "offer_instalments",
    "SELECT kind FROM notices",
    { kind: "instalments_offered" },
  ],
  [
    "We never received this invoice, please send it again.",
    "resend_invoice",
    "SELECT kind FROM notices",
    { kind: "invoice_resent" },
  ],
  [
    "The invoice is still waiting for approval by our manager.",
    "wait",
    "SELECT kind FROM holds WHERE ended_at IS NULL",
    { kind: "manual" },
  ],
  [
    "Please write to ap@nordwind.example, I am not the right person.",
    "forward",
    "SELECT email FROM contacts WHERE email LIKE 'ap@%'",
    { email: "ap@nordwind.example" },
  ],
  [
    "We have filed for insolvency.",
    "hold_insolvency",
    "SELECT kind, until FROM holds WHERE ended_at IS NULL",
    { kind: "insolvency", until: null },
  ],
  [
    "Please stop sending me these emails.",
    "suppress",
    "SELECT reason FROM suppressions",
    { reason: "manual" },
  ],
];

test.each(EACH)("“%s” proposes %s, and accepting does it", async (text, action, what, came) => {
  const of = await reminded();
  const replyId = await answer(of, text);
  const { replies } = await openReplies(of.story);
  expect(replies).toMatchObject([{ reply: replyId, proposal: { action } }]);
  await acceptProposal(of.story, { replyId, ...OWNER });
  expect(await rows(of, what)).toMatchObject([came]);
  expect((await openReplies(of.story)).replies).toEqual([]);
});

test("a mail that was handled leaves the time to answer what the debtor asks for on its page", async () => {
  const of = await reminded();
  await handleReply(of.story, { replyId: await answer(of, "Which order was this for?"), ...OWNER });
  const instalments = [
    { on: day("2026-03-12"), amountMinor: 50_000 },
    { on: day("2026-04-13"), amountMinor: 50_000 },
  ];
  await askPlan(of.story, { invoices: ["A-100"], instalments, author: "debtor" });
  expect(await openHolds(of.story.db, { number: "A-100" })).toMatchObject([{ kind: "reply" }]);
});

test("an insolvency reaches finance as well", async () => {
  const of = await reminded();
  await answer(of, "We have filed for insolvency.");
  expect((await told(of.story, "reply_received")).map(({ to }) => to)).toEqual([
    "fin@acme.example",
    "rita.rep@acme.example",
  ]);
});

test("a question is for a person to answer; saying so lets the ladder go on", async () => {
  const of = await reminded();
  const replyId = await answer(of, "Which order was this for?");
  await expect(acceptProposal(of.story, { replyId, ...OWNER })).rejects.toThrow(/for a person to answer/);
  await handleReply(of.story, { replyId, ...OWNER });
  expect(await openHolds(of.story.db, { number: "A-100" })).toEqual([]);
  expect(await repliesIn(of.story)).toMatchObject([{ state: "handled", decided_by: "slack:U1RITA" }]);
});

test("a reply that nobody handles is asked about twice, then its hold ends and finance hears of that", async () => {
  const of = await reminded();
  await answer(of, "Which order was this for?");
  const { story } = of;
  const heard: Record<string, string[]> = {};
  for (const day of ["10", "11", "12", "13"]) {
    story.clock.set(`2026-03-${day}T10:00:00Z`);
    const before = (await told(story, "reply_waiting")).length;
    await story.tickOnce();
    heard[day] = (await told(story, "reply_waiting")).slice(before).map(({ to }) => String(to));
  }
  expect(heard).toEqual({ 10: [], 11: ["rita.rep@acme.example"], 12: ["fin@acme.example"], 13: [] });
  expect(await openHolds(story.db, { number: "A-100" })).toEqual([]);
  expect(await told(story, "answer_awaited")).toHaveLength(1);
  expect((await openReplies(story)).replies).toHaveLength(1);
});

test("a reply that was handled is asked about no more", async () => {
  const of = await reminded();
  await handleReply(of.story, { replyId: await answer(of, "Which order was this for?"), ...OWNER });
  for (const day of ["11", "12", "13"]) {
    of.story.clock.set(`2026-03-${day}T10:00:00Z`);
    await of.story.tickOnce();
  }
  expect(await told(of.story, "reply_waiting")).toEqual([]);
  expect(await told(of.story, "answer_awaited")).toEqual([]);
});

test("the policy takes a clear promise of a proved contact, in writing and within its bounds", async () => {
  const of = await reminded(AUTOMATIC);
  await answer(of, "We will pay the full amount on 20 March 2026.");
  expect(await rows(of, "SELECT state, author FROM promises")).toMatchObject([
    { state: "open", author: "policy" },
  ]);
  expect((await openHolds(of.story.db, { number: "A-100" })).map(({ kind }) => kind)).toEqual(["promise"]);
  expect(of.story.mailer.mails).toHaveLength(2);
  expect(await repliesIn(of.story)).toMatchObject([{ state: "accepted", decided_by: "policy" }]);
});

test.each<[string, Partial<Written>, typeof UNPROVED?]>([
  ["We will pay EUR 400.00 on 20 March 2026.", {}],
  ["We will pay on 20 May 2026.", {}],
  ["We may pay on 20 March 2026, if the goods arrive.", {}],
  ["We will pay soon.", {}],
  ["We will pay on 20 March 2026.", { from: "someone@nordwind.example" }],
  ["We will pay on 20 March 2026.", {}, UNPROVED],
])("the policy leaves “%s” to a person where something is left to ask", async (text, over, verdicts) => {
  const { story, replyTo } = await reminded(AUTOMATIC);
  await deliver(story, writtenMail({ text, to: replyTo, ...over }), verdicts);
  expect((await story.db.client.execute("SELECT * FROM promises")).rows).toEqual([]);
  expect(await openHolds(story.db, { number: "A-100" })).toMatchObject([{ kind: "reply" }]);
});

test("by default no promise is taken unseen", async () => {
  const of = await reminded();
  await answer(of, "We will pay the full amount on 20 March 2026.");
  expect(await rows(of, "SELECT * FROM promises")).toEqual([]);
});

test("the evidence holds the mail as it came, and its timeline tells of it", async () => {
  const of = await reminded();
  const raw = writtenMail({ text: "We will pay on 20 March 2026.", to: of.replyTo });
  const { id } = await deliver(of.story, raw);
  const bundle = await unpack((await pack(of.story, "A-100")).bytes);
  const path = bundle.paths.find((one) => one.includes(id))!;
  expect(path).toMatch(/^messages\/2026-03-09-reply-promise-rpl_/);
  expect(await bundle.text(path)).toBe(Buffer.from(raw).toString());
  expect(await bundle.verify()).toEqual([]);
  const { entries } = await bundle.json("timeline.json");
  expect(entries.at(-1)).toMatchObject({ title: "Reply received: promise", who: "the debtor", file: path });
  await bundle.write(path, `${raw}forged`);
  expect((await bundle.verify()).join()).toContain("is not what the ledger says of it");
});

test("a proof that comes along is kept with its invoice, and what is no document stays in the mail alone", async () => {
  const { story, replyTo } = await reminded();
  const pdf = Buffer.from("%PDF-1.4 paid");
  const files = { "../../proof.pdf": pdf, "run.exe": Buffer.from("MZ\u0090\0") };
  const raw = mailWith(files, { text: "We already paid this invoice on 5 March 2026.", to: replyTo });
  await deliver(story, raw);
  const { rows } = await story.db.client.execute("SELECT name, kind, author, bytes FROM documents");
  expect(rows).toMatchObject([{ name: "proof.pdf", kind: "proof", author: "debtor", bytes: pdf.length }]);
});

test.each([1, 2, 3])(
  "a delivery that breaks off after its write %i is completed by the next, and nothing is done twice",
  async (breaksAfter) => {
    const of = await reminded(AUTOMATIC);
    const { story, replyTo } = of;
    const text = "We will pay the full amount on 20 March 2026.";
    const raw = mailWith({ "order.pdf": Buffer.from("%PDF-1.4 order") }, { text, to: replyTo });
    const broken = { ...story, db: breakingOff(story.db, breaksAfter) };
    await expect(deliver(broken, raw)).rejects.toThrow("killed");
    for (let again = 0; again < 2; again++) expect((await deliver(story, raw)).result).toBe("repeated");
    expect(await rows(of, "SELECT name FROM documents")).toMatchObject([{ name: "order.pdf" }]);
    expect(await rows(of, "SELECT state, author FROM promises")).toMatchObject([
      { state: "open", author: "policy" },
    ]);
    expect(await repliesIn(story)).toMatchObject([{ state: "accepted", decided_by: "policy" }]);
    expect((await openHolds(story.db, { number: "A-100" })).map(({ kind }) => kind)).toEqual(["promise"]);
    expect(story.mailer.mails).toHaveLength(2);
  },
);

/** Kills whoever uses it right after its nth write. */
function breakingOff(db: Db, nth: number): Db {
  let writes = 0;
  const counted = async <T>(written: Promise<T>): Promise<T> => {
    const result = await written;
    if (++writes === nth) throw new Error("killed");
    return result;
  };
  return {
    ...db,
    write: (work) => counted(db.write(work)),
    batch: (statements, mode) =>
      mode === "read" ? db.batch(statements, mode) : counted(db.batch(statements, mode)),
  };
}

/** A debtor's mail with files in it. */
function mailWith(files: Record<string, Buffer>, { text, to }: Pick<Written, "text" | "to">): Buffer {
  const part = ([name, content]: [string, Buffer]) =>
    `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
    `Content-Transfer-Encoding: base64\r\n\r\n${content.toString("base64")}\r\n`;
  return Buffer.from(
    `From: bills@nordwind.example\r\nTo: ${to}\r\nMessage-ID: <f@nordwind.example>\r\nMIME-Version: 1.0\r\n` +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n" +
      `${text}\r\n${Object.entries(files).map(part).join("")}--b--\r\n`,
  );
}

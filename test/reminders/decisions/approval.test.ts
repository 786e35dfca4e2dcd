import { expect, test } from "vitest";
import { approveReminder } from "../../../src/reminders/decisions/approve-reminder.ts";
import { declineReminder } from "../../../src/reminders/decisions/decline-reminder.ts";
import { endHold } from "../../../src/reminders/decisions/end-hold.ts";
import { setHold } from "../../../src/reminders/decisions/set-hold.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { tick } from "../../../src/reminders/sending/tick.ts";
import { day, invoice, payment } from "../../support/cast.ts";
import { ledgerOf, openHolds } from "../../support/stored.ts";
import { type Story, tellStory } from "../../support/story.ts";

const STAGES = [
  { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  {
    key: "formal",
    offsetDays: 7,
    template: "formal-notice",
    to: ["billing"],
    approval: "finance",
    alone: true,
    needsFreshLedger: true,
  },
];
const NEXT_TIME = "2026-03-12T09:00:00Z";
const frieda = { author: "cli:frieda" };

/** Wednesday 11 March: the soft stage has left for A and B, and finance was asked about the formal notice. */
async function askedStory(...numbers: string[]): Promise<Story> {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages: STAGES } });
  await story.invoices(...(numbers.length ? numbers : ["A"]).map((number) => invoice({ number })));
  await story.walk("2026-03-11");
  return story;
}

async function requests(story: Story) {
  const { rows } = await story.db.client.execute(
    "SELECT id, state, decision, decided_by, failure FROM reminders WHERE asked_at IS NOT NULL ORDER BY id",
  );
  return rows.map((row) => ({ ...row }));
}

async function kinds(story: Story, number: string) {
  return (await ledgerOf(story.db, number)).map(({ kind }) => kind);
}

const told = (story: Story, kind: string) =>
  story.chat.posts.filter(({ text }) => JSON.parse(text).kind === kind);

test("an approved letter leaves with the next tick under the id it was approved by", async () => {
  const story = await askedStory();
  const [asked] = await requests(story);
  const answer = await approveReminder(story, { asked: "A", ...frieda });
  expect(answer).toMatchObject({ reminder: asked!.id, stage: "formal", invoices: ["A"] });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
  expect(await story.tickOnce()).toEqual([]);
  expect(await requests(story)).toMatchObject([
    { id: asked!.id, state: "sent", decision: "approve", decided_by: "cli:frieda" },
  ]);
  expect(story.mailer.mails.at(-1)!.id).toBe(asked!.id);
  expect((await ledgerOf(story.db, "A")).slice(-4)).toMatchObject([
    { kind: "approval_asked", author: "clock" },
    { kind: "approval_given", author: "cli:frieda", data: { reminder: asked!.id, stage: "formal" } },
    { kind: "reminder_sending" },
    { kind: "reminder_sent", data: { reminder: asked!.id } },
  ]);
});

test("an invoice that is held meanwhile leaves the letter, and finance is asked about it again", async () => {
  const story = await askedStory("A", "B");
  await approveReminder(story, { asked: "A", ...frieda });
  await setHold(story, { invoiceNumber: "B", reason: "wait", until: day("2026-03-12"), author: "test" });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
  const { rows } = await story.db.client.execute(
    "SELECT i.number, ri.counts FROM reminder_invoices ri JOIN invoices i ON i.id = ri.invoice_id WHERE ri.stage = 'formal'",
  );
  expect(rows.map((row) => [row.number, row.counts])).toEqual([["A", 1]]);
  story.clock.set("2026-03-13T09:00:00Z");
  await story.bankFile();
  await story.tickOnce();
  expect(await why(story, { invoiceNumber: "B" })).toMatchObject({ reason: "awaiting_approval" });
  expect((await requests(story)).map(({ state }) => state)).toEqual(["sent", "awaiting_approval"]);
});

test("an invoice that becomes due meanwhile waits for its own approval", async () => {
  const story = await askedStory();
  await story.invoices(invoice({ number: "B", dueOn: day("2026-03-04") }));
  await approveReminder(story, { asked: "A", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
});

test("two letters approved apart leave as one, and the other question is closed", async () => {
  const story = await askedStory();
  await story.invoices(invoice({ number: "B", dueOn: day("2026-03-05") }));
  await story.walk("2026-03-27");
  expect((await requests(story)).map(({ state }) => state)).toEqual([
    "awaiting_approval",
    "awaiting_approval",
  ]);
  await approveReminder(story, { asked: "A", ...frieda });
  await approveReminder(story, { asked: "B", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A", "NORDWIND formal B"]);
  await story.tickOnce();
  expect((await requests(story)).map(({ state, failure }) => [state, failure])).toEqual([
    ["sent", null],
    ["cancelled", "nothing is left to ask for"],
  ]);
});

test("a payment after the approval voids it: finance is asked anew, and the old question is closed with its reason", async () => {
  const story = await askedStory("A", "B");
  await approveReminder(story, { asked: "A", ...frieda });
  await story.pay(payment({ invoiceNumber: "A", amountMinor: 100, paidOn: day("2026-03-11") }));
  expect(await why(story, { invoiceNumber: "B" })).toMatchObject({ reason: "awaiting_approval" });
  expect(await story.tickOnce()).toEqual([]);
  expect(await requests(story)).toMatchObject([
    { state: "cancelled", failure: "a payment came in after the approval" },
    { state: "awaiting_approval", decision: null },
  ]);
  expect((await kinds(story, "B")).slice(-3)).toEqual([
    "approval_given",
    "reminder_cancelled",
    "approval_asked",
  ]);
  expect(told(story, "approval_asked")).toHaveLength(2);
  await approveReminder(story, { asked: "B", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A", "NORDWIND formal B"]);
});

test.each(["promise", "dispute", "reply", "paid_reported"] as const)(
  "a %s that came and went after the approval voids it",
  async (kind) => {
    const story = await askedStory();
    await approveReminder(story, { asked: "A", ...frieda });
    const hold = { invoiceNumber: "A", kind, author: "test" };
    await setHold(story, { ...hold, reason: "told", until: day("2026-03-20") });
    await endHold(story, hold);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "awaiting_approval" });
    expect(await story.tickOnce()).toEqual([]);
    expect((await requests(story)).map(({ state }) => state)).toEqual(["cancelled", "awaiting_approval"]);
  },
);

test("credit of the customer that came in after the approval voids it", async () => {
  const story = await askedStory();
  await approveReminder(story, { asked: "A", ...frieda });
  await story.pay(payment({ customerRef: "NORDWIND", amountMinor: 500, paidOn: day("2026-03-11") }));
  expect(await story.tickOnce()).toEqual([]);
  expect((await requests(story))[0]).toMatchObject({ state: "cancelled" });
});

test("what came in before the approval, at the same instant too, does not void it", async () => {
  const story = await askedStory();
  await story.pay(payment({ invoiceNumber: "A", amountMinor: 100, paidOn: day("2026-03-11") }));
  await approveReminder(story, { asked: "A", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
});

test("an approval not used within 7 days is asked for anew", async () => {
  const story = await askedStory();
  await setHold(story, { invoiceNumber: "A", reason: "wait", until: day("2026-03-18"), author: "test" });
  await approveReminder(story, { asked: "A", ...frieda });
  expect(await story.walk("2026-03-20")).toEqual({});
  expect(await requests(story)).toMatchObject([
    { state: "cancelled", failure: "the approval was not used within 7 days" },
    { state: "awaiting_approval" },
  ]);
  await approveReminder(story, { asked: "A", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
});

test("a declined letter stays unsent: its invoice is held as long as the policy allows, then finance is asked again", async () => {
  const story = await askedStory();
  const declined = await declineReminder(story, { asked: "A", reason: " paid last week ", ...frieda });
  expect(declined).toMatchObject({ invoices: ["A"], heldUntil: day("2026-03-25") });
  expect(await openHolds(story.db, { number: "A" })).toMatchObject([
    { kind: "manual", reason: "paid last week", author: "cli:frieda", until: day("2026-03-25") },
  ]);
  expect((await kinds(story, "A")).slice(-2)).toEqual(["approval_declined", "hold_set"]);
  expect(await story.walk("2026-03-25")).toEqual({});
  expect(told(story, "approval_asked")).toHaveLength(1);
  story.clock.set("2026-03-26T09:00:00Z");
  expect(await story.walk("2026-03-26")).toEqual({});
  expect(told(story, "approval_asked")).toHaveLength(2);
  await approveReminder(story, { asked: "A", ...frieda });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
});

test("declining takes back an approval that was not used, and leaves a longer hold alone", async () => {
  const story = await askedStory();
  const longer = day("2026-04-30");
  await setHold(story, { invoiceNumber: "A", reason: "merger", until: longer, author: "test" });
  await approveReminder(story, { asked: "A", ...frieda });
  await declineReminder(story, { asked: "A", reason: "no", ...frieda });
  expect(await openHolds(story.db, { number: "A" })).toMatchObject([{ reason: "merger", until: longer }]);
});

test("an answer that cannot be given is refused in a sentence", async () => {
  const story = await askedStory();
  const approve = (asked: string) => approveReminder(story, { asked, ...frieda });
  await expect(approve("NONE")).rejects.toMatchObject({
    code: "not_found",
    message: "there is no reminder, promise, plan, contact or invoice NONE",
  });
  await expect(approve("prm_nope")).rejects.toThrow(
    "no reminder, promise, plan, contact or invoice prm_nope",
  );
  const soft = story.mailer.mails[0]!.id;
  await expect(approve(soft)).rejects.toMatchObject({
    code: "conflict",
    message: `reminder ${soft} needs no approval`,
  });
  const empty = declineReminder(story, { asked: "A", reason: " ", ...frieda });
  await expect(empty).rejects.toMatchObject({ code: "invalid" });
  await approve("A");
  await expect(approve("A")).rejects.toThrow(/was approved by cli:frieda on 2026-03-11 already/);
  await story.tickOnce();
  await expect(approve("A")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/has left already/),
  });

  const other = await askedStory();
  await other.invoices(invoice({ number: "NEW", dueOn: day("2026-04-30") }));
  await expect(approveReminder(other, { asked: "NEW", ...frieda })).rejects.toThrow(
    /finance was not asked about invoice NEW/,
  );
  await declineReminder(other, { asked: "A", reason: "no", ...frieda });
  await expect(approveReminder(other, { asked: "A", ...frieda })).rejects.toThrow(
    /was declined by cli:frieda on 2026-03-11: no/,
  );
});

test("a letter of which nothing is left is closed, and takes no answer", async () => {
  const story = await askedStory();
  await story.pay(payment({ invoiceNumber: "A", paidOn: day("2026-03-11") }));
  await expect(approveReminder(story, { asked: "A", ...frieda })).rejects.toThrow(/nothing left to ask for/);
  await story.tickOnce();
  expect(await requests(story)).toMatchObject([
    { state: "cancelled", failure: "nothing is left to ask for" },
  ]);
});

test("a letter that the mailer put off goes on under the approval it had", async () => {
  const story = await askedStory();
  await approveReminder(story, { asked: "A", ...frieda });
  story.mailer.answer({ kind: "deferred", code: "throttled", detail: "later", isQuota: false });
  expect(await story.tickOnce()).toEqual([]);
  story.mailer.answer(undefined);
  story.clock.advance({ minutes: 20 });
  expect(await story.tickOnce()).toEqual(["NORDWIND formal A"]);
  expect(told(story, "approval_asked")).toHaveLength(1);
});

test("a question unanswered for three sending days is brought before others, once", async () => {
  const story = await askedStory();
  story.clock.set(NEXT_TIME);
  await story.walk("2026-03-13");
  expect(told(story, "approval_overdue")).toHaveLength(0);
  story.clock.set("2026-03-14T09:00:00Z");
  await story.walk("2026-03-20");
  expect(told(story, "approval_overdue").map(({ toEmail }) => toEmail)).toEqual([null]);
  const logged = story.log.events.filter(({ event }) => event === "approval_overdue");
  expect(logged).toMatchObject([{ level: "warn", fields: { reminder: (await requests(story))[0]!.id } }]);
});

test("an invoice that finance is asked about is counted once by the tick that asks", async () => {
  const story = await tellStory({ at: "2026-03-11T09:00:00Z", policy: { stages: STAGES.slice(1) } });
  await story.invoices(invoice({ number: "A" }));
  await story.bankFile();
  expect(await tick(story)).toMatchObject({ counts: { awaiting_approval: 1 } });
});

test("finance is asked about one invoice although another of the customer's is written to in the same tick", async () => {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages: STAGES } });
  await story.invoices(invoice({ number: "A" }));
  await story.walk("2026-03-10");
  await story.invoices(invoice({ number: "B", issuedOn: day("2026-03-01"), dueOn: day("2026-03-10") }));
  story.clock.set("2026-03-11T09:00:00Z");
  expect(await story.walk("2026-03-11")).toEqual({ "2026-03-11": ["NORDWIND soft B"] });
  expect(await requests(story)).toMatchObject([{ state: "awaiting_approval" }]);
});

import { describe, expect, it } from "vitest";
import { closeDispute } from "../../src/reminders/agreements/close-dispute.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { readFakeMail } from "../support/fake-writer.ts";
import { ledgerOf, openHolds, storedInvoice } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";

// 2 March 2026 is a Monday. A is due on Wednesday 4 March; its first reminder is due on Monday 9 March.
const HALF = {
  invoiceNumber: "A",
  amountMinor: 50_000,
  reason: "goods" as const,
  text: "Half of them came broken.",
  author: "debtor",
};
const FRIEDA = { author: "cli:frieda", by: "finance" as const };

async function storyOfA(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
  await story.invoices(invoice({ number: "A" }));
  return story;
}

function askedSums(story: Story): number[] {
  return story.mailer.mails.map((mail) => readFakeMail(mail).letter?.totals[0]?.askedMinor ?? 0);
}

async function states(story: Story): Promise<unknown[]> {
  const { rows } = await story.db.client.execute("SELECT state FROM disputes ORDER BY id");
  return rows.map(({ state }) => state);
}

describe("a dispute of half an invoice", () => {
  it("keeps that half out of what is asked, while the other goes on", async () => {
    const story = await storyOfA();
    await openDispute(story, HALF);
    expect(await story.walk("2026-03-10")).toEqual({ "2026-03-09": ["NORDWIND overdue_3 A"] });
    expect(askedSums(story)).toContain(50_000);
    expect((await noticesByDay(story.db))["2026-03-05"]).toEqual(["dispute_opened A"]);
    expect((await alertsByDay(story.db))["2026-03-05"]).toEqual(["dispute_opened A to rita.rep"]);
    expect(await openHolds(story.db, { number: "A" })).toMatchObject([
      { kind: "dispute", amount_minor: 50_000, until: null, question_to: "rita.rep@acme.example" },
    ]);
  });

  it("is asked about again after 48 hours, by finance after as long again, each once", async () => {
    const story = await storyOfA();
    await openDispute(story, HALF);
    await story.walk("2026-03-12");
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["dispute_opened A to rita.rep"],
      "2026-03-07": ["dispute_waiting A to rita.rep"],
      "2026-03-09": ["dispute_waiting A to fin"],
    });
  });

  it("that is accepted becomes a credit note, and the rest is asked for", async () => {
    const story = await storyOfA();
    const { id } = await openDispute(story, HALF);
    const closed = await closeDispute(story, { disputeId: id, as: "accepted", ...FRIEDA });
    expect(closed).toEqual({ invoice: "A", as: "accepted", creditMinor: 50_000 });
    expect(await storedInvoice(story.db, "A")).toMatchObject({ balance_minor: 50_000 });
    expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
      kind: "payment_recorded",
      data: { kind: "credit_note", reference: `dispute ${id}`, amount: "500.00" },
    });
    await story.walk("2026-03-09");
    expect(askedSums(story)).toContain(50_000);
    expect(await states(story)).toEqual(["accepted"]);
    const again = closeDispute(story, { disputeId: id, as: "accepted", ...FRIEDA });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  it("that is accepted in part is credited in part", async () => {
    const story = await storyOfA();
    const { id } = await openDispute(story, HALF);
    const partly = { disputeId: id, as: "accepted" as const, ...FRIEDA };
    await expect(closeDispute(story, { ...partly, creditMinor: 50_001 })).rejects.toMatchObject({
      code: "invalid",
    });
    await closeDispute(story, { ...partly, creditMinor: 20_000 });
    const { rows } = await story.db.client.execute(
      "SELECT body FROM notices WHERE kind = 'dispute_answered'",
    );
    expect(JSON.parse(String(rows[0]!.body))).toMatchObject({
      items: [{ amountMinor: 50_000 }],
      creditMinor: 20_000,
    });
    await story.walk("2026-03-09");
    expect(askedSums(story)).toContain(80_000);
  });

  it("that is rejected is answered in writing, and all is asked for", async () => {
    const story = await storyOfA();
    const { id } = await openDispute(story, HALF);
    await confirmByMail(story);
    const rejection = { disputeId: id, as: "rejected" as const, ...FRIEDA };
    await expect(closeDispute(story, rejection)).rejects.toThrow(/rejected with an answer/);
    await closeDispute(story, { ...rejection, answer: "The delivery note is signed." });
    await story.walk("2026-03-09");
    expect(askedSums(story)).toContain(100_000);
    expect((await noticesByDay(story.db))["2026-03-05"]).toEqual(["dispute_opened A", "dispute_answered A"]);
  });

  it("is settled by money that leaves nothing of it", async () => {
    const story = await storyOfA();
    await openDispute(story, HALF);
    await story.pay(payment({ invoiceNumber: "A", paidOn: day("2026-03-05") }));
    expect(await states(story)).toEqual(["settled"]);
    await story.walk("2026-03-09");
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["dispute_opened A to rita.rep", "payment_received A to rita.rep"],
    });
  });
});

describe("a dispute of the whole", () => {
  it("silences the invoice until somebody answers", async () => {
    const story = await storyOfA();
    const { amountMinor: _, ...whole } = HALF;
    await openDispute(story, whole);
    expect(await story.walk("2026-03-11")).toEqual({});
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "held_dispute" });
    await closeDispute(story, { invoiceNumber: "A", as: "withdrawn", author: "debtor", by: "debtor" });
    expect(await why(story, { invoiceNumber: "A" })).not.toMatchObject({ reason: "held_dispute" });
  });

  it("that came with invoice data is closed by the invoice's number", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(invoice({ number: "A", isDisputed: true }));
    const settled = { invoiceNumber: "A", as: "settled" as const, ...FRIEDA };
    await closeDispute(story, { ...settled, answer: "Agreed on the phone." });
    expect(await story.walk("2026-03-09")).toEqual({ "2026-03-09": ["NORDWIND overdue_3 A"] });
    await expect(closeDispute(story, { ...settled, answer: "Again." })).rejects.toMatchObject({
      code: "not_found",
      message: "nothing of invoice A is disputed",
    });
  });
});

describe("what is refused", () => {
  it.each([
    ["a share of nothing", { amountMinor: 0 }, "invalid"],
    ["more than is left", { amountMinor: 100_001 }, "invalid"],
    ["an unknown invoice", { invoiceNumber: "NONE" }, "not_found"],
    ["somebody else's invoice", { customerId: "cus_other" }, "not_found"],
  ])("a dispute of %s", async (_name, wrong, code) => {
    await expect(openDispute(await storyOfA(), { ...HALF, ...wrong })).rejects.toMatchObject({ code });
  });

  it("is a second dispute of the same invoice", async () => {
    const story = await storyOfA();
    const { id } = await openDispute(story, HALF);
    await expect(openDispute(story, { ...HALF, amountMinor: 10_000 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(id),
    });
  });

  it.each([
    ["a debtor's answer to the own dispute", { as: "settled" as const, answer: "ok", by: "debtor" as const }],
    ["an owner's credit note", { as: "accepted" as const, by: "owner" as const }],
  ])("is %s", async (_name, wrong) => {
    const story = await storyOfA();
    const { id } = await openDispute(story, HALF);
    const closed = closeDispute(story, { disputeId: id, author: "somebody", ...wrong });
    await expect(closed).rejects.toMatchObject({ code: "invalid" });
  });
});

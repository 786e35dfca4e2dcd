import { describe, expect, it } from "vitest";
import { approveReminder } from "../../../src/reminders/decisions/approve-reminder.ts";
import { endHold } from "../../../src/reminders/decisions/end-hold.ts";
import { objectToReminder } from "../../../src/reminders/decisions/object-to-reminder.ts";
import { postponeReminder } from "../../../src/reminders/decisions/postpone-reminder.ts";
import { takeOver } from "../../../src/reminders/decisions/take-over.ts";
import { why } from "../../../src/reminders/forecast/why.ts";
import { correctContact } from "../../../src/reminders/records/correct-contact.ts";
import { getCustomerCard } from "../../../src/reminders/records/get-customer-card.ts";
import { suppressAddress } from "../../../src/reminders/sending/suppress-address.ts";
import { day, invoice } from "../../support/cast.ts";
import { alertsByDay } from "../../support/diary.ts";
import { storyOfA, walkFrom } from "../../support/promising.ts";
import { contactsOf, dump, ledgerOf } from "../../support/stored.ts";
import { tellStory } from "../../support/story.ts";

const STAGES = [
  { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
  {
    key: "formal",
    offsetDays: 7,
    template: "formal-notice",
    to: ["billing"],
    approval: "finance",
    alone: true,
  },
];
const RITA = "slack:U0RITA";

/** Wednesday 11 March: the soft stage has left for A, and finance was asked about the formal notice. */
async function asked() {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages: STAGES } });
  await story.invoices(invoice({ number: "A" }));
  await story.walk("2026-03-11");
  return story;
}

describe("an account owner's objection to a letter", () => {
  it("is told to finance, who goes on to decide", async () => {
    const story = await asked();
    const objection = { asked: "A", reason: "They pay on Monday.", author: RITA };
    expect(await objectToReminder(story, objection)).toMatchObject({
      stage: "formal",
      invoices: ["A"],
      changed: true,
    });
    expect((await alertsByDay(story.db))["2026-03-11"]).toContain("approval_objected A to fin");
    expect((await ledgerOf(story.db, "A")).at(-1)).toMatchObject({
      kind: "approval_objected",
      author: RITA,
      data: { stage: "formal", reason: "They pay on Monday." },
    });
    expect(await objectToReminder(story, objection)).toMatchObject({ changed: false });
    expect((await getCustomerCard(story, "NORDWIND")).objections).toMatchObject([
      { reason: "They pay on Monday.", author: RITA },
    ]);
    await approveReminder(story, { asked: "A", author: "cli:frieda" });
    expect(await walkFrom(story, "2026-03-12", "2026-03-12")).toEqual({
      "2026-03-12": ["NORDWIND formal A"],
    });
    await expect(objectToReminder(story, { ...objection, author: "slack:U1" })).rejects.toThrow(
      "has left already",
    );
  });

  it("needs a reason, and a letter that finance is asked about", async () => {
    const story = await asked();
    await expect(objectToReminder(story, { asked: "A", reason: " ", author: RITA })).rejects.toThrow(
      "a reason",
    );
    await story.invoices(invoice({ number: "B", dueOn: day("2026-05-04") }));
    await expect(objectToReminder(story, { asked: "B", reason: "no", author: RITA })).rejects.toThrow(
      "finance was not asked",
    );
  });
});

describe("a letter that finance postpones", () => {
  it("is kept back through that day, and asked about anew the next", async () => {
    const story = await asked();
    const { heldUntil } = await postponeReminder(story, {
      asked: "A",
      until: day("2026-04-10"),
      author: "cli:frieda",
    });
    expect(heldUntil).toBe(day("2026-04-10"));
    expect(await walkFrom(story, "2026-03-12", "2026-04-13")).toEqual({});
    const { rows } = await story.db.client.execute(
      "SELECT state, failure FROM reminders WHERE asked_at IS NOT NULL ORDER BY id",
    );
    expect(rows.map(({ state, failure }) => [state, failure])).toEqual([
      ["cancelled", "postponed until after 2026-04-10"],
      ["awaiting_approval", null],
    ]);
  });

  it("is not postponed to a day that is over", async () => {
    const story = await asked();
    const past = { asked: "A", until: day("2026-03-10"), author: "cli:frieda" };
    await expect(postponeReminder(story, past)).rejects.toThrow("2026-03-10 is over");
  });
});

describe("a customer taken over", () => {
  it("by the owner gets nothing for as long as pauses last, finance is told, and it can be handed back", async () => {
    const story = await storyOfA();
    const word = { customerRef: "NORDWIND", handler: "owner", by: "owner", author: RITA } as const;
    expect(await takeOver(story, word)).toEqual({ heldUntil: day("2026-03-19") });
    expect(await takeOver(story, word)).toEqual({ heldUntil: day("2026-03-19") });
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual(["taken_over to fin"]);
    expect(await walkFrom(story, "2026-03-06", "2026-03-10")).toEqual({});
    await endHold(story, { customerRef: "NORDWIND", author: RITA });
    expect(await walkFrom(story, "2026-03-11", "2026-03-11")).toEqual({
      "2026-03-11": ["NORDWIND overdue_3 A"],
    });
  });

  it("by finance has an end, which finance names", async () => {
    const story = await storyOfA();
    const until = day("2026-05-29");
    await takeOver(story, {
      customerRef: "NORDWIND",
      handler: "finance",
      by: "finance",
      until,
      author: "cli:frieda",
    });
    expect(Object.values(await alertsByDay(story.db)).flat()).toEqual(["taken_over to rita.rep"]);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({
      reason: "held_manual",
      on: "2026-06-01",
    });
  });
});

describe("a contact that is corrected", () => {
  const wrong = { customerRef: "NORDWIND", from: "Bills@nordwind.example", author: RITA };

  it("lets reminders go on that had nobody left to go to; the old address stays suppressed", async () => {
    const story = await storyOfA();
    await suppressAddress(story, { address: "bills@nordwind.example", reason: "bounce", source: "test" });
    expect(await walkFrom(story, "2026-03-09", "2026-03-10")).toEqual({});
    await correctContact(story, { ...wrong, to: { email: "AP@nordwind.example" } });
    expect(await contactsOf(story.db, "NORDWIND")).toEqual(["billing ap@nordwind.example Bela Buch"]);
    expect(await walkFrom(story, "2026-03-11", "2026-03-11")).toEqual({
      "2026-03-11": ["NORDWIND overdue_3 A"],
    });
    expect(story.mailer.mails.at(-1)?.to).toEqual(["ap@nordwind.example"]);
    expect(await ledgerOf(story.db, "A")).toContainEqual({
      kind: "contact_corrected",
      author: RITA,
      data: { from: "bills@nordwind.example", email: "ap@nordwind.example" },
    });
    await expect(
      correctContact(story, {
        ...wrong,
        from: "ap@nordwind.example",
        to: { email: "bills@nordwind.example" },
      }),
    ).rejects.toThrow("nothing may be mailed to that address");
  });

  it("is mailed again though it bounced where somebody says that mail arrives, which the ledger keeps", async () => {
    const story = await storyOfA();
    await suppressAddress(story, { address: "bills@nordwind.example", reason: "bounce", source: "test" });
    const lifted = {
      customerRef: "NORDWIND",
      to: { email: "bills@nordwind.example" },
      isSuppressionLifted: true,
      author: RITA,
    };
    expect(await correctContact(story, lifted)).toEqual({ changed: true });
    expect(await walkFrom(story, "2026-03-09", "2026-03-09")).toEqual({
      "2026-03-09": ["NORDWIND overdue_3 A"],
    });
    expect(await ledgerOf(story.db, "A")).toContainEqual({
      kind: "contact_corrected",
      author: RITA,
      data: { email: "bills@nordwind.example", role: "billing", suppression: "lifted" },
    });
    expect(await correctContact(story, lifted)).toEqual({ changed: false });
  });

  it("is never mailed again after a complaint", async () => {
    const story = await storyOfA();
    await suppressAddress(story, { address: "bills@nordwind.example", reason: "complaint", source: "test" });
    const to = { email: "bills@nordwind.example" };
    const lifted = { customerRef: "NORDWIND", to, isSuppressionLifted: true, author: RITA };
    await expect(correctContact(story, lifted)).rejects.toThrow("complained");
    expect(await walkFrom(story, "2026-03-09", "2026-03-09")).toEqual({});
  });

  it("does not stand there twice", async () => {
    const story = await storyOfA();
    await correctContact(story, {
      customerRef: "NORDWIND",
      to: { email: "ap@nordwind.example" },
      author: RITA,
    });
    await correctContact(story, { ...wrong, to: { email: "ap@nordwind.example" } });
    expect(await contactsOf(story.db, "NORDWIND")).toEqual(["billing ap@nordwind.example"]);
  });

  it("is refused where the old address is not on record, or is the new one", async () => {
    const story = await storyOfA();
    const before = await dump(story.db);
    const to = { email: "ap@nordwind.example" };
    await expect(correctContact(story, { ...wrong, from: "who@nordwind.example", to })).rejects.toThrow(
      "no contact with that address",
    );
    await expect(
      correctContact(story, { ...wrong, to: { email: "bills@nordwind.example" } }),
    ).rejects.toThrow("write the right one");
    expect(await dump(story.db)).toEqual(before);
  });
});

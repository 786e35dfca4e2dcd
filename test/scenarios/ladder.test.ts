import { describe, expect, it } from "vitest";
import { setHold } from "../../src/reminders/set-hold.ts";
import { suppressAddress } from "../../src/reminders/suppress-address.ts";
import { why } from "../../src/reminders/why.ts";
import { day, invoice, NORDWIND, payment, SILENT } from "../support/cast.ts";
import { readFakeMail } from "../support/fake-writer.ts";
import { tellStory } from "../support/story.ts";

// 2 March 2026 is a Monday; Good Friday is 3 April, Easter Monday 6 April.
const inv = (overrides = {}) => invoice({ number: "A", ...overrides });

describe("an invoice nobody pays", () => {
  it("climbs the ladder and waits for finance before the formal notice", async () => {
    const story = await tellStory({ at: "2026-02-20T09:00:00Z" });
    await story.invoices(inv());
    expect(await story.walk("2026-05-15")).toEqual({
      "2026-02-27": ["NORDWIND pre_due A"],
      "2026-03-09": ["NORDWIND overdue_3 A"],
      "2026-04-07": ["NORDWIND overdue_30 A"],
    });
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({
      stage: "formal_notice",
      reason: "awaiting_approval",
    });
    const told = story.chat.posts.map(({ text }) => JSON.parse(text).kind);
    expect(told.filter((kind) => kind === "approval_asked")).toHaveLength(1);
  });
});

describe("what is paid", () => {
  it("is not reminded when it was paid this morning", async () => {
    const story = await tellStory({ at: "2026-03-02T09:00:00Z" });
    await story.invoices(inv());
    await story.walk("2026-03-08");
    story.clock.set("2026-03-09T08:00:00Z");
    await story.pay(payment({ invoiceNumber: "A" }));
    expect(await story.walk("2026-03-20")).toEqual({});
  });

  it("asks for what is left, not for the total", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(inv());
    await story.pay(payment({ invoiceNumber: "A", amountMinor: 60_000 }));
    await story.walk("2026-03-09");
    const { letter } = readFakeMail(story.mailer.mails.at(-1)!);
    expect(letter.totals).toEqual([{ currency: "EUR", askedMinor: 40_000, interestMinor: 0 }]);
  });
});

describe("several invoices of one customer", () => {
  it("share one message with a total per currency", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(
      inv(),
      inv({ number: "B", currency: "USD", amountMinor: 5_000 }),
      inv({ number: "C" }),
    );
    const days = await story.walk("2026-03-09");
    expect(days["2026-03-09"]).toEqual(["A", "B", "C"].map((number) => `NORDWIND overdue_3 ${number}`));
    expect(story.mailer.mails).toHaveLength(1);
    const { letter } = readFakeMail(story.mailer.mails[0]!);
    expect(letter.totals.map(({ currency, askedMinor }) => [currency, askedMinor])).toEqual([
      ["EUR", 200_000],
      ["USD", 5_000],
    ]);
  });

  it("wait for the gap between two messages, then go on", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(inv(), inv({ number: "B", issuedOn: day("2026-03-06"), dueOn: day("2026-03-09") }));
    expect(await story.walk("2026-03-20")).toEqual({
      "2026-03-09": ["NORDWIND overdue_3 A"],
      "2026-03-16": ["NORDWIND overdue_3 B"],
    });
  });

  it("all leave the same day without a gap, each letter of its own where a stage stands alone", async () => {
    const stages = [
      { key: "soft", offsetDays: 1, template: "overdue-3", to: ["billing"] },
      { key: "stern", offsetDays: 5, template: "overdue-30", to: ["billing"], alone: true },
    ];
    const policy = { stages, minContactGapDays: 0, maxContactsPer30Days: null, freshnessDays: null };
    const story = await tellStory({
      at: "2026-03-12T09:00:00Z",
      policy: { ...policy, backlog: { mode: "send" } },
    });
    await story.invoices(inv({ number: "OLD" }));
    await story.tickOnce();
    story.clock.set("2026-03-13T09:00:00Z");
    await story.invoices(inv({ number: "NEW", dueOn: day("2026-03-12") }));
    expect(await story.tickOnce()).toEqual(["NORDWIND stern OLD", "NORDWIND soft NEW"]);
    expect(story.mailer.mails).toHaveLength(3);
  });
});

describe("an outage", () => {
  it("of a month ends without a burst: backlog waits for a person, then leaves", async () => {
    const story = await tellStory({ at: "2026-03-02T09:00:00Z" });
    await story.invoices(inv(), inv({ number: "B" }));
    story.clock.set("2026-04-15T09:00:00Z");
    await story.bankFile();
    expect(await story.tickOnce()).toEqual([]);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "backlog" });
    const { tick } = await import("../../src/reminders/tick.ts");
    await tick(story, { confirmBacklog: { author: "test" } });
    expect(story.mailer.mails).toHaveLength(1);
    expect(await story.walk("2026-04-20")).toEqual({});
  });

  it("delays a reminder by a day and loses none", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(inv());
    story.clock.set("2026-03-11T09:00:00Z");
    expect(await story.walk("2026-03-11")).toEqual({ "2026-03-11": ["NORDWIND overdue_3 A"] });
  });
});

describe("a hold", () => {
  it("is silent through its last day, then goes on with the next stage", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(inv());
    await setHold(story, {
      invoiceNumber: "A",
      reason: "they called",
      until: day("2026-03-12"),
      author: "test",
    });
    expect(await story.walk("2026-03-20")).toEqual({ "2026-03-13": ["NORDWIND overdue_3 A"] });
  });
});

describe("addresses", () => {
  it("tells the owner once when there is nobody to write to", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.customers({ ...SILENT, ownerEmail: "rita.rep@acme.example" });
    await story.invoices(inv({ customerRef: SILENT.ref }));
    expect(await story.walk("2026-03-13")).toEqual({});
    const told = story.chat.posts.filter(({ text }) => JSON.parse(text).kind === "no_contact");
    expect(told).toHaveLength(1);
    expect(told[0]!.toEmail).toBe("rita.rep@acme.example");
  });

  it("lets the next contact take over from a suppressed one", async () => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.customers({ ...NORDWIND, contact: { email: "boss@nordwind.example", role: "manager" } });
    await suppressAddress(story, {
      address: "bills@nordwind.example",
      reason: "bounce",
      source: "test",
    });
    await story.invoices(inv());
    await story.walk("2026-03-09");
    expect(story.mailer.mails.map(({ to }) => to)).toEqual([["boss@nordwind.example"]]);
  });
});

describe("payment data", () => {
  it("that is missing holds an overdue reminder, and an empty file lets it go", async () => {
    const story = await tellStory({ at: "2026-03-04T09:00:00Z" });
    await story.invoices(inv());
    await story.bankFile();
    story.clock.set("2026-03-09T09:00:00Z");
    expect(await story.tickOnce()).toEqual([]);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({
      reason: "stale_ledger",
      action: "wait",
    });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A"]);
  });
});

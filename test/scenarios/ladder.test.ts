import { describe, expect, it } from "vitest";
import { renderLetter } from "../../src/email/render-letter.ts";
import { setHold } from "../../src/reminders/decisions/set-hold.ts";
import { forecast } from "../../src/reminders/forecast/forecast.ts";
import { previewTick } from "../../src/reminders/forecast/preview-tick.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { releaseBacklog } from "../../src/reminders/sending/release-backlog.ts";
import { suppressAddress } from "../../src/reminders/sending/suppress-address.ts";
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

describe("the firm letter", () => {
  it("names the next step by what it says, whatever a policy calls it", async () => {
    const stages = [
      { key: "firm", offsetDays: 1, template: "overdue-30", to: ["billing"] },
      { key: "last_call", offsetDays: 20, template: "formal-notice", to: ["billing"] },
    ];
    const story = await tellStory({ at: "2026-03-05T09:00:00Z", policy: { stages, freshnessDays: null } });
    await story.invoices(inv());
    expect(await story.tickOnce()).toEqual(["NORDWIND firm A"]);
    const { letter } = readFakeMail(story.mailer.mails[0]!);
    expect(renderLetter(letter).text).toContain("our next step will be a formal notice");
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
    const { tick } = await import("../../src/reminders/sending/tick.ts");
    await tick(story, { confirmBacklog: { author: "test" } });
    expect(story.mailer.mails).toHaveLength(1);
    expect(await story.walk("2026-04-20")).toEqual({});
  });

  it("leaves nothing unexplained: what was released waits for the gap like the rest", async () => {
    const story = await tellStory({ at: "2026-04-15T09:00:00Z" });
    await story.invoices(
      inv(),
      inv({ number: "NEW", dueOn: day("2026-04-10"), issuedOn: day("2026-04-08") }),
    );
    expect(await story.walk("2026-04-15")).toEqual({ "2026-04-15": ["NORDWIND overdue_3 NEW"] });
    await releaseBacklog(story, { author: "test" });
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({
      reason: "contact_gap",
      on: "2026-04-20",
    });
    story.clock.advance({ days: 1 });
    expect(await story.walk("2026-04-20")).toEqual({ "2026-04-20": ["NORDWIND overdue_3 A"] });
  });

  it("is told of until it is released, not again for what was released without a contact", async () => {
    const story = await tellStory({ at: "2026-04-11T09:00:00Z" });
    await story.invoices(inv({ customerRef: SILENT.ref }));
    const told = () => story.chat.posts.map(({ text }) => JSON.parse(text).kind);
    await story.walk("2026-04-11");
    expect(told()).toEqual(["backlog"]);
    await releaseBacklog(story, { author: "test" });
    await story.walk("2026-04-11");
    await story.customers({ ...SILENT, contact: { email: "ap@silent.example", role: "billing" } });
    await story.walk("2026-04-11");
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "not_a_sending_day" });
    expect(told().filter((kind) => kind === "backlog")).toEqual(["backlog"]);
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

describe("the day's share of backlog", () => {
  const customers = ["OLD", "OLDER", "OLDEST"];
  const spreading = { backlog: { mode: "spread", perDay: 1 }, freshnessDays: null, minContactGapDays: 0 };

  async function threeOld(policy: Record<string, unknown>) {
    const story = await tellStory({ at: "2026-04-15T09:00:00Z", policy });
    await story.customers(...customers.map((ref) => ({ ...NORDWIND, ref })));
    await story.invoices(
      ...customers.map((customerRef, i) =>
        inv({
          number: customerRef,
          customerRef,
          issuedOn: day("2025-12-01"),
          dueOn: day("2026-02-12") - 2 * i,
        }),
      ),
    );
    return story;
  }

  it("goes to the oldest first, and the forecast and the dry run say so", async () => {
    const story = await threeOld(spreading);
    const dry = await previewTick(story, { confirmBacklog: false });
    expect(dry.lines.map(({ invoice: number }) => number)).toEqual(["OLDEST"]);
    expect(dry.backlog).toBe(2);
    const foretold = await forecast(story, { days: 2 });
    const days = await story.walk("2026-04-17");
    expect(days).toEqual({
      "2026-04-15": ["OLDEST overdue_3 OLDEST"],
      "2026-04-16": ["OLDER overdue_3 OLDER"],
      "2026-04-17": ["OLD overdue_3 OLD"],
    });
    expect(foretold.map(({ date, invoice: number }) => `${date} ${number}`)).toEqual([
      "2026-04-15 OLDEST",
      "2026-04-16 OLDER",
      "2026-04-17 OLD",
    ]);
  });

  it("is that of the customer's own policy, however generous others are", async () => {
    const story = await threeOld({});
    await applyPolicy(story, { name: "slow", ...spreading });
    await story.customers(...customers.map((ref) => ({ ref, policy: "slow" })));
    expect(Object.keys(await story.walk("2026-04-17"))).toEqual(["2026-04-15", "2026-04-16", "2026-04-17"]);
  });

  it("is not for what was imported after the release", async () => {
    const story = await threeOld({ freshnessDays: null });
    await story.tickOnce();
    await releaseBacklog(story, { author: "test" });
    await story.invoices(inv({ number: "LATER", issuedOn: day("2025-12-01"), dueOn: day("2026-01-10") }));
    expect(await story.tickOnce()).toHaveLength(3);
    expect(await why(story, { invoiceNumber: "LATER" })).toMatchObject({ reason: "backlog", on: null });
  });
});

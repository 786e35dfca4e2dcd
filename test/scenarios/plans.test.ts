import { describe, expect, it } from "vitest";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { decidePlan } from "../../src/reminders/agreements/decide-plan.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { withdrawPlan } from "../../src/reminders/agreements/withdraw-plan.ts";
import { why } from "../../src/reminders/forecast/why.ts";
import { confirmByMail } from "../../src/reminders/notices/confirm-by-mail.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { alertsByDay, noticesByDay } from "../support/diary.ts";
import { walkFrom } from "../support/promising.ts";
import { ledgerOf, openHolds } from "../support/stored.ts";
import { type Story, tellStory } from "../support/story.ts";

// 2 March 2026 is a Monday. A and B are due on Wednesday 4 March; their first reminder is due on Monday 9 March.
const THREE = [
  { on: day("2026-03-12"), amountMinor: 80_000 },
  { on: day("2026-04-10"), amountMinor: 60_000 },
  { on: day("2026-05-11"), amountMinor: 60_000 },
];
const REQUEST = { invoices: ["A", "B"], instalments: THREE, name: "Bela Buch", author: "debtor" };
const FRIEDA = { author: "cli:frieda" };

async function storyOfTwo(): Promise<Story> {
  const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
  await story.invoices(invoice({ number: "A" }), invoice({ number: "B" }));
  return story;
}

async function agreed(): Promise<Story> {
  const story = await storyOfTwo();
  const { id } = await askPlan(story, REQUEST);
  await confirmByMail(story);
  await decidePlan(story, { planId: id, decision: "approve", ...FRIEDA });
  return story;
}

async function pay(story: Story, iso: string, amountMinor: number, invoiceNumber = "A"): Promise<void> {
  story.clock.set(`${iso}T08:00:00Z`);
  await story.pay(payment({ invoiceNumber, amountMinor, paidOn: day(iso) }));
  story.clock.set(`${iso}T09:00:00Z`);
}

async function standing(story: Story) {
  const { rows } = await story.db.client.execute(
    "SELECT state, (SELECT group_concat(n.state, ' ') FROM instalments n WHERE n.plan_id = p.id) AS instalments FROM plans p",
  );
  return rows.map(({ state, instalments }) => `${state}: ${instalments}`);
}

describe("a plan of three instalments", () => {
  it("is asked for, agreed, noted before each day and thanked for at its end: no reminder leaves", async () => {
    const story = await storyOfTwo();
    const { id, state } = await askPlan(story, REQUEST);
    expect(state).toBe("asked");
    expect(await story.walk("2026-03-09")).toEqual({});
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "held_reply" });
    await decidePlan(story, { planId: id, decision: "approve", waivesInterest: true, ...FRIEDA });
    await confirmByMail(story);
    expect(await why(story, { invoiceNumber: "B" })).toMatchObject({ reason: "held_plan" });
    await pay(story, "2026-03-12", 80_000);
    expect(await story.walk("2026-03-13")).toEqual({});
    expect(await walkFrom(story, "2026-04-09", "2026-04-10")).toEqual({});
    expect(await standing(story)).toEqual(["agreed: kept open open"]);
    await pay(story, "2026-04-13", 20_000);
    await pay(story, "2026-04-14", 40_000, "B");
    expect(await story.walk("2026-04-15")).toEqual({});
    expect(await walkFrom(story, "2026-05-08", "2026-05-08")).toEqual({});
    await pay(story, "2026-05-13", 60_000, "B");
    expect(await story.walk("2026-05-14")).toEqual({});
    expect(await standing(story)).toEqual(["fulfilled: kept kept kept"]);
    expect(await noticesByDay(story.db)).toEqual({
      "2026-03-05": ["plan_asked A B"],
      "2026-03-09": ["plan_agreed A B"],
      "2026-04-09": ["instalment_due A B"],
      "2026-05-08": ["instalment_due A B"],
      "2026-05-13": ["plan_ended A B"],
    });
    expect(await alertsByDay(story.db)).toEqual({
      "2026-03-05": ["plan_asked A B to fin", "plan_asked A B to rita.rep"],
      "2026-03-09": ["plan_agreed A B to rita.rep"],
      "2026-05-13": ["plan_kept A B to rita.rep"],
    });
    expect(await openHolds(story.db, { number: "B" })).toEqual([]);
  });

  it("ends when one does not come within its grace: all who decide are told, and the ladder goes on", async () => {
    const story = await agreed();
    await pay(story, "2026-03-12", 79_999);
    expect(await story.walk("2026-03-17")).toEqual({
      "2026-03-17": ["NORDWIND overdue_3 A", "NORDWIND overdue_3 B"],
    });
    expect(await standing(story)).toEqual(["defaulted: missed open open"]);
    expect((await alertsByDay(story.db))["2026-03-17"]).toEqual([
      "plan_broken A B to fin",
      "plan_broken A B to rita.rep",
    ]);
    const { rows } = await story.db.client.execute("SELECT body FROM notices WHERE kind = 'plan_ended'");
    expect(rows.map(({ body }) => JSON.parse(String(body)))).toMatchObject([
      {
        isFulfilled: false,
        on: day("2026-03-12"),
        items: [{ amountMinor: 20_001 }, { amountMinor: 100_000 }],
      },
    ]);
  });

  it.each([
    ["asks for what nobody disputes, and names no more as the instalment", 70_000, ["defaulted"], [30_000]],
    ["accuses nobody where all is disputed", undefined, ["withdrawn"], []],
  ])("that does not come %s", async (_name, amountMinor, states, asked) => {
    const story = await tellStory({ at: "2026-03-05T09:00:00Z" });
    await story.invoices(invoice({ number: "A" }));
    const instalments = [{ on: day("2026-03-12"), amountMinor: 100_000 }];
    const finances = { invoices: ["A"], instalments, author: "cli:frieda", by: "finance" as const };
    await askPlan(story, finances);
    const dispute = { invoiceNumber: "A", reason: "goods" as const, text: "Broken.", author: "debtor" };
    await openDispute(story, { ...dispute, amountMinor });
    await story.walk("2026-03-17");
    const { rows: plans } = await story.db.client.execute("SELECT state FROM plans");
    expect(plans.map(({ state }) => state)).toEqual(states);
    const { rows } = await story.db.client.execute("SELECT body FROM notices WHERE kind = 'plan_ended'");
    const bodies = rows.map(({ body }) => JSON.parse(String(body)));
    expect(bodies.map(({ items }) => items[0].amountMinor)).toEqual(asked);
    expect(bodies.map((body) => body.instalments[0].amountMinor)).toEqual(asked);
  });

  it("is kept by money ahead, and then needs no note", async () => {
    const story = await agreed();
    await pay(story, "2026-03-09", 100_000);
    await pay(story, "2026-03-10", 40_000, "B");
    await story.walk("2026-03-11");
    await walkFrom(story, "2026-04-09", "2026-04-09");
    await walkFrom(story, "2026-04-15", "2026-04-15");
    expect(await standing(story)).toEqual(["agreed: kept kept open"]);
    expect(Object.values(await noticesByDay(story.db)).flat()).toEqual(["plan_asked A B", "plan_agreed A B"]);
  });

  it("is declined with a word, and reminders go on", async () => {
    const story = await storyOfTwo();
    const { id } = await askPlan(story, REQUEST);
    await confirmByMail(story);
    await decidePlan(story, { planId: id, decision: "decline", answer: "Please pay in April.", ...FRIEDA });
    expect(await story.walk("2026-03-10")).toEqual({
      "2026-03-09": ["NORDWIND overdue_3 A", "NORDWIND overdue_3 B"],
    });
    expect((await noticesByDay(story.db))["2026-03-05"]).toEqual(["plan_asked A B", "plan_declined A B"]);
    const again = decidePlan(story, { planId: id, decision: "approve", ...FRIEDA });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  it("is withdrawn while it waits: finance and owner are told, its hold ends, and reminders go on", async () => {
    const story = await storyOfTwo();
    const { id } = await askPlan(story, REQUEST);
    await withdrawPlan(story, { planId: id, author: "debtor", by: "debtor", name: "Bela Buch" });
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
    expect(await story.walk("2026-03-09")).toEqual({
      "2026-03-09": ["NORDWIND overdue_3 A", "NORDWIND overdue_3 B"],
    });
    expect((await noticesByDay(story.db))["2026-03-05"]).toEqual(["plan_asked A B", "plan_withdrawn A B"]);
    expect((await alertsByDay(story.db))["2026-03-05"]).toEqual(
      expect.arrayContaining(["plan_withdrawn A B to fin", "plan_withdrawn A B to rita.rep"]),
    );
    const again = decidePlan(story, { planId: id, decision: "approve", ...FRIEDA });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
  });

  it("that is agreed is withdrawn by finance alone, who then may agree on another", async () => {
    const story = await agreed();
    const { rows } = await story.db.client.execute("SELECT id FROM plans");
    const planId = String(rows[0]!.id);
    const byDebtor = withdrawPlan(story, { planId, author: "debtor", by: "debtor" });
    await expect(byDebtor).rejects.toThrow(/is agreed: ask finance to change it/);
    const finances = { ...REQUEST, ...FRIEDA, by: "finance" as const };
    await expect(askPlan(story, finances)).rejects.toThrow(/withdraw it first/);
    await withdrawPlan(story, { planId, ...FRIEDA, by: "finance" });
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
    expect((await askPlan(story, finances)).state).toBe("agreed");
    await story.walk("2026-03-06");
    expect(
      (await noticesByDay(story.db))["2026-03-06"] ?? (await noticesByDay(story.db))["2026-03-05"],
    ).toContain("plan_withdrawn A B");
  });

  it("is agreed with other instalments, and takes the place of a promise", async () => {
    const story = await storyOfTwo();
    await makePromise(story, {
      invoices: [{ number: "A" }],
      on: day("2026-03-10"),
      author: "debtor",
      by: "debtor",
    });
    const { id } = await askPlan(story, REQUEST);
    const instalments = [{ on: day("2026-06-30"), amountMinor: 200_000 }];
    const decided = await decidePlan(story, { planId: id, decision: "change", instalments, ...FRIEDA });
    expect(decided).toMatchObject({ state: "agreed", instalments });
    expect(await walkFrom(story, "2026-03-13", "2026-03-13")).toEqual({});
    const told = await story.db.client.execute("SELECT body FROM notices WHERE kind = 'plan_agreed'");
    expect(JSON.parse(String(told.rows[0]!.body))).toMatchObject({ isChanged: true });
    const { rows } = await story.db.client.execute("SELECT state FROM promises");
    expect(rows.map(({ state }) => state)).toEqual(["withdrawn"]);
    expect((await ledgerOf(story.db, "A")).map(({ kind }) => kind)).toEqual([
      "invoice_imported",
      "promise_made",
      "plan_asked",
      "promise_ended",
      "plan_agreed",
      "notice_sent",
      "notice_sent",
    ]);
  });

  it("that nobody answers holds for a few days, and finance hears of it", async () => {
    const story = await storyOfTwo();
    await askPlan(story, REQUEST);
    const days = await story.walk("2026-03-11");
    expect(Object.keys(days)).toEqual(["2026-03-11"]);
    expect((await alertsByDay(story.db))["2026-03-11"]).toEqual(["answer_awaited A B to fin"]);
  });

  it("asked for again the same day is told once, holds no longer, and is what finance decides on", async () => {
    const story = await storyOfTwo();
    const { id: first } = await askPlan(story, REQUEST);
    for (let i = 0; i < 3; i += 1) await askPlan(story, REQUEST);
    const { id: latest } = await askPlan(story, REQUEST);
    const { rows } = await story.db.client.execute("SELECT count(*) AS told FROM notices");
    expect(rows[0]!.told).toBe(1);
    expect(Object.values(await alertsByDay(story.db)).flat()).toHaveLength(2);
    const stale = decidePlan(story, { planId: first, decision: "approve", ...FRIEDA });
    await expect(stale).rejects.toThrow(`gave way to plan ${latest} (EUR 800.00 2026-03-12`);
    expect(await story.walk("2026-03-09")).toEqual({});
    await decidePlan(story, { planId: latest, decision: "decline", ...FRIEDA });
    await askPlan(story, REQUEST);
    expect(await openHolds(story.db, { number: "A" })).toEqual([]);
    const told = await story.db.client.execute(
      "SELECT payload->'details' AS details FROM alerts WHERE kind = 'plan_asked' ORDER BY id",
    );
    const untils = told.rows.map(({ details }) => JSON.parse(String(details)).heldUntil);
    expect(untils).toEqual(["2026-03-10", "2026-03-10", null, null]);
    expect(await story.walk("2026-03-10")).not.toEqual({});
  });

  it("no longer fits once money came: finance agrees to what is left", async () => {
    const story = await storyOfTwo();
    const { id } = await askPlan(story, REQUEST);
    await pay(story, "2026-03-06", 50_000);
    const decision = { planId: id, ...FRIEDA };
    await expect(decidePlan(story, { ...decision, decision: "approve" })).rejects.toThrow(
      "the instalments come to EUR 2,000.00; what is open comes to EUR 1,500.00",
    );
    const instalments = [{ on: day("2026-04-10"), amountMinor: 150_000 }];
    await decidePlan(story, { ...decision, decision: "change", instalments });
    expect(await standing(story)).toEqual(["agreed: open"]);
  });
});

describe("what cannot be asked for", () => {
  it.each([
    ["nothing to pay", { invoices: [] }, "invalid", /at least one invoice/],
    [
      "less than is open",
      { invoices: ["A"] },
      "invalid",
      /come to EUR 2,000.00; what is open comes to EUR 1,000.00/,
    ],
    [
      "more than the policy allows",
      { instalments: [{ on: day("2026-03-13"), amountMinor: 200_000 }] },
      "invalid",
      /the first instalment is on 2026-03-12 at the latest/,
    ],
  ])("%s", async (_name, wrong, code, message) => {
    const asked = askPlan(await storyOfTwo(), { ...REQUEST, ...wrong });
    await expect(asked).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("is a plan in two currencies, or one for what is agreed already", async () => {
    const story = await agreed();
    await expect(askPlan(story, REQUEST)).rejects.toMatchObject({ code: "conflict" });
    await story.invoices(invoice({ number: "C" }), invoice({ number: "D", currency: "USD" }));
    await expect(askPlan(story, { ...REQUEST, invoices: ["C", "D"] })).rejects.toThrow(
      "a plan is in one currency, these invoices are in EUR, USD",
    );
  });

  it("binds finance to nothing but the sum, and finance's own plan is agreed at once", async () => {
    const story = await storyOfTwo();
    const instalments = Array.from({ length: 10 }, (_, i) => ({
      on: day("2026-06-01") + 30 * i,
      amountMinor: 20_000,
    }));
    const asked = await askPlan(story, { ...REQUEST, instalments, author: "api", by: "finance" });
    expect(asked.state).toBe("agreed");
    await confirmByMail(story);
    expect(await why(story, { invoiceNumber: "A" })).toMatchObject({ reason: "held_plan" });
    expect(Object.values(await noticesByDay(story.db)).flat()).toEqual(["plan_agreed A B"]);
  });
});

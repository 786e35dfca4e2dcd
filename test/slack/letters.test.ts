import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askPlan } from "../../src/reminders/agreements/ask-plan.ts";
import { takePaymentEvent } from "../../src/reminders/money/take-payment-event.ts";
import { settleReminder } from "../../src/reminders/outcomes/settle-reminder.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { type SlackPost, type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";
import { buttonsOf } from "../support/slack-user.ts";
import { ledgerOf } from "../support/stored.ts";

let slack: SlackStandIn;
let story: SlackStory;

beforeAll(async () => {
  slack = await startSlackStandIn();
});
afterAll(() => slack.close());
beforeEach(async () => {
  story = await startSlackStory(slack);
});

const namesOf = (message: SlackPost) => buttonsOf(message).map(({ action_id }) => action_id);
const toldTo = (channel: string, words: string) =>
  story.told(channel).find(({ text }) => text.includes(words))!;

async function press(userId: string, message: SlackPost, action: string, values?: Record<string, string>) {
  await story.user.press(userId, message, action);
  await story.settled();
  if (!values) return;
  await story.user.submit(userId, values);
  await story.settled();
}

const balances = async () => (await story.db.client.execute("SELECT balance_minor FROM invoices")).rows;

describe("a formal notice", () => {
  /** Finance is asked about the letter for A-1, and Rita whether anything is against it. */
  async function asked() {
    const stage = { to: ["billing"], template: "overdue-3" };
    const formal = { to: ["billing"], template: "formal-notice", approval: "finance", finalDeadlineDays: 14 };
    const stages = [
      { key: "soft", offsetDays: 1, ...stage },
      { key: "formal_notice", offsetDays: 7, ...formal },
    ];
    await applyPolicy(story, { name: "standard", stages });
    await story.invoices(invoice({ number: "A-1" }));
    await story.walk("2026-03-11");
    return {
      finance: toldTo("D2FIN", "has this been paid?"),
      owner: toldTo("D1RITA", "a formal notice waits for finance"),
    };
  }

  test("asks finance first whether it was paid, has the letter to read, and asks once more before it leaves", async () => {
    const { finance } = await asked();
    expect(namesOf(finance)).toEqual([
      "confirm_money",
      "preview_letter",
      "approve_letter",
      "postpone_letter",
      "decline_letter",
    ]);
    const irreversible = buttonsOf(finance).filter((one) => "confirm" in one);
    expect(irreversible).toMatchObject([{ action_id: "approve_letter", style: "danger" }]);
    await press("U2FIN", finance, "preview_letter");
    const preview = JSON.stringify(slack.views[0]!.view);
    expect(preview).toContain("bills@nordwind.example");
    expect(preview).toContain("formal-notice A-1");
    expect(preview).toContain("https://dunwell.example/p/");
    expect(namesOf(finance)).toHaveLength(5);
  });

  test("approved in Slack leaves with the next tick, and takes the question off the account owner", async () => {
    const { finance, owner } = await asked();
    await press("U2FIN", finance, "approve_letter");
    expect(finance.text).toContain("✓ Approved by <@U2FIN>");
    expect(owner.text).toContain("✓ Approved by <@U2FIN>");
    story.clock.advance({ days: 1 });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND formal_notice A-1"]);
  });

  test("is not the account owner's to approve; an objection with a reason reaches finance, and finance still decides", async () => {
    const { finance, owner } = await asked();
    await press("U1RITA", finance, "approve_letter");
    expect(slack.ephemerals.at(-1)!.text).toBe("That is for finance to answer.");
    expect(namesOf(owner)).toEqual(["object_to_letter", "preview_letter"]);
    await press("U1RITA", owner, "object_to_letter", { reason: "their CEO calls tomorrow" });
    expect(owner.text).toContain("✓ Objection passed on to finance by <@U1RITA>");
    await story.tickOnce();
    expect(toldTo("D2FIN", "objects to a formal notice").text).toContain("their CEO calls tomorrow");
    await press("U2FIN", finance, "postpone_letter", { askAgainAfter: "2026-03-20" });
    expect(finance.text).toContain("✓ Postponed by <@U2FIN>");
    expect(await story.holds()).toEqual([{ until: "2026-03-20", author: "slack:U2FIN" }]);
  });

  test("is answered by its money: the letter never leaves", async () => {
    const { finance, owner } = await asked();
    await press("U2FIN", finance, "confirm_money", { paidOn: "2026-03-10", reference: "SEPA 9" });
    expect(finance.text).toContain("✓ Payment recorded by <@U2FIN>");
    expect(await balances()).toMatchObject([{ balance_minor: 0 }]);
    await story.tickOnce();
    expect(buttonsOf(owner)).toEqual([]);
    await press("U2FIN", structuredClone(finance), "approve_letter").catch(() => {});
    expect(await story.tickOnce()).toEqual([]);
  });
});

describe("a reminder of which nobody knows whether it left", () => {
  async function unknown(): Promise<SlackPost> {
    await story.invoices(invoice({ number: "A-1" }));
    story.clock.set("2026-03-09T10:00:00Z");
    await story.bankFile();
    story.mailer.answer({ kind: "unknown", code: "timeout", detail: "no answer" });
    await story.tickOnce();
    story.mailer.answer(undefined);
    story.clock.advance({ minutes: 61 });
    await story.tickOnce();
    return toldTo("D1RITA", "nobody knows whether a reminder left");
  }

  test("is settled by whoever found out, with how it is known", async () => {
    const message = await unknown();
    expect(namesOf(message)).toEqual(["it_left", "it_stayed"]);
    await press("U1RITA", message, "it_left", { howKnown: "they answered it" });
    expect(message.text).toContain("✓ It left by <@U1RITA>");
    const settled = (await ledgerOf(story.db, "A-1")).find(({ kind }) => kind === "reminder_sent");
    expect(settled).toMatchObject({ author: "slack:U1RITA", data: { reason: "they answered it" } });
  });

  test("settled on the command line loses its buttons", async () => {
    const message = await unknown();
    const word = { asked: "A-1", outcome: "not_sent" as const, reason: "SES log" };
    await settleReminder(story, { ...word, author: "cli:op" });
    await story.tickOnce();
    expect(message.text).toContain("✓ It did not leave");
    expect(buttonsOf(message)).toEqual([]);
  });
});

describe("a request for instalments", () => {
  async function asked(): Promise<SlackPost> {
    await story.invoices(invoice({ number: "A-1" }));
    const instalments = [
      { on: day("2026-03-10"), amountMinor: 300_00 },
      { on: day("2026-04-10"), amountMinor: 700_00 },
    ];
    await askPlan(story, { invoices: ["A-1"], instalments, author: "debtor", by: "debtor" });
    await story.tickOnce();
    return toldTo("D2FIN", "asks to pay in instalments");
  }

  test("starts a change from what was asked for, and agrees to what finance writes", async () => {
    const message = await asked();
    await story.user.press("U2FIN", message, "change_plan");
    await story.settled();
    expect(JSON.stringify(slack.views[0]!.view)).toContain("EUR 300.00 2026-03-10\\nEUR 700.00 2026-04-10");
    await story.user.submit("U2FIN", { instalments: "EUR 500.00 2026-03-10\nEUR 500.00 2026-03-24" });
    await story.settled();
    expect(message.text).toContain("✓ Other instalments agreed by <@U2FIN>");
    const { rows } = await story.db.client.execute("SELECT amount_minor FROM instalments ORDER BY seq");
    expect(rows).toMatchObject([{ amount_minor: 500_00 }, { amount_minor: 500_00 }]);
  });

  test.each([
    ["EUR 500.00 2026-03-10\nEUR 400.00 2026-03-24", "come to EUR 900.00"],
    ["500 on Friday", "not “500 on Friday”"],
  ])("refuses %j in a sentence, and goes on waiting", async (instalments, because) => {
    const message = await asked();
    await press("U2FIN", message, "change_plan", { instalments });
    expect(slack.ephemerals[0]!.text).toContain(because);
    expect(namesOf(message)).toEqual(["agree_plan", "change_plan", "decline_plan"]);
  });
});

describe("money", () => {
  test("without a name is matched to the invoice that it would settle", async () => {
    await story.invoices(invoice({ number: "A-1", amountMinor: 300_00 }));
    const row = { amount: "300.00", currency: "EUR", paid_on: "2026-03-02", reference: "BANK-1" };
    await takePaymentEvent(story, { id: "msg_1", source: "payments", event: { row } });
    story.clock.advance({ minutes: 20 });
    await story.tickOnce();
    const message = toldTo("D2FIN", "fits nothing on record");
    await story.user.press("U2FIN", message, "allocate_money");
    await story.settled();
    expect(JSON.stringify(slack.views[0]!.view)).toContain('"initial_value":"A-1"');
    await story.user.submit("U2FIN", { invoice: "A-1" });
    await story.settled();
    expect(message.text).toContain("✓ Matched to its invoice by <@U2FIN>");
    expect(await balances()).toMatchObject([{ balance_minor: 0 }]);
  });

  test("of a customer that named no invoice is matched, once", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.pay(payment({ customerRef: "NORDWIND", reference: "T-1", paidOn: day("2026-03-05") }));
    await story.tickOnce();
    const message = toldTo("D2FIN", "paid without saying what for");
    const asRead = structuredClone(message);
    await press("U2FIN", message, "allocate_money", { invoice: "A-1" });
    expect(message.text).toContain("✓ Matched to its invoice by <@U2FIN>");
    expect(await balances()).toMatchObject([{ balance_minor: 0 }]);
    await press("U2FIN", asRead, "allocate_money");
    expect(slack.ephemerals.at(-1)!.text).toContain("That is settled: Matched to its invoice by <@U2FIN>");
  });

  test.each([
    ["credit_rest", "✓ The rest is credited", 0, 0],
    ["ask_for_rest", "✓ The rest is asked for", 2_00, 0],
  ])("that leaves a small rest: %s", async (action, done, left, holds) => {
    await story.invoices(invoice({ number: "A-1" }));
    await story.pay(payment({ invoiceNumber: "A-1", amountMinor: 998_00, paidOn: day("2026-03-05") }));
    await story.tickOnce();
    const message = toldTo("D2FIN", "a small rest is left");
    await press("U2FIN", message, action);
    expect(message.text).toContain(`${done} by <@U2FIN>`);
    expect(await balances()).toMatchObject([{ balance_minor: left }]);
    expect(await story.holds()).toHaveLength(holds);
  });

  test("that is complete lets reminders go on which waited for payment data", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    story.clock.set("2026-03-09T10:00:00Z");
    expect(await story.tickOnce()).toEqual([]);
    const message = toldTo("D2FIN", "wait for payment data");
    await press("U2FIN", message, "payments_complete");
    expect(message.text).toContain("✓ Payments are complete, reminders go on by <@U2FIN>");
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A-1"]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ACCOUNT_CHECK_ANSWERS, WARNING_ANSWERS } from "../../src/domain/owner-answers.ts";
import { logCall } from "../../src/reminders/agreements/log-call.ts";
import { answerAccountCheck } from "../../src/reminders/decisions/answer-account-check.ts";
import { invoice, SILENT } from "../support/cast.ts";
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
const toRita = (words: string) => story.told("D1RITA").find(({ text }) => text.includes(words))!;

/** Rita presses, and fills in the form if one opens. */
async function press(message: SlackPost, action: string, values?: Record<string, string>, who = "U1RITA") {
  await story.user.press(who, message, action);
  await story.settled();
  if (!values) return;
  await story.user.submit(who, values);
  await story.settled();
}

async function entries(kind: string) {
  return (await ledgerOf(story.db, "A-1")).filter((entry) => entry.kind === kind);
}

describe("the account check", () => {
  test("offers its seven answers before any pause", async () => {
    const message = await story.accountCheck();
    const names = namesOf(message);
    expect(names.slice(0, 7).toSorted()).toEqual([...ACCOUNT_CHECK_ANSWERS].toSorted());
    expect(names.slice(7)).toEqual(["pause_week", "pause_until"]);
  });

  test.each([
    ["received", undefined, "✓ They have it, reminders go on", []],
    ["all_fine", undefined, "✓ All fine, reminders go on", []],
    ["not_received", undefined, "✓ The invoice is sent again", []],
    ["in_approval", undefined, "✓ In their approval, paused for 7 days", ["2026-03-12"]],
    ["our_error", { wrong: "the VAT number" }, "✓ Our error, paused; finance is told", ["2026-03-12"]],
    ["reported_paid", { paidOn: "2026-03-04" }, "✓ Reported as paid, finance looks", ["2026-03-10"]],
  ] as const)("answered “%s” says so, and does what follows", async (answer, values, done, until) => {
    const message = await story.accountCheck();
    await press(message, answer, values);
    expect(message.text).toContain(`${done}`);
    expect(message.text).toContain("by <@U1RITA> on 5 Mar 2026");
    expect(buttonsOf(message)).toEqual([]);
    expect((await story.holds()).map((hold) => hold.until)).toEqual(until);
    expect(await entries("account_checked")).toMatchObject([
      { author: "slack:U1RITA", data: { as: answer } },
    ]);
  });

  test("answered as disputed opens a query with what was written, which Rita is then asked to answer", async () => {
    const message = await story.accountCheck();
    await press(message, "disputed", { wrong: "two boxes were missing" });
    await story.tickOnce();
    expect(toRita("has a query").text).toContain("two boxes were missing");
    expect(await entries("dispute_opened")).toMatchObject([{ author: "slack:U1RITA" }]);
  });

  test("takes one answer of two people, and a week later names who was first", async () => {
    const message = await story.accountCheck();
    const asRead = structuredClone(message);
    await Promise.all([
      story.user.press("U1RITA", asRead, "received"),
      story.user.press("U2FIN", asRead, "in_approval"),
    ]);
    await story.settled();
    expect(await entries("account_checked")).toHaveLength(1);
    expect(slack.ephemerals).toHaveLength(1);
    story.clock.advance({ days: 7 });
    await press(asRead, "in_approval");
    expect(await entries("account_checked")).toHaveLength(1);
    expect(slack.ephemerals.at(-1)!.text).toMatch(/^That is settled: .* by <@U/);
  });

  test("answered by the API shows what was answered, and by whom", async () => {
    const message = await story.accountCheck();
    await answerAccountCheck(story, { invoiceNumber: "A-1", answer: "all_fine", author: "api:crm" });
    await story.tickOnce();
    expect(message.text).toContain("✓ All fine, reminders go on by crm, through the API");
  });

  test("is not for a stranger to answer", async () => {
    const message = await story.accountCheck();
    await press(message, "received", undefined, "U3OTTO");
    expect(await entries("account_checked")).toEqual([]);
    expect(slack.ephemerals[0]!.text).toContain("for the account owner");
  });
});

describe("the warning before a firm letter", () => {
  /** The day before the firm letter about A-1. */
  async function warned(): Promise<SlackPost> {
    await story.invoices(invoice({ number: "A-1" }));
    story.clock.set("2026-03-09T10:00:00Z");
    await story.bankFile();
    await story.tickOnce();
    story.clock.set("2026-04-02T10:00:00Z");
    await story.bankFile();
    await story.tickOnce();
    return toRita("firm letter leaves next");
  }

  test.each([
    ["send", "✓ The letter goes as planned", []],
    ["talk_first", "✓ Kept back for 2 days to talk", ["2026-04-04"]],
    ["instalments", "✓ Instalments offered by mail", ["2026-04-04"]],
    ["finance", "✓ Finance takes over", ["2026-04-16"]],
  ] as const)("answered “%s” says so, and does it", async (answer, done, until) => {
    const message = await warned();
    expect(namesOf(message).slice(0, 4)).toEqual([...WARNING_ANSWERS]);
    const mails = story.mailer.mails.length;
    await press(message, answer);
    expect(message.text).toContain(`${done} by <@U1RITA>`);
    expect((await story.holds()).map((hold) => hold.until)).toEqual(until);
    expect(story.mailer.mails.length - mails).toBe(answer === "instalments" ? 1 : 0);
  });
});

describe("a call", () => {
  async function callTask(): Promise<SlackPost> {
    await story.invoices(invoice({ number: "A-1" }));
    story.clock.set("2026-03-16T10:00:00Z");
    await story.bankFile();
    await story.tickOnce();
    return toRita("Please call");
  }

  const CALL = {
    person: "Ms Buch",
    said: "half next week",
    promisedOn: "2026-03-20",
    promisedAmount: "400.00",
  };

  test("is logged with whom and what, and what was promised is confirmed to the debtor in writing", async () => {
    const message = await callTask();
    const mails = story.mailer.mails.length;
    await press(message, "log_call", CALL);
    expect(message.text).toContain("✓ Call logged by <@U1RITA>");
    expect(await entries("call_logged")).toMatchObject([
      { author: "slack:U1RITA", data: { name: "Ms Buch", text: "half next week" } },
    ]);
    const { rows } = await story.db.client.execute("SELECT amount_minor, author FROM promises");
    expect(rows).toMatchObject([{ amount_minor: 40_000, author: "slack:U1RITA" }]);
    expect(story.mailer.mails.length).toBe(mails + 1);
  });

  test("with an amount and no day is refused in words, and nothing of it is kept", async () => {
    const message = await callTask();
    await press(message, "log_call", { person: "Ms Buch", said: "soon", promisedAmount: "400.00" });
    expect(slack.ephemerals[0]!.text).toContain("a promised amount needs the day");
    expect(await entries("call_logged")).toEqual([]);
    expect(namesOf(message)).toContain("log_call");
  });

  test("logged elsewhere settles the task", async () => {
    const message = await callTask();
    const call = { invoiceNumber: "A-1", person: "Ms Buch", said: "soon", by: "owner" as const };
    await logCall(story, { ...call, author: "cli:rita" });
    await story.tickOnce();
    expect(message.text).toContain("✓ Call logged by rita, on the command line");
  });

  test("has a text to copy into a chat, which settles nothing", async () => {
    const message = await callTask();
    await press(message, "copy_text");
    const [opened] = slack.views;
    expect(JSON.stringify(opened!.view)).toContain("A-1");
    expect(namesOf(message)).toContain("copy_text");
  });

  test("shows no text of it to a stranger", async () => {
    const message = await callTask();
    await press(message, "copy_text", undefined, "U3OTTO");
    expect(slack.views).toEqual([]);
    expect(slack.ephemerals[0]!.text).toContain("for the account owner");
  });

  test("may end in taking the customer over", async () => {
    const message = await callTask();
    await press(message, "take_over", { until: "2026-03-20", reason: "their CFO calls back" });
    expect(message.text).toContain("✓ Taken over");
    expect(await story.holds()).toEqual([{ until: "2026-03-20", author: "slack:U1RITA" }]);
  });
});

test("where nobody is left to write to, an address is named in Slack, and reminders go on", async () => {
  await story.customers({ ...SILENT, timezone: "Europe/Berlin", ownerEmail: "rita.rep@acme.example" });
  await story.invoices(invoice({ number: "A-1", customerRef: SILENT.ref }));
  story.clock.set("2026-03-09T10:00:00Z");
  await story.bankFile();
  expect(await story.tickOnce()).toEqual([]);
  const message = toRita("nobody left to write to");
  await press(message, "correct_contact", { email: "bills@silent.example", name: "Bill" });
  expect(message.text).toContain("✓ Address put in, reminders go on by <@U1RITA>");
  expect(await story.tickOnce()).toEqual(["SILENT overdue_3 A-1"]);
});

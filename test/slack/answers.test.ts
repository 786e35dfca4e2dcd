import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closeDispute } from "../../src/reminders/agreements/close-dispute.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { openDispute } from "../../src/reminders/agreements/open-dispute.ts";
import { day, invoice, payment } from "../support/cast.ts";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";
import { buttonsOf } from "../support/slack-user.ts";

let slack: SlackStandIn;
let story: SlackStory;

beforeAll(async () => {
  slack = await startSlackStandIn();
});

afterAll(() => slack.close());

beforeEach(async () => {
  story = await startSlackStory(slack);
});

test("the account owner pauses an invoice for a week with one press", async () => {
  const message = await story.accountCheck();
  const response = await story.user.press("U1RITA", message, "pause_week");
  expect(response.status).toBe(200);
  await story.settled();
  expect(await story.holds()).toEqual([{ until: "2026-03-12", author: "slack:U1RITA" }]);
  expect(message.text).toContain("✓ Paused for 7 days by <@U1RITA> on 5 Mar 2026");
  expect(buttonsOf(message)).toEqual([]);
});

test("whoever presses second hears who was first, and nothing is done twice", async () => {
  const message = await story.accountCheck();
  const asRead = structuredClone(message);
  await Promise.all(["U1RITA", "U2FIN"].map((userId) => story.user.press(userId, asRead, "pause_week")));
  await story.settled();
  expect(await story.holds()).toHaveLength(1);
  expect(slack.ephemerals).toHaveLength(1);
  const [told] = slack.ephemerals;
  const first = told!.user === "U1RITA" ? "U2FIN" : "U1RITA";
  expect(told!.text).toBe(`That is settled: Paused for 7 days by <@${first}> on 5 Mar 2026.`);
  story.clock.advance({ days: 7 });
  await story.user.press("U1RITA", asRead, "pause_week");
  await story.settled();
  expect(await story.holds()).toHaveLength(1);
  expect(slack.ephemerals).toHaveLength(2);
});

describe("who may", () => {
  test("nobody who does not look after the customer", async () => {
    const message = await story.accountCheck();
    await story.user.press("U3OTTO", message, "pause_week");
    await story.settled();
    expect(await story.holds()).toEqual([]);
    expect(slack.ephemerals).toMatchObject([
      { user: "U3OTTO", text: "That is for the account owner, the deputy or finance to answer." },
    ]);
    expect(buttonsOf(message)).not.toEqual([]);
  });

  test("finance alone confirms money; the account owner reads so in words", async () => {
    await story.accountCheck();
    await story.reportPaid("A-1");
    const [message] = story.told("D2FIN");
    await story.user.press("U1RITA", message!, "confirm_money");
    await story.settled();
    expect(slack.views).toEqual([]);
    expect(slack.ephemerals).toMatchObject([{ user: "U1RITA", text: "That is for finance to answer." }]);
  });

  test("nobody mentions a channel in what is refused", async () => {
    const message = await story.accountCheck();
    await story.user.press("U2FIN", message, "pause_until");
    await story.settled();
    const { view } = slack.views.at(-1)!;
    Object.assign(view, { private_metadata: "<!channel>" });
    await story.user.submit("U2FIN", { until: "2026-03-10", reason: "they merge" });
    await story.settled();
    expect(slack.ephemerals.concat(slack.posts as never).at(-1)!.text).toContain("&lt;!channel&gt;");
  });

  test("an account owner pauses no longer than the policy lets", async () => {
    const message = await story.accountCheck();
    await story.user.press("U1RITA", message, "pause_until");
    await story.settled();
    await story.user.submit("U1RITA", { until: "2026-06-01", reason: "they merge" });
    await story.settled();
    expect(await story.holds()).toEqual([]);
    expect(slack.ephemerals[0]!.text).toContain("an account owner's pause lasts through 2026-03-19 at most");
    expect(buttonsOf(message)).not.toEqual([]);
  });
});

test("a reported payment holds for three sending days; finance records the money from the same message", async () => {
  const message = await story.accountCheck();
  await story.user.press("U1RITA", message, "reported_paid");
  await story.settled();
  await story.user.submit("U1RITA", { paidOn: "2026-03-04", reference: "SEPA 77" });
  await story.settled();
  expect(await story.holds()).toEqual([{ until: "2026-03-10", author: "slack:U1RITA" }]);
  await story.tickOnce();
  const [asked] = story.told("D2FIN");
  await story.user.press("U2FIN", asked!, "confirm_money");
  await story.settled();
  await story.user.submit("U2FIN", { paidOn: "2026-03-04", reference: "SEPA 77", amount: "1000.00" });
  await story.settled();
  const { rows } = await story.db.client.execute("SELECT balance_minor FROM invoices");
  expect(rows).toMatchObject([{ balance_minor: 0 }]);
  expect(asked!.text).toContain("✓ Payment recorded by <@U2FIN>");
});

test("finance accepts a date beyond the policy, and the debtor reads it at once", async () => {
  await story.invoices(invoice({ number: "A-1" }));
  const promised = { invoices: [{ number: "A-1" }], on: day("2026-05-29"), author: "debtor" };
  await makePromise(story, { ...promised, by: "debtor" });
  await story.tickOnce();
  const [asked] = story.told("D2FIN");
  expect(buttonsOf(asked!).map(({ action_id }) => action_id)).toEqual(["accept_promise", "decline_promise"]);
  const mails = story.mailer.mails.length;
  await story.user.press("U2FIN", asked!, "accept_promise");
  await story.settled();
  expect(asked!.text).toContain("✓ Date accepted by <@U2FIN>");
  expect(story.mailer.mails.length).toBe(mails + 1);
});

describe("what is settled elsewhere", () => {
  test("takes the buttons off with the next tick, and names who did it", async () => {
    await story.invoices(invoice({ number: "A-1" }));
    await openDispute(story, { invoiceNumber: "A-1", reason: "goods", author: "debtor", text: "broken" });
    await story.tickOnce();
    const asked = story.told("D1RITA").find(({ text }) => text.includes("query"))!;
    expect(buttonsOf(asked)).toHaveLength(1);
    await closeDispute(story, {
      invoiceNumber: "A-1",
      as: "rejected",
      answer: "it was whole",
      author: "cli:frieda",
      by: "finance",
    });
    await story.tickOnce();
    expect(asked.text).toContain("✓ Query answered by frieda, on the command line on 5 Mar 2026");
    expect(buttonsOf(asked)).toEqual([]);
  });

  test("is so when the money came", async () => {
    const message = await story.accountCheck();
    await story.pay(payment({ invoiceNumber: "A-1", paidOn: day("2026-03-05") }));
    await story.tickOnce();
    expect(message.text).toContain("✓ Nothing is left to pay on 5 Mar 2026");
    expect(message.text).toContain("Now: nothing is open.");
  });
});

test("a form that Slack opened too late is said so, to press again", async () => {
  const message = await story.accountCheck();
  slack.fail("views.open", { error: "expired_trigger_id" });
  await story.user.press("U1RITA", message, "pause_until");
  await story.settled();
  expect(slack.ephemerals[0]!.text).toContain("press again");
});

test("whoever reads Slack in Chinese is answered in Chinese", async () => {
  slack.users.set("rita.rep@acme.example", { id: "U1RITA", locale: "zh-CN" });
  const message = await story.accountCheck();
  const asRead = structuredClone(message);
  expect(buttonsOf(message).map(({ text }) => text.text)).toContain("暂停 7 天");
  for (let i = 0; i < 2; i++) await story.user.press("U1RITA", asRead, "pause_week");
  await story.settled();
  expect(message.text).toContain("✓ 已暂停 7 天（<@U1RITA>，2026年3月5日）");
  expect(slack.ephemerals).toMatchObject([{ text: "此事已处理：已暂停 7 天（<@U1RITA>，2026年3月5日）。" }]);
});

test("whoever reads Slack in Chinese reads a refusal in Chinese, with the rule's own sentence behind it", async () => {
  slack.users.set("rita.rep@acme.example", { id: "U1RITA", locale: "zh-CN" });
  const message = await story.accountCheck();
  const pauseOf = async (about: object) => {
    await story.user.press("U1RITA", message, "pause_until");
    await story.settled();
    Object.assign(slack.views.at(-1)!.view, about);
    await story.user.submit("U1RITA", { until: "2026-06-01", reason: "they merge" });
    await story.settled();
  };
  await pauseOf({});
  expect(slack.ephemerals.at(-1)!.text).toMatch(
    /^未能完成：与现有记录或公司规定不符。（系统原文：an account owner's pause lasts through 2026-03-19 at most.*）$/,
  );
  await pauseOf({ private_metadata: "alr_none" });
  expect(slack.posts.at(-1)!.text).toMatch(
    /^未能完成：未找到相应记录，可能已有变动。（系统原文：there is no alert/,
  );
});

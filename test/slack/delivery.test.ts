import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addAlerts } from "../../src/db/alerts.ts";
import type { AlertKind } from "../../src/domain/alert.ts";
import { findColleagues } from "../../src/reminders/alerts/find-colleagues.ts";
import { myQueue } from "../../src/reminders/alerts/my-queue.ts";
import { postAlerts } from "../../src/reminders/alerts/post-alerts.ts";
import { routeColleague, routeCustomer } from "../../src/reminders/alerts/route-alerts.ts";
import { day, NORDWIND } from "../support/cast.ts";
import { type SlackPost, type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";

let slack: SlackStandIn;
let story: SlackStory;
let facts = 0;

beforeAll(async () => {
  slack = await startSlackStandIn();
});

afterAll(() => slack.close());

beforeEach(async () => {
  story = await startSlackStory(slack);
});

const posted = () => slack.posts.map(({ text }) => text.split("\n")[0]!.replace(/:.*/, ""));
async function pausesByOtto(message: SlackPost) {
  await story.user.press("U3OTTO", message, "pause_week");
  await story.settled();
  return story.holds();
}

const callsOf = (method: string) => slack.calls.filter((call) => call === method).length;

async function alert(
  kind: AlertKind = "plan_broken",
  { to = "rita.rep@acme.example" as string | null } = {},
) {
  const { rows } = await story.db.client.execute("SELECT id, ref, name FROM customers");
  const customer = { ref: String(rows[0]!.ref), name: `N${++facts}` };
  const payload = { customer, invoices: [], note: null };
  const told = { kind, customerId: String(rows[0]!.id), invoiceId: null, toEmail: to, payload };
  await story.db.batch([addAlerts([{ ...told, fact: `test ${facts}` }], story.clock())]);
  return customer.name;
}

describe("a message", () => {
  test("whose answer was lost is found in Slack, and not posted again", async () => {
    await alert();
    slack.fail("chat.postMessage", { status: 503, afterAll: true });
    await postAlerts(story);
    expect(slack.posts).toHaveLength(1);
    story.clock.advance({ minutes: 15 });
    await postAlerts(story);
    story.clock.advance({ minutes: 15 });
    await postAlerts(story);
    expect(slack.posts).toHaveLength(1);
    expect(callsOf("conversations.history")).toBe(1);
  });

  test("that never arrived is posted again", async () => {
    const name = await alert();
    slack.fail("chat.postMessage", { status: 503 });
    await postAlerts(story);
    story.clock.advance({ minutes: 15 });
    await postAlerts(story);
    expect(posted()).toEqual([name]);
  });

  test("that Slack refuses as it is holds up nothing that comes after it", async () => {
    await alert();
    slack.fail("chat.postMessage", { error: "invalid_blocks" });
    await postAlerts(story);
    const name = await alert();
    await postAlerts(story);
    expect(posted()).toEqual([name]);
  });

  test("for a channel that is not there holds up nobody else", async () => {
    await alert("service_problem", { to: null });
    const name = await alert();
    slack.fail("chat.postMessage", { error: "channel_not_found" });
    await postAlerts(story);
    expect(posted()).toEqual([name]);
  });

  test("that may no longer be changed stays as it is, and one update without an answer is enough for a run", async () => {
    await alert();
    await alert();
    await postAlerts(story);
    await story.db.client.execute("UPDATE alerts SET is_stale = 1");
    slack.calls.length = 0;
    slack.fail("chat.update", { error: "edit_window_closed" });
    slack.fail("chat.update", { status: 503 });
    await postAlerts(story);
    expect(callsOf("chat.update")).toBe(2);
    const { rows } = await story.db.client.execute("SELECT is_stale FROM alerts ORDER BY id");
    expect(rows.map((row) => row.is_stale)).toEqual([0, 1]);
  });

  test("is posted once by two ticks at once", async () => {
    await alert();
    await Promise.all([postAlerts(story), postAlerts(story)]);
    expect(slack.posts).toHaveLength(1);
  });
});

test("a rate limit stops everything for as long as Slack says, and nothing is lost or out of order", async () => {
  const names = [await alert(), await alert(), await alert()];
  slack.fail("chat.postMessage", { retryAfter: 120 });
  await postAlerts(story);
  await postAlerts(story);
  expect(callsOf("chat.postMessage")).toBe(1);
  story.clock.advance({ minutes: 2 });
  await postAlerts(story);
  expect(posted()).toEqual(names);
});

test("a limit of a second is waited for, and what is for others is told in the same run", async () => {
  await alert();
  const other = await alert("plan_broken", { to: "fin@acme.example" });
  slack.fail("chat.postMessage", { retryAfter: 1 });
  await postAlerts(story);
  expect(posted()).toEqual([other]);
});

describe("a thread", () => {
  test("holds the history of a customer under its first message; questions show outside it too", async () => {
    await alert("plan_kept", { to: "fin@acme.example" });
    await alert("promise_made");
    await alert("service_problem");
    await postAlerts(story);
    await alert("backlog");
    await postAlerts(story);
    const [first, ...later] = story.told("D1RITA");
    expect(first!.threadTs).toBeUndefined();
    expect(later).toMatchObject([{ threadTs: first!.ts }, { threadTs: first!.ts, isBroadcast: true }]);
  });

  test("says at its head what the customer owes by now", async () => {
    const message = await story.accountCheck("T-1");
    await alert("plan_broken");
    await postAlerts(story);
    expect(message.text).toContain("Now open: EUR 1,000.00, up to 1 days overdue");
  });
});

test("what comes beyond twenty within the hour is one message", async () => {
  for (let i = 0; i < 30; i++) await alert();
  await postAlerts(story);
  expect(slack.posts).toHaveLength(21);
  expect(slack.posts.at(-1)!.text).toContain("10 more things to look at");
  await postAlerts(story);
  expect(slack.posts).toHaveLength(21);
});

describe("a colleague", () => {
  test("who left Slack is said once, and the alert goes to the fallback channel", async () => {
    slack.users.set("rita.rep@acme.example", { id: "U1RITA", deleted: true });
    await alert();
    await postAlerts(story);
    await alert();
    await postAlerts(story);
    const missing = slack.posts.filter(({ text }) => text.includes("Slack does not know a colleague"));
    expect(missing).toHaveLength(1);
    expect(new Set(slack.posts.map(({ channel }) => channel))).toEqual(new Set(["C0FINANCE"]));
  });

  test("is stood in for while away, and the deputy may answer", async () => {
    const message = await story.accountCheck("D-1");
    const away = { deputy: "otto@acme.example", from: day("2026-03-06"), until: day("2026-03-07") };
    await routeColleague(story, { email: "rita.rep@acme.example", away, author: "test" });
    expect(await pausesByOtto(message)).toEqual([]);
    story.clock.advance({ days: 1 });
    await alert();
    await postAlerts(story);
    expect(story.told("D3OTTO")).toHaveLength(1);
    expect(await pausesByOtto(message)).toMatchObject([{ author: "slack:U3OTTO" }]);
  });

  test("to whom a customer's alerts go has a deputy, too, who may answer", async () => {
    const message = await story.accountCheck("D-2");
    const away = { deputy: "otto@acme.example", from: day("2026-03-05"), until: day("2026-03-07") };
    slack.users.set("kim@acme.example", { id: "U4KIM" });
    await routeColleague(story, { email: "kim@acme.example", away, author: "test" });
    await routeCustomer(story, { customerRef: "NORDWIND", to: "kim@acme.example", author: "test" });
    await alert();
    await postAlerts(story);
    expect(story.told("D3OTTO")).toHaveLength(1);
    expect(await pausesByOtto(message)).toMatchObject([{ author: "slack:U3OTTO" }]);
  });

  test("who looks after a customer from now on has what the one before was asked", async () => {
    const message = await story.accountCheck("D-3");
    await story.customers({ ...NORDWIND, ownerEmail: "otto@acme.example" });
    const waiting = async (email: string) => (await myQueue(story, email)).waiting.map(({ kind }) => kind);
    expect(await waiting("rita.rep@acme.example")).toEqual([]);
    expect(await waiting("otto@acme.example")).toEqual(["account_check"]);
    expect(await pausesByOtto(message)).toMatchObject([{ author: "slack:U3OTTO" }]);
  });

  test("has the team's channel read what nobody in Slack can", async () => {
    slack.users.delete("rita.rep@acme.example");
    await routeColleague(story, { email: "rita.rep@acme.example", channel: "C0TEAM", author: "test" });
    await alert();
    await postAlerts(story);
    expect(story.told("C0TEAM")).toHaveLength(1);
  });

  test("is passed over where the customer's alerts go elsewhere; finance's do not", async () => {
    await routeCustomer(story, { customerRef: "NORDWIND", to: "C0KEYACCOUNTS", author: "test" });
    await alert();
    await alert("plan_asked", { to: "fin@acme.example" });
    await postAlerts(story);
    expect(slack.posts.map(({ channel }) => channel)).toEqual(["C0KEYACCOUNTS", "D2FIN"]);
  });

  test("reads Chinese who has set Slack to it", async () => {
    slack.users.set("rita.rep@acme.example", { id: "U1RITA", locale: "zh-CN" });
    await alert();
    await postAlerts(story);
    expect(slack.posts[0]!.text).toMatch(/有一期分期款未到账/);
  });

  test("is looked up once a day", async () => {
    for (let i = 0; i < 3; i++) {
      await alert();
      await postAlerts(story);
    }
    expect(callsOf("users.lookupByEmail")).toBe(1);
    story.clock.advance({ days: 1 });
    await alert();
    await postAlerts(story);
    expect(callsOf("users.lookupByEmail")).toBe(2);
  });

  test("is one of at most a hundred who are looked up in a run; who is left is with the next", async () => {
    const emails = Array.from({ length: 120 }, (_, i) => `rep${i}@acme.example`);
    expect(await findColleagues(story, emails)).toHaveProperty("size", 100);
    expect(callsOf("users.lookupByEmail")).toBe(100);
    const known = await findColleagues(story, emails);
    expect([known.size, callsOf("users.lookupByEmail")]).toEqual([120, 120]);
  });
});

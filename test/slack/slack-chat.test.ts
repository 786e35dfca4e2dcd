import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLogChat } from "../../src/slack/log-chat.ts";
import { createSlackChat } from "../../src/slack/slack-chat.ts";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { createTestClock } from "../support/test-clock.ts";
import { createTestLog } from "../support/test-log.ts";

let slack: SlackStandIn;

beforeAll(async () => {
  slack = await startSlackStandIn();
});

afterAll(() => slack.close());

beforeEach(() => {
  slack.posts.length = 0;
  slack.calls.length = 0;
  slack.sharedChannels.clear();
  slack.users.clear();
  slack.users.set("ana@acme.example", { id: "U1ANA" });
});

const MESSAGE = {
  toEmail: "ana@acme.example",
  userId: "U1ANA",
  text: "Fern GmbH: due, not paid yet",
  blocks: [{ type: "section", text: { type: "mrkdwn", text: "*Fern GmbH*: due" } }],
};

function makeChat(overrides = {}) {
  const settings = {
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: slack.url,
    SLACK_FALLBACK_CHANNEL: "C0FINANCE",
  };
  const clock = createTestClock("2026-03-02T10:00:00Z");
  const log = createTestLog();
  return { chat: createSlackChat({ ...settings, ...overrides }, { log, clock }), clock, log };
}

describe("whom it reaches", () => {
  test("the account owner, in a direct message", async () => {
    const outcome = await makeChat().chat.post(MESSAGE);
    expect(slack.posts).toMatchObject([{ channel: "D1ANA", text: MESSAGE.text, blocks: MESSAGE.blocks }]);
    expect(outcome).toEqual({ kind: "posted", channel: "D1ANA", ts: slack.posts[0]!.ts });
  });

  test("the fallback channel, with the name of whom it was for, when nobody is found", async () => {
    await makeChat().chat.post({ ...MESSAGE, toEmail: "gone@acme.example", userId: null });
    expect(slack.posts[0]).toMatchObject({
      channel: "C0FINANCE",
      text: `→ gone@acme.example\n${MESSAGE.text}`,
    });
    expect(slack.posts[0]!.blocks).toHaveLength(2);
  });

  test("the fallback channel, as it is, when there is no owner", async () => {
    await makeChat().chat.post({ ...MESSAGE, toEmail: null, userId: null });
    expect(slack.posts).toMatchObject([{ channel: "C0FINANCE", text: MESSAGE.text }]);
  });

  test("the fallback channel when the person cannot be written to", async () => {
    slack.fail("chat.postMessage", { error: "messages_tab_disabled" });
    await makeChat().chat.post(MESSAGE);
    expect(slack.posts.map(({ channel }) => channel)).toEqual(["C0FINANCE"]);
  });

  test("nobody when the fallback channel is shared with another company", async () => {
    slack.sharedChannels.add("C0FINANCE");
    const { chat, log } = makeChat();
    expect(await chat.post({ ...MESSAGE, toEmail: null, userId: null })).toMatchObject({
      kind: "deferred",
      code: "shared_channel",
    });
    expect(slack.posts).toEqual([]);
    expect(log.events).toContainEqual({
      level: "error",
      event: "slack_fallback_channel_is_shared",
      fields: {},
    });
  });

  test("nobody any more once the channel is shared with another company", async () => {
    const { chat, clock } = makeChat();
    const message = { ...MESSAGE, toEmail: null, userId: null };
    expect(await chat.post(message)).toMatchObject({ kind: "posted" });
    slack.sharedChannels.add("C0FINANCE");
    clock.advance({ minutes: 15 });
    expect(await chat.post(message)).toMatchObject({ code: "shared_channel" });
  });

  test("nobody yet when there is no fallback channel", async () => {
    const { chat } = makeChat({ SLACK_FALLBACK_CHANNEL: undefined });
    expect(await chat.post({ ...MESSAGE, toEmail: null, userId: null })).toEqual({
      kind: "deferred",
      code: "no_channel",
      retryAfterMs: null,
    });
  });
});

describe("what goes wrong is tried again later", () => {
  test("a rate limit, after the time that Slack names", async () => {
    slack.fail("chat.postMessage", { retryAfter: 7 });
    expect(await makeChat().chat.post(MESSAGE)).toEqual({
      kind: "deferred",
      code: "ratelimited",
      retryAfterMs: 7000,
    });
    expect(slack.calls.filter((method) => method === "chat.postMessage")).toHaveLength(1);
  });

  test.each([{ error: "fatal_error" }, { status: 503 }])(
    "%o, though nobody knows whether it was posted",
    async (failure) => {
      slack.fail("chat.postMessage", failure);
      const code = failure.error ?? `http_${failure.status}`;
      expect(await makeChat().chat.post(MESSAGE)).toEqual({ kind: "unknown", code });
    },
  );

  test("no answer at all, of which nobody knows either", async () => {
    const nowhere = makeChat({ SLACK_API_URL: "http://slack.invalid/api/" });
    const code = "slack_webapi_request_error";
    expect(await nowhere.chat.post(MESSAGE)).toEqual({ kind: "unknown", code });
  });

  test("a wrong token, which never reaches the log", async () => {
    const { chat, log } = makeChat({ SLACK_BOT_TOKEN: "xoxb-wrong" });
    expect(await chat.post(MESSAGE)).toMatchObject({ kind: "deferred", code: "invalid_auth" });
    expect(JSON.stringify(log.events)).not.toContain("xoxb-wrong");
  });
});

describe("whom it finds", () => {
  const find = (user = {}) => {
    slack.users.set("ana@acme.example", { id: "U1ANA", ...user });
    return makeChat().chat.findPerson!({ email: "Ana@acme.example" });
  };

  test("a colleague, with language and zone", async () => {
    const person = {
      userId: "U1ANA",
      email: "ana@acme.example",
      locale: "zh-CN",
      timezone: "Asia/Shanghai",
    };
    const found = await find({ locale: "zh-CN", tz: "Asia/Shanghai" });
    expect(found).toEqual({ kind: "found", person });
  });

  test.each([{ deleted: true }, { is_stranger: true }, { is_restricted: true }, { team_id: "T2OTHERS" }])(
    "nobody for a user that is %o",
    async (user) => {
      expect(await find(user)).toEqual({ kind: "found", person: null });
    },
  );

  test("nobody where Slack does not know the address", async () => {
    const found = await makeChat().chat.findPerson!({ email: "gone@acme.example" });
    expect(found).toEqual({ kind: "found", person: null });
  });

  test("nobody yet where Slack limits the lookups", async () => {
    slack.fail("users.lookupByEmail", { retryAfter: 3 });
    expect(await find()).toEqual({ kind: "deferred", code: "ratelimited", retryAfterMs: 3000 });
  });
});

test("without Slack the message is one event in the log", async () => {
  const log = createTestLog();
  expect(await createLogChat(log).post(MESSAGE)).toMatchObject({ kind: "posted" });
  expect(log.events).toEqual([{ level: "info", event: "chat_message", fields: { text: MESSAGE.text } }]);
});

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSlack } from "../../src/compose.ts";
import { readSettings } from "../../src/config.ts";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";
import { signed } from "../support/slack-user.ts";

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
// From https://docs.slack.dev/authentication/verifying-requests-from-slack
const SAMPLE = {
  secret: "8f742231b10e8888abcd99yyyzzz85a5",
  seconds: 1531420618,
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  body:
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&" +
    "user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F" +
    "commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
};
const SAMPLES = process.env.DUNWELL_SAMPLES;

let slack: SlackStandIn;
let story: SlackStory;

beforeAll(async () => {
  slack = await startSlackStandIn();
  story = await startSlackStory(slack);
});

afterAll(() => slack.close());

const MINUTES = 60_000;
const BODY = JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "app_home_opened" } });

async function statusAt(offsetMs: number, secret?: string): Promise<number> {
  const headers = signed(BODY, story.clock() + offsetMs, secret);
  return (await story.send(BODY, { ...headers, ...JSON_TYPE })).status;
}

describe("a request is taken", () => {
  test("with Slack's signature of the last five minutes, by either clock", async () => {
    expect(await statusAt(0)).toBe(200);
    expect(await statusAt(-4 * MINUTES)).toBe(200);
    expect(await statusAt(4 * MINUTES)).toBe(200);
  });

  test("neither stale nor from the future, nor signed by another", async () => {
    expect(await statusAt(-6 * MINUTES)).toBe(401);
    expect(await statusAt(6 * MINUTES)).toBe(401);
    expect(await statusAt(0, "another-secret-altogether")).toBe(401);
  });

  test("not without a signature, or with a time that is none", async () => {
    const { "x-slack-signature": signature } = signed(BODY, story.clock()) as Record<string, string>;
    expect((await story.send(BODY, JSON_TYPE)).status).toBe(401);
    for (const timestamp of ["", "1e9", "NaN", " "]) {
      const headers = { "x-slack-signature": signature!, "x-slack-request-timestamp": timestamp };
      expect((await story.send(BODY, { ...headers, ...JSON_TYPE })).status).toBe(401);
    }
  });

  test("not when it is no JSON", async () => {
    expect((await story.send("{", { ...signed("{", story.clock()), ...JSON_TYPE })).status).toBe(400);
  });
});

test("Slack's questions about the address are answered: the certificate's without a signature, and nothing more", async () => {
  const smuggled = `ssl_check=1&payload=${encodeURIComponent(BODY)}`;
  const answer = await story.send(smuggled, FORM_TYPE);
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
  const asked = await story.user.event({ type: "url_verification", challenge: "3eZb" });
  expect(await asked.json()).toEqual({ challenge: "3eZb" });
});

test("the signature is checked before there is a token, as Slack's own sample has it", async () => {
  const settings = readSettings({ SLACK_SIGNING_SECRET: SAMPLE.secret });
  const take = await openSlack({ ...story, settings, clock: () => SAMPLE.seconds * 1000 }, () => {});
  const headers = new Headers({
    ...FORM_TYPE,
    "x-slack-request-timestamp": String(SAMPLE.seconds),
    "x-slack-signature": SAMPLE.signature,
  });
  expect((await take!({ body: SAMPLE.body, headers })).status).toBe(200);
  const altered = await take!({ body: `${SAMPLE.body}x`, headers });
  expect(altered.headers.get("Content-Type")).toBe("application/problem+json");
  expect(await altered.json()).toMatchObject({ type: "about:blank", title: "Unauthorized", status: 401 });
});

test("a request that Slack sends again is followed once", async () => {
  const message = await story.accountCheck("R-1");
  const before = slack.calls.length;
  const [first, again] = [
    await story.user.press("U1RITA", message, "pause_until"),
    await story.user.again({ "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" }),
  ];
  await story.settled();
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(slack.calls.slice(before)).toEqual(["views.open"]);
});

test("the answer does not wait for the work behind it", async () => {
  const message = await story.accountCheck("R-2");
  let release = () => {};
  const blocked = story.db.write(
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  const response = await story.user.press("U1RITA", message, "pause_week");
  expect(response.status).toBe(200);
  expect(message.text).not.toContain("✓");
  release();
  await blocked;
  await story.settled();
  expect(message.text).toContain("✓ Paused for 7 days");
});

test("a body above a mebibyte is refused", async () => {
  const large = JSON.stringify({ text: "x".repeat(1024 * 1024) });
  expect((await story.send(large, { ...signed(large, story.clock()), ...JSON_TYPE })).status).toBe(413);
});

test.skipIf(!SAMPLES)(
  "what Slack sends in public samples never crashes it",
  async () => {
    const folder = join(SAMPLES!, "webhooks/slack");
    const files = (await readdir(folder, { recursive: true })).filter((name) =>
      /_payloads?\/|backend\//.test(name),
    );
    const samples = files.filter((name) => name.endsWith(".json"));
    expect(samples.length).toBeGreaterThanOrEqual(55);
    for (const name of samples) {
      const text = await readFile(join(folder, name), "utf8");
      const responses = [
        await story.send(text, { ...signed(text, story.clock()), ...JSON_TYPE }),
        await story.user.post({ payload: text }),
      ];
      for (const { status } of responses) expect([name, status]).toEqual([name, 200]);
    }
    await story.settled();
    expect(story.log.events.filter(({ level }) => level === "error")).toEqual([]);
  },
  30_000,
);

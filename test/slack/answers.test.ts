import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";

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
  expect(slack.posts[0]!.text).toContain("✓ Paused for 7 days by <@U1RITA> on 5 Mar 2026");
  expect(slack.posts[0]!.blocks.map(({ type }) => type)).toEqual(["section", "context"]);
});

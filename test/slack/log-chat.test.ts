import { expect, test } from "vitest";
import { createLogChat } from "../../src/slack/log-chat.ts";
import { createTestLog } from "../support/test-log.ts";

test("the log tells a message without Slack's escapes, each taken off once", async () => {
  const log = createTestLog();
  const text = "Bolt &amp; Nut Ltd &lt;west&gt;: &amp;lt;";
  await createLogChat(log).post({ toEmail: null, text, blocks: [] });
  expect(log.events).toMatchObject([{ fields: { text: "Bolt & Nut Ltd <west>: &lt;" } }]);
});

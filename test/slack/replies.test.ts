import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { handleReply } from "../../src/reminders/replies/handle-reply.ts";
import { deliver, writtenMail } from "../support/incoming.ts";
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

/** A mail about A-1, and what Rita reads of it. */
async function answered(text: string) {
  await story.accountCheck();
  const { id } = await deliver(story, writtenMail({ text, subject: "Invoice A-1" }));
  await story.tickOnce();
  return { id, message: slack.posts.find((post) => post.text.includes("has answered by mail"))! };
}

test("the account owner reads the sentence and what is proposed, and accepts it with one press", async () => {
  const { message } = await answered("We will pay EUR 400.00 on 20 March 2026.");
  expect(message.text).toContain("“We will pay EUR 400.00 on 20 March 2026.”");
  expect(message.text).toContain("Proposed: accept the promise to pay by 20 Mar 2026: A-1 (EUR 400.00).");
  const asRead = structuredClone(message);
  await story.user.press("U1RITA", message, "accept_proposal");
  await story.settled();
  const { rows } = await story.db.client.execute("SELECT amount_minor, author FROM promises");
  expect(rows).toMatchObject([{ amount_minor: 40_000, author: "slack:U1RITA" }]);
  expect(message.text).toContain("✓ Done as proposed by <@U1RITA>");
  await story.user.press("U2FIN", asRead, "handle_reply");
  await story.settled();
  expect(slack.ephemerals.at(-1)!.text).toContain("That is settled: Done as proposed by <@U1RITA>");
});

test("a question has no button to accept, and one to say that it is answered", async () => {
  const { message } = await answered("Which order was this for?");
  expect(buttonsOf(message).map(({ action_id }) => action_id)).toEqual(["handle_reply"]);
  await story.user.press("U1RITA", message, "handle_reply");
  await story.settled();
  expect(message.text).toContain("✓ Answered by <@U1RITA>");
});

test("a reply that was handled elsewhere loses its buttons", async () => {
  const { id, message } = await answered("Which order was this for?");
  await handleReply(story, { replyId: id, author: "cli:frieda" });
  await story.tickOnce();
  expect(message.text).toContain("✓ Answered by frieda");
  expect(buttonsOf(message)).toEqual([]);
});

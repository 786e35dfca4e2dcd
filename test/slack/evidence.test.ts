import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { attachDocument } from "../../src/reminders/records/attach-document.ts";
import { unpack } from "../evidence/packed.ts";
import { invoice } from "../support/cast.ts";
import { type SlackPost, type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { type SlackStory, startSlackStory } from "../support/slack-story.ts";

let slack: SlackStandIn;
let story: SlackStory;
let uploadsAt: string;

beforeAll(async () => {
  slack = await startSlackStandIn();
  ({ uploadsAt } = slack);
});
afterAll(() => slack.close());
beforeEach(async () => {
  story = await startSlackStory(Object.assign(slack, { uploadsAt }));
});

/** Finance is told that A/1 is ready to be handed off. */
async function handOff(): Promise<SlackPost> {
  await applyPolicy(story, {
    name: "standard",
    ownerAlerts: { accountCheckOffsetDays: null, handoffOffsetDays: 1 },
  });
  await story.invoices(invoice({ number: "A/1" }));
  await story.tickOnce();
  return slack.posts.find(({ text }) => text.includes("ready to hand off"))!;
}

async function press(userId: string, message: SlackPost): Promise<void> {
  await story.user.press(userId, message, "bring_evidence");
  await story.settled();
}

test("at the hand-off one press brings finance everything on record as a file that checks itself", async () => {
  const message = await handOff();
  await press("U2FIN", message);
  const [file, ...others] = slack.files;
  expect(others).toEqual([]);
  expect(file).toMatchObject({
    name: "evidence-A-1.zip",
    channel: "D2FIN",
    threadTs: message.threadTs,
    comment: expect.stringContaining("Everything on record"),
  });
  const bundle = await unpack(file!.content!);
  expect(await bundle.json("timeline.json")).toMatchObject({ invoice_number: "A/1" });
  expect(await bundle.verify()).toEqual([]);
  expect(slack.ephemerals).toEqual([]);
});

test("pressed in a channel it reaches whoever pressed, and nobody else there", async () => {
  const message = await handOff();
  await press("U2FIN", { ...message, channel: "C0SALES", threadTs: undefined });
  expect(slack.files).toMatchObject([{ channel: "D2FIN", threadTs: undefined }]);
});

test("the account owner may have it, a stranger may not", async () => {
  const message = await handOff();
  await press("U3OTTO", message);
  expect(slack.files).toEqual([]);
  expect(slack.ephemerals.at(-1)!.text).toContain("for the account owner, the deputy or finance");
  await press("U1RITA", { ...message, channel: "D1RITA", threadTs: undefined });
  expect(slack.files).toMatchObject([{ channel: "D1RITA", content: expect.anything() }]);
});

test.each([
  ["files.getUploadURLExternal", "missing_scope", "`files:write`"],
  ["files.completeUploadExternal", "channel_not_found", "(channel_not_found)"],
])("what Slack refuses is said, and nothing is shared: %s %s", async (method, error, told) => {
  const message = await handOff();
  slack.fail(method, { error });
  await press("U2FIN", message);
  expect(slack.ephemerals.map(({ text }) => text)).toEqual([expect.stringContaining(told)]);
  expect(slack.files.filter(({ channel }) => channel)).toEqual([]);
});

test.each([
  ["takes nothing", "127.0.0.1", "/upload/nowhere", "(http_400)"],
  ["is not Slack's", "localhost", "/upload", "(upload_address_not_slacks)"],
])("an address that %s gets no evidence, which is said", async (_, host, path, told) => {
  const message = await handOff();
  slack.uploadsAt = new URL(path, slack.url.replace("127.0.0.1", host)).href;
  await press("U2FIN", message);
  expect(slack.ephemerals.map(({ text }) => text)).toEqual([expect.stringContaining(told)]);
  expect(slack.files).toEqual([{ name: "evidence-A-1.zip", bytes: expect.any(Number) }]);
});

test("a record that does not hold is brought all the same, and that is said with it", async () => {
  const message = await handOff();
  await keepDocumentOf(20);
  await press("U2FIN", message);
  expect(slack.files).toMatchObject([{ comment: expect.stringContaining("does not hold") }]);
});

test("what is too large for Slack is said in the reader's language", async () => {
  slack.users.set("fin@acme.example", { id: "U2FIN", locale: "zh-CN" });
  await handOff();
  await keepDocumentOf(31 * 1024 * 1024);
  const message = slack.posts.find(({ text }) => text.includes("可移交处理"))!;
  await press("U2FIN", message);
  expect(slack.ephemerals.map(({ text }) => text)).toEqual([expect.stringContaining("证据材料过大")]);
  expect(slack.files).toEqual([]);
});

/** A document of so many bytes, which are not those that were recorded. */
async function keepDocumentOf(bytes: number): Promise<void> {
  const file = { kind: "other" as const, name: "scan.pdf", content: Buffer.from("%PDF-1.4 scan") };
  await attachDocument(story, { invoiceNumber: "A/1", author: "api", ...file });
  await story.db.client.execute({ sql: "UPDATE documents SET content = randomblob(?)", args: [bytes] });
}

import { openSlack } from "../../src/compose.ts";
import { readSettings } from "../../src/config.ts";
import { DAY_MS, formatCivilDay } from "../../src/domain/civil-date.ts";
import { createApp } from "../../src/http/app.ts";
import { reportPaid } from "../../src/reminders/agreements/report-paid.ts";
import { alertMessage } from "../../src/slack/messages.ts";
import { createSlackChat } from "../../src/slack/slack-chat.ts";
import { invoice } from "./cast.ts";
import { createFakeChat } from "./fake-chat.ts";
import { createFakeWriter } from "./fake-writer.ts";
import type { SlackPost, SlackStandIn } from "./slack-stand-in.ts";
import { createSlackUser, SIGNING_SECRET } from "./slack-user.ts";
import { type Story, tellStory } from "./story.ts";
import { createTestClock } from "./test-clock.ts";
import { createTestLog } from "./test-log.ts";

export type SlackStory = Awaited<ReturnType<typeof startSlackStory>>;

/** A company whose people sit in Slack: Rita looks after customers, Fin is finance, Otto is neither. */
export async function startSlackStory(slack: SlackStandIn, { at = "2026-03-05T10:00:00Z" } = {}) {
  forget(slack);
  slack.users.set("rita.rep@acme.example", { id: "U1RITA" });
  slack.users.set("fin@acme.example", { id: "U2FIN" });
  slack.users.set("otto@acme.example", { id: "U3OTTO" });
  const clock = createTestClock(at);
  const log = createTestLog();
  const settings = readSettings({
    MAIL_FROM: "Acme Accounts <ar@acme.example>",
    PUBLIC_URL: "https://dunwell.example",
    SLACK_BOT_TOKEN: slack.token,
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: slack.url,
    SLACK_FALLBACK_CHANNEL: "C0FINANCE",
  });
  const chat = Object.assign(createFakeChat(), createSlackChat(settings, { log, clock }));
  const writer = { ...createFakeWriter(), alert: alertMessage };
  const story: Story = await tellStory({ services: { settings, chat, clock, log, writer } });
  const underWay: Promise<unknown>[] = [];
  const app = createApp(story, {
    isWorker: false,
    remoteAddress: () => null,
    openSlack: (services) => openSlack(services, (work) => underWay.push(work)),
  });
  const send = async (body: string, headers: Record<string, string>) =>
    app.request("/webhooks/slack", { method: "POST", body, headers });
  return {
    ...story,
    send,
    user: createSlackUser(slack, { send, now: clock }),
    /** Waits until all that Slack was answered for is done. */
    settled: () => Promise.all(underWay),
    /** An invoice of Nordwind's that fell due yesterday, and what Rita is asked about it. */
    async accountCheck(number = "A-1"): Promise<SlackPost> {
      await story.invoices(invoice({ number }));
      await story.bankFile();
      await story.tickOnce();
      return slack.posts.find(({ text, channel }) => channel === "D1RITA" && text.includes(number))!;
    },
    /** What stands in this conversation, in order. */
    told: (channel: string) => slack.posts.filter((post) => post.channel === channel),
    /** Rita says that it is paid, and finance is asked to find the money. */
    async reportPaid(number: string) {
      const paidOn = Math.floor(clock() / DAY_MS);
      await reportPaid(story, { invoices: [number], paidOn, author: "api", by: "owner" });
      await story.tickOnce();
    },
    async holds() {
      const { rows } = await story.db.client.execute(
        "SELECT until, author FROM holds WHERE ended_at IS NULL ORDER BY id",
      );
      return rows.map(({ until, author }) => ({ until: formatCivilDay(Number(until)), author }));
    },
  };
}

function forget(slack: SlackStandIn): void {
  const lists = [slack.posts, slack.ephemerals, slack.responses, slack.views, slack.files, slack.calls];
  for (const list of lists) list.length = 0;
  slack.homes.clear();
  slack.users.clear();
  slack.sharedChannels.clear();
}

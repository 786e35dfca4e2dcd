import { Resolver } from "node:dns/promises";
import type { SESClient } from "@aws-sdk/client-ses";
import type { Settings } from "../config.ts";
import { openDatabase } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { Clock } from "../ports.ts";
import type { SlackAccount, SlackChannel } from "../reminders/operation/check-slack.ts";
import type { MailAccount, Probes } from "../reminders/operation/doctor.ts";
import { describeEmptied, isDatabaseEmptied, isDatabaseNew } from "./database-file.ts";

/** The doctor's questions to the database, SES and Slack. */
export function createProbes(settings: Settings, clock: Clock): Probes {
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = settings;
  return {
    isDatabaseNew: isDatabaseNew(url),
    openDatabase: async () => {
      if (isDatabaseEmptied(url)) throw new AppError("unavailable", describeEmptied(url), { retry: false });
      return openDatabase({ url, authToken });
    },
    mailAccount: (from) => askSes(settings, (client) => readAccount(client, from)),
    dkimStatus: (domain) =>
      askSes(settings, async (client) => (await sesAccount()).getDkimStatus(client, domain)),
    eventTopics: (set) =>
      askSes(settings, async (client) => (await sesAccount()).getEventTopics(client, set)),
    receiptTopics: (domain) =>
      askSes(settings, async (client) => (await sesAccount()).getReceiptTopics(client, domain)),
    texts: (name) => found(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(""))),
    mailServers: (domain) =>
      found(async () => (await resolver.resolveMx(domain)).map(({ exchange }) => exchange.toLowerCase())),
    answerOf: async (url) => {
      const answer = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
      await answer.body?.cancel();
      return answer.status;
    },
    slackAccount: () => askSlack(settings, clock),
    slackChannel: (id) => askChannel(settings, clock, id),
  };
}

const PATIENCE_MS = 3000;
const resolver = new Resolver({ timeout: PATIENCE_MS, tries: 1 });

/** What DNS has there; none where it says that there is nothing. */
async function found(records: () => Promise<string[]>): Promise<string[]> {
  try {
    return await records();
  } catch (error) {
    if (["ENOTFOUND", "ENODATA"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

const sesAccount = () => import("../email/ses-account.ts");

async function askSes<T>(settings: Settings, ask: (client: SESClient) => Promise<T>): Promise<T> {
  const { createSesClient } = await import("../email/ses-client.ts");
  const client = createSesClient(settings, 1);
  try {
    return await ask(client);
  } finally {
    client.destroy();
  }
}

async function readAccount(client: SESClient, from: string): Promise<MailAccount> {
  const [{ getSesQuota, isSesIdentityVerified }, { parseMailAddress }] = await Promise.all([
    sesAccount(),
    import("../email/mail-address.ts"),
  ]);
  const quota = await getSesQuota(client);
  const address = parseMailAddress(from).email;
  return {
    address,
    isVerified: await isSesIdentityVerified(client, address),
    perDay: quota.max24HourSend,
    sentToday: quota.sentLast24Hours,
    perSecond: quota.maxSendRate,
  };
}

async function askSlack(settings: Settings, clock: Clock): Promise<SlackAccount> {
  const client = await slackClient(settings, clock);
  const answer = await client.auth.test({ token: settings.SLACK_BOT_TOKEN });
  return { team: answer.team ?? null, scopes: answer.response_metadata?.scopes ?? null };
}

async function askChannel(settings: Settings, clock: Clock, id: string): Promise<SlackChannel> {
  const client = await slackClient(settings, clock);
  const { channel } = await client.conversations.info({ token: settings.SLACK_BOT_TOKEN, channel: id });
  return {
    isMember: channel?.is_member ?? false,
    isShared: Boolean(channel?.is_ext_shared || channel?.is_pending_ext_shared),
  };
}

async function slackClient(settings: Settings, clock: Clock) {
  const { createSlackApp } = await import("../slack/app.ts");
  return createSlackApp(settings, { log: createLog({ clock, level: "error" }) }).client;
}

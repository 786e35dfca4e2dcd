import type { Settings } from "../config.ts";
import { openDatabase } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { Clock } from "../ports.ts";
import type { SlackAccount, SlackChannel } from "../reminders/check-slack.ts";
import type { MailAccount, Probes } from "../reminders/doctor.ts";
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
    mailAccount: (from) => askSes(settings, from),
    slackAccount: () => askSlack(settings, clock),
    slackChannel: (id) => askChannel(settings, clock, id),
  };
}

async function askSes(settings: Settings, from: string): Promise<MailAccount> {
  const [{ createSesClient }, { getSesQuota, isSesIdentityVerified }, { parseMailAddress }] =
    await Promise.all([
      import("../email/ses-client.ts"),
      import("../email/ses-account.ts"),
      import("../email/mail-address.ts"),
    ]);
  const client = createSesClient(settings, 1);
  try {
    const quota = await getSesQuota(client);
    return {
      isVerified: await isSesIdentityVerified(client, parseMailAddress(from).email),
      perDay: quota.max24HourSend,
      sentToday: quota.sentLast24Hours,
      perSecond: quota.maxSendRate,
    };
  } finally {
    client.destroy();
  }
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

import type { Settings } from "../config.ts";
import { openDatabase } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import type { Clock } from "../ports.ts";
import type { MailAccount, Probes, SlackAccount } from "../reminders/doctor.ts";
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
  const { createSlackApp } = await import("../slack/app.ts");
  const { client } = createSlackApp(settings, { log: createLog({ clock, level: "error" }) });
  const answer = await client.auth.test({ token: settings.SLACK_BOT_TOKEN });
  return { team: answer.team ?? null, scopes: answer.response_metadata?.scopes ?? null };
}

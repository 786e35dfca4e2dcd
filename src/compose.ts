import { readSettings, type Settings } from "./config.ts";
import { openDatabase } from "./db/open.ts";
import { createMailReader } from "./email/mail-reader.ts";
import { createOutboxMailer } from "./email/outbox-mailer.ts";
import type { ReplyModel, WorkersAi } from "./email/refine-reading.ts";
import { writeLetter } from "./email/write-letter.ts";
import { writeNotice } from "./email/write-notice.ts";
import { createPoster } from "./http/poster.ts";
import type { TakeSlackRequest } from "./http/runtime.ts";
import { createLog } from "./log.ts";
import type { Chat, Clock, Log, LogLevel, Mailer } from "./ports.ts";
import type { Services } from "./services.ts";
import { createLogChat } from "./slack/log-chat.ts";
import { alertMessage } from "./slack/messages.ts";

/**
 * Settings in, ready services out; the caller closes `db`. `write` takes the lines of the log, stderr by default. Throws
 * AppError `invalid` for wrong settings, `unavailable` where the database cannot be opened.
 */
export async function compose(
  environment: Record<string, unknown>,
  { clock, logLevel, write }: { clock: Clock; logLevel?: LogLevel; write?: (line: string) => void },
): Promise<Services> {
  const settings = readSettings(environment);
  const log = createLog({ clock, write, secrets: secretsOf(settings), level: logLevel });
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = settings;
  return {
    settings,
    db: await openDatabase({ url, authToken }),
    mailer: await mailerOf(settings),
    mailReader: createMailReader(await modelOf(settings, environment.AI as WorkersAi | undefined)),
    chat: await chatOf(settings, { log, clock }),
    poster: createPoster({ privateHosts: settings.WEBHOOK_PRIVATE_HOSTS }),
    writer: { letter: writeLetter, notice: writeNotice, alert: alertMessage },
    clock,
    log,
  };
}

// The vendors' clients take a good part of a second to load: only those in use are.

async function mailerOf(settings: Settings): Promise<Mailer> {
  if (settings.MAILER === "outbox") return createOutboxMailer();
  const { createSesMailer } = await import("./email/ses-mailer.ts");
  return createSesMailer(settings);
}

/** At an address, or bound to a Worker and named; none by default. */
async function modelOf(settings: Settings, ai: WorkersAi | undefined): Promise<ReplyModel | null> {
  const { READ_MODEL_URL: url, READ_MODEL_KEY: key, READ_MODEL_NAME: name } = settings;
  if (!url && !(ai && name)) return null;
  const { createHttpModel, createWorkersModel } = await import("./email/refine-reading.ts");
  return url ? createHttpModel({ url, key, name }) : createWorkersModel(ai!, name!);
}

async function chatOf(settings: Settings, needs: { log: Log; clock: Clock }): Promise<Chat> {
  if (!settings.SLACK_BOT_TOKEN) return createLogChat(needs.log);
  const { createSlackChat } = await import("./slack/slack-chat.ts");
  return createSlackChat(settings, needs);
}

/** What takes Slack's requests; null without a signing secret. `waitUntil` keeps alive what goes on after an answer. */
export async function openSlack(
  services: Services,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<TakeSlackRequest | null> {
  const { settings, log, clock } = services;
  const { SLACK_SIGNING_SECRET: secret } = settings;
  if (!secret) return null;
  const [{ createSlackApp }, { createReceiver }, { listen }] = await Promise.all([
    import("./slack/app.ts"),
    import("./slack/receiver.ts"),
    import("./slack/listeners.ts"),
  ]);
  const receiver = createReceiver(secret, { clock, log, waitUntil });
  listen(createSlackApp(settings, { log, receiver }), services);
  return receiver.take;
}

/** Hears Slack through a socket, where SLACK_APP_TOKEN is set: then no address has to be open to Slack. */
export async function connectSlack(services: Services): Promise<{ stop(): Promise<unknown> } | null> {
  const { settings, log } = services;
  if (!settings.SLACK_BOT_TOKEN || !settings.SLACK_APP_TOKEN) return null;
  const [{ createSlackApp }, { createSocketReceiver }, { listen }, { watchSocket }] = await Promise.all([
    import("./slack/app.ts"),
    import("./slack/socket-mode.ts"),
    import("./slack/listeners.ts"),
    import("./reminders/operation/watch-socket.ts"),
  ]);
  const receiver = createSocketReceiver(settings, { log, watch: watchSocket(services) });
  const app = createSlackApp(settings, { log, receiver });
  listen(app, services);
  await app.start();
  return app;
}

function secretsOf(settings: Settings): string[] {
  const secrets = Object.entries(settings).filter(([name]) =>
    /SECRET|TOKEN|API_KEY|ACCESS_KEY|MODEL_KEY/.test(name),
  );
  return secrets.flatMap(([, value]) => value).filter((value) => typeof value === "string");
}

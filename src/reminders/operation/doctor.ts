import type { Settings } from "../../config.ts";
import { listChannels } from "../../db/colleagues.ts";
import { findCreditor } from "../../db/creditor.ts";
import { findLastHeard } from "../../db/deliveries.ts";
import { requireSound } from "../../db/integrity.ts";
import { pendingMigrations } from "../../db/migrate.ts";
import { type Db, toAppError } from "../../db/open.ts";
import { AppError } from "../../errors.ts";
import type { Clock } from "../../ports.ts";
import { describeStop, findStop } from "../decisions/stop-all.ts";
import { describeUnreached, findUnreachedZones, WIDEN_HOURS } from "../sending/unreached-zones.ts";
import { type Check, fail, nameOf, ok, skip, warn } from "./check.ts";
import { checkMailSetup, type MailProbes } from "./check-mail-setup.ts";
import { checkSlack, type SlackProbes } from "./check-slack.ts";

export type MailAccount = {
  /** The bare address of the sender. */
  address: string;
  isVerified: boolean;
  /** Mails a day and recipients a second; null where there is no limit. */
  perDay: number | null;
  sentToday: number;
  perSecond: number;
};

/** What the doctor asks of the world outside; each throws where it is not well. */
export type Probes = SlackProbes &
  MailProbes & {
    /** The status with which an address answers. */
    answerOf(url: string): Promise<number>;
    /** Whether the embedded file is not there yet. */
    isDatabaseNew: boolean;
    openDatabase(): Promise<Db>;
    mailAccount(from: string): Promise<MailAccount>;
  };

// Amazon's limit for an account that may only write to addresses it has verified.
const SANDBOX_PER_DAY = 200;
const NEARLY_USED = 0.9;
const HOUR_MS = 3600 * 1000;
const SAFE_LENGTH = 16;

/** Looks at all that has to be well for reminders to leave, the nearest first. Mends and stores nothing. */
export async function* doctor(settings: Settings, probes: Probes, clock: Clock): AsyncGenerator<Check> {
  yield checkSettings(settings);
  let channels: string[] = [];
  if (probes.isDatabaseNew) {
    yield warn("database", `${settings.DATABASE_URL} is not there yet`, "`dunwell migrate` makes it");
    yield fail("creditor", "nobody said who is owed the money", NAME_CREDITOR);
  } else {
    channels = yield* checkStored(settings, probes, clock);
  }
  yield* checkMail(settings, probes);
  yield* checkSlack(settings, probes, channels);
  yield checkPublicUrl(settings);
  yield* checkAnswer(settings, probes);
  if (!settings.DATABASE_URL.startsWith("file:")) {
    yield skip(
      "queues",
      "Cloudflare's cannot be seen from here: `wrangler queues list` and `wrangler tail` show them",
    );
  }
}

function checkSettings({ API_KEY: key = "", LINK_SECRET: secrets = [] }: Settings): Check {
  const isShort = (secret: string) => secret !== "" && secret.length < SAFE_LENGTH;
  const short = [isShort(key) ? "API_KEY" : "", secrets.some(isShort) ? "LINK_SECRET" : ""].filter(Boolean);
  if (short.length === 0) return ok("settings", "every value is understood");
  const detail = `${short.join(" and ")} can be guessed: less than ${SAFE_LENGTH} characters`;
  return warn("settings", detail, "`openssl rand -hex 32` makes one that cannot");
}

const NAME_CREDITOR = "`dunwell creditor apply FILE.json`; until then nothing is sent";

/** Returns the channels into which alerts are routed. */
async function* checkStored(
  settings: Settings,
  probes: Probes,
  clock: Clock,
): AsyncGenerator<Check, string[]> {
  let db: Db | undefined;
  try {
    db = await probes.openDatabase();
    if (settings.DATABASE_URL.startsWith("file:")) await requireSound(db);
    const pending = await pendingMigrations(db);
    if (pending.length > 0) {
      const remedy = "`dunwell migrate` applies what is missing";
      yield fail("database", `it lacks ${pending.join(", ")}`, remedy);
      return [];
    }
    yield ok("database", "reachable and up to date");
    const creditor = await findCreditor(db);
    yield creditor
      ? ok("creditor", creditor.legalName)
      : fail("creditor", "nobody said who is owed the money", NAME_CREDITOR);
    const stop = await findStop({ db });
    if (stop) yield warn("stop", describeStop(stop), "`dunwell resume-all`, once the cause is mended");
    yield* checkZones(db, clock);
    if (settings.SES_CONFIGURATION_SET) yield* checkHeard(db, clock);
    return await listChannels(db);
  } catch (error) {
    const known = toAppError(error);
    const detail = known instanceof AppError ? known.message : `it does not answer (${nameOf(error)})`;
    yield fail("database", detail, "DATABASE_URL and DATABASE_AUTH_TOKEN, or --db, say where it is");
    return [];
  } finally {
    db?.close();
  }
}

async function* checkZones(db: Db, clock: Clock): AsyncGenerator<Check> {
  const unreached = await findUnreachedZones({ db, clock });
  if (unreached.length === 0) yield ok("zones", "ticks fall within hours in every customer's zone");
  for (const zone of unreached) yield fail("zones", describeUnreached(zone), WIDEN_HOURS);
}

/** SES tells of each mail within minutes; where it does not, no setting shows why. */
async function* checkHeard(db: Db, clock: Clock): AsyncGenerator<Check> {
  const { sentAt, heardAt } = await findLastHeard(db, clock() - HOUR_MS);
  if (sentAt === null) return;
  const isHeard = heardAt !== null && heardAt >= sentAt;
  yield isHeard
    ? ok("events heard", `the last one came at ${new Date(heardAt).toISOString()}`)
    : warn(
        "events heard",
        `none came since a mail left at ${new Date(sentAt).toISOString()}`,
        "in SNS, look whether the topic's subscription of PUBLIC_URL/webhooks/ses is confirmed",
      );
}

async function* checkMail(settings: Settings, probes: Probes): AsyncGenerator<Check> {
  const { MAILER, MAIL_FROM: from, MAIL_REDIRECT_TO: redirect } = settings;
  if (redirect) yield warn("rehearsal", `all mail goes to ${redirect}`, "unset MAIL_REDIRECT_TO to go live");
  if (MAILER === "outbox") {
    return yield warn("mail", "kept at /outbox, nothing leaves", "MAILER=ses sends through Amazon SES");
  }
  try {
    const account = await probes.mailAccount(from!);
    yield* judgeMail(settings, account);
    yield* checkMailSetup(settings, probes, account.address);
  } catch (error) {
    const remedy = "check AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what that key may do";
    yield fail("mail", `SES does not answer as it should (${nameOf(error)})`, remedy);
  }
}

function* judgeMail(settings: Settings, account: MailAccount): Generator<Check> {
  const { MAIL_FROM: from, SES_MAX_RATE: rate, AWS_REGION: region } = settings;
  const { isVerified, perDay, sentToday, perSecond } = account;
  yield isVerified
    ? ok("sender", `SES has verified ${from}`)
    : fail(
        "sender",
        `SES has not verified ${from} in ${region}`,
        "verify the address or its domain in SES, in that region",
      );
  const used = `${sentToday} of ${perDay ?? "unlimited"} mails of the day sent, ${perSecond} a second allowed`;
  if (perDay !== null && sentToday >= perDay) {
    yield fail("quota", used, "wait until tomorrow, or ask AWS for a higher quota");
  } else if (perDay !== null && sentToday >= perDay * NEARLY_USED) {
    yield warn("quota", used, "ask AWS for a higher quota");
  } else if (perDay === SANDBOX_PER_DAY) {
    yield warn("quota", `${used}: this looks like the SES sandbox`, "ask AWS for production access");
  } else yield ok("quota", used);
  if (rate !== undefined && rate > perSecond) {
    yield warn(
      "rate",
      `SES_MAX_RATE is ${rate}, SES takes ${perSecond} a second`,
      `set SES_MAX_RATE=${perSecond}`,
    );
  }
}

function checkPublicUrl({ PUBLIC_URL: url, HOST, PORT, MAILER }: Settings): Check {
  const remedy = "set PUBLIC_URL to where debtors reach this service";
  if (!url) {
    const detail = `not set: links in letters lead to http://${HOST}:${PORT}`;
    return (MAILER === "ses" ? fail : warn)("public address", detail, remedy);
  }
  if (url.startsWith("https:")) return ok("public address", url);
  return warn("public address", `${url} is not encrypted`, "serve it over https");
}

async function* checkAnswer({ PUBLIC_URL: url }: Settings, { answerOf }: Probes): AsyncGenerator<Check> {
  if (!url) return;
  try {
    const status = await answerOf(new URL("/healthz", url).href);
    if (status === 200) yield ok("public answer", `the service is well at ${url}`);
    else if (status === 503)
      yield fail("public answer", `the service at ${url} is not well`, "`dunwell runs` has the reason");
    else {
      const remedy = "lead that address to `dunwell serve`, or to the Worker";
      yield fail("public answer", `something else answers at ${url} (${status})`, remedy);
    }
  } catch (error) {
    yield skip("public answer", `${url} cannot be reached from here (${nameOf(error)})`);
  }
}

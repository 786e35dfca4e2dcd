import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { AppError } from "../errors.ts";
import type { Mailer, MailOutcome, OutgoingMail } from "../ports.ts";
import { parseMailAddress } from "./mail-address.ts";
import { createPace } from "./pace.ts";
import { getSesQuota, isSesIdentityVerified } from "./ses-account.ts";
import { createSesClient, type SesSettings } from "./ses-client.ts";
import { isRejection, isThrottled, outcomeOfFailure } from "./ses-outcome.ts";

const CONCURRENCY = 50;
const ASK_AGAIN_MS = 60_000;

/** Sends through Amazon SES, no faster than `SES_MAX_RATE` recipients a second. */
export function createSesMailer(settings: SesSettings): Mailer {
  const maxRate = settings.SES_MAX_RATE;
  const concurrency = Math.min(CONCURRENCY, Math.ceil(maxRate ?? CONCURRENCY));
  const client = createSesClient(settings, concurrency);
  const pace = createPace(maxRate);
  const refine = createRefiner(client);
  return {
    name: "ses",
    concurrency,
    async send(mail) {
      await pace(mail.to.length);
      const outcome = await post(client, settings, mail);
      return refine(outcome, mail);
    },
  };
}

async function post(client: SESClient, settings: SesSettings, mail: OutgoingMail): Promise<MailOutcome> {
  const from = bareAddress(mail.from);
  if (!from)
    return { kind: "refused", fault: "account", code: "InvalidSender", detail: "no address to send from" };
  const to = mail.to.map(bareAddress).filter((address) => address !== null);
  if (to.length < mail.to.length || to.length === 0) {
    return {
      kind: "refused",
      fault: "address",
      code: "InvalidRecipient",
      detail: "no address that mail can be sent to",
    };
  }
  const command = new SendRawEmailCommand({
    Source: from,
    Destinations: to,
    RawMessage: { Data: mail.raw },
    Tags: [{ Name: "reminder", Value: mail.id }],
    ConfigurationSetName: settings.SES_CONFIGURATION_SET,
  });
  let wasSent = false;
  command.middlewareStack.add(
    (next) => (args) => {
      wasSent = true;
      return next(args);
    },
    { step: "deserialize", priority: "low" },
  );
  try {
    const { MessageId: id } = await client.send(command);
    if (!id) return { kind: "unknown", code: "NoMessageId", detail: "SES answered without a MessageId" };
    return { kind: "accepted", providerId: id, messageId: messageIdOf(id, settings.AWS_REGION) };
  } catch (error) {
    return outcomeOfFailure({ error, wasSent, isNode: client.config.runtime === "node" });
  }
}

function bareAddress(mailbox: string): string | null {
  try {
    return parseMailAddress(mailbox).email;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** SES replaces the Message-ID: https://docs.aws.amazon.com/ses/latest/dg/header-fields.html */
function messageIdOf(id: string, region: string | undefined): string {
  return `<${id}@${!region || region === "us-east-1" ? "email" : region}.amazonses.com>`;
}

/** Settles by the account's own word what one code leaves open; where the account may not be asked, the milder reading stands. */
function createRefiner(client: SESClient) {
  const isQuotaUsedUp = rememberBriefly(async () => (await getSesQuota(client)).isUsedUp);
  const isVerified = rememberBriefly((sender: string) => isSesIdentityVerified(client, sender));
  return async (outcome: MailOutcome, mail: OutgoingMail): Promise<MailOutcome> => {
    if (outcome.kind === "deferred" && isThrottled(outcome)) {
      return { ...outcome, isQuota: (await isQuotaUsedUp("")) ?? false };
    }
    if (!isRejection(outcome) || outcome.kind !== "refused") return outcome;
    const isOurFault = (await isVerified(bareAddress(mail.from)!)) === false;
    return isOurFault ? { ...outcome, fault: "account" } : outcome;
  };
}

/** The answer by key, asked for at most once a minute; undefined where asking failed. */
function rememberBriefly<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T | undefined> {
  const known = new Map<string, { answer: Promise<T | undefined>; until: number }>();
  return (key) => {
    const now = performance.now();
    const last = known.get(key);
    if (last && now < last.until) return last.answer;
    const answer = ask(key).catch(() => undefined);
    known.set(key, { answer, until: now + ASK_AGAIN_MS });
    return answer;
  };
}

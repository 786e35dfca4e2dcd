import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { AppError } from "../errors.ts";
import type { Mailer, MailOutcome, MailQuota, OutgoingMail } from "../ports.ts";
import { parseMailAddress } from "./mail-address.ts";
import { getSesQuota, isSesIdentityVerified } from "./ses-account.ts";
import { createSesClient, type SesSettings } from "./ses-client.ts";
import { isInvalidParameter, isRejection, outcomeOfFailure } from "./ses-outcome.ts";

const CONCURRENCY = 50;
const ASK_AGAIN_MS = 5_000;
const PATIENCE_MS = 5_000;

type Send = (mail: OutgoingMail) => Promise<MailOutcome>;

/**
 * Sends through Amazon SES, at once; how fast and how many is told by its `quota`. An answer that takes longer than 30 seconds, or
 * what is given, is not waited for: the outcome is unknown.
 */
export function createSesMailer(settings: SesSettings, answerWithinMs?: number): Mailer {
  const client = createSesClient(settings, CONCURRENCY, answerWithinMs);
  const refine = createRefiner(client);
  const send: Send = async (mail) => refine(await post(client, settings, mail), mail);
  return {
    name: "ses",
    concurrency: CONCURRENCY,
    quota: () => askQuota(client),
    send: (mail) => sendToUsable(mail, send),
  };
}

async function askQuota(client: SESClient): Promise<MailQuota | null> {
  try {
    const { maxSendRate, max24HourSend, sentLast24Hours } = await getSesQuota(client, PATIENCE_MS);
    const perSecond = maxSendRate > 0 ? maxSendRate : null;
    return { perSecond, perDay: max24HourSend, sentInDay: sentLast24Hours };
  } catch {
    return null;
  }
}

/**
 * SES never sees what is no address. A mail to several that it refuses, perhaps for one of them, goes to each by itself. Its code for a
 * parameter that it cannot use is that of a fault in our mail too, so a refusal alone blames no address:
 * https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html
 */
async function sendToUsable(mail: OutgoingMail, send: Send): Promise<MailOutcome> {
  const bad = mail.to.filter((address) => bareAddress(address) === null);
  const to = mail.to.filter((address) => !bad.includes(address));
  if (to.length === 0) {
    const detail = "no address that mail can be sent to";
    return { kind: "refused", fault: "address", code: "InvalidRecipient", detail, badAddresses: mail.to };
  }
  const whole = await send({ ...mail, to });
  const isSplit = to.length > 1 && isPerhapsOfAddress(whole);
  const outcome = isSplit ? await sendToEach({ ...mail, to }, whole, send) : whole;
  if (outcome.kind === "accepted" && bad.length > 0) {
    return { ...outcome, badAddresses: [...bad, ...(outcome.badAddresses ?? [])] };
  }
  return outcome;
}

function isPerhapsOfAddress(outcome: MailOutcome): boolean {
  if (outcome.kind !== "refused" || outcome.fault !== "message") return false;
  return isInvalidParameter(outcome) || isRejection(outcome);
}

/** Nothing was taken yet. Once one of them is, those that are refused are at fault themselves. */
async function sendToEach(mail: OutgoingMail, whole: MailOutcome, send: Send): Promise<MailOutcome> {
  const outcomes: MailOutcome[] = [];
  for (const address of mail.to) outcomes.push(await send({ ...mail, to: [address] }));
  const badAddresses = mail.to.filter((_, i) => isPerhapsOfAddress(outcomes[i]!));
  const accepted = outcomes.find((outcome) => outcome.kind === "accepted");
  if (accepted) {
    const openAddresses = mail.to.filter(
      (address, i) => outcomes[i]!.kind !== "accepted" && !badAddresses.includes(address),
    );
    const left = { ...(badAddresses.length > 0 && { badAddresses }) };
    return { ...accepted, ...left, ...(openAddresses.length > 0 && { openAddresses }) };
  }
  const isOpen = (kind: MailOutcome["kind"]) => outcomes.find((outcome) => outcome.kind === kind);
  return isOpen("unknown") ?? isOpen("deferred") ?? whole;
}

async function post(client: SESClient, settings: SesSettings, mail: OutgoingMail): Promise<MailOutcome> {
  const from = bareAddress(mail.from);
  if (!from)
    return { kind: "refused", fault: "account", code: "InvalidSender", detail: "no address to send from" };
  const command = new SendRawEmailCommand({
    Source: from,
    Destinations: mail.to.map((address) => parseMailAddress(address).email),
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
  const quotaOf = rememberBriefly(() => getSesQuota(client, PATIENCE_MS));
  const isVerified = rememberBriefly((sender: string) => isSesIdentityVerified(client, sender));
  return async (outcome: MailOutcome, mail: OutgoingMail): Promise<MailOutcome> => {
    if (outcome.kind === "deferred" && outcome.isThrottled) {
      const { max24HourSend: max = null, sentLast24Hours = 0 } = (await quotaOf("the account")) ?? {};
      const isQuota = max !== null && sentLast24Hours + mail.to.length > max;
      return { ...outcome, isQuota, isThrottled: !isQuota };
    }
    if (outcome.kind !== "refused" || !isRejection(outcome)) return outcome;
    const isOurFault =
      (await isVerified(bareAddress(mail.from)!)) === false || (await quotaOf("the account"))?.isSandbox;
    return isOurFault ? { ...outcome, fault: "account" } : outcome;
  };
}

/** The answer by key, asked for at most once in a few seconds; undefined where asking failed. */
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

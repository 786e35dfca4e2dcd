import type { Handler } from "hono";
import { addAlerts } from "../../db/alerts.ts";
import { findMailOf } from "../../db/deliveries.ts";
import { DAY_MS } from "../../domain/civil-date.ts";
import { type ReadEvent, readSesEvent } from "../../email/ses-events.ts";
import { readSesReceipt, type SesReceipt, type StoredMail } from "../../email/ses-receipt.ts";
import { getFromSns, isCertificateAddress, isConfirmationAddress } from "../../email/sns-hosts.ts";
import { isSignedBy, readSnsMessage, type SnsMessage } from "../../email/sns-message.ts";
import { AppError } from "../../errors.ts";
import { serviceProblem } from "../../reminders/alerts/service-problem.ts";
import { recordDelivery } from "../../reminders/outcomes/record-delivery.ts";
import { takeMail } from "../../reminders/replies/take-mail.ts";
import { keepWebhook } from "../../reminders/webhooks/keep-webhook.ts";
import type { Services } from "../../services.ts";
import { ProblemError } from "../problem.ts";

type Deliveries = Extract<ReadEvent, { result: "deliveries" }>;

const MOST_CERTIFICATES = 20;
const RECORDED_WITHIN_MS = 10 * 60 * 1000;
const certificates = new Map<string, string>();

/**
 * Takes what Amazon SNS posts: delivery events of SES, mail that it received, and the question whether we subscribe. Signature and
 * topic are checked on every message, since anyone's account can sign; what cannot be read is kept for a person.
 */
export function sesWebhook(services: Services): Handler {
  return async (c) => {
    const message = readSnsMessage(await c.req.text());
    await requireGenuine(services, message);
    if (message.Type === "Notification") await take(services, message);
    else if (message.Type === "SubscriptionConfirmation") await confirm(services, message);
    return c.body(null, 204);
  };
}

async function requireGenuine({ settings }: Services, message: SnsMessage): Promise<void> {
  const { SNS_TOPIC_ARNS: topics, SNS_CERTIFICATE_HOSTS: hosts } = settings;
  if (!topics.includes(message.TopicArn))
    throw new ProblemError(403, "This topic is not among SNS_TOPIC_ARNS.");
  const address = message.SigningCertURL;
  if (!isCertificateAddress(address, hosts)) {
    throw new ProblemError(
      403,
      "The certificate is not where SNS has its own, on a host of SNS_CERTIFICATE_HOSTS.",
    );
  }
  const certificate = certificates.get(address) ?? (await getFromSns(address));
  if (certificate === null)
    throw new AppError("unavailable", "the certificate of SNS cannot be fetched just now");
  if (!isSignedBy(message, certificate))
    throw new ProblemError(403, "The signature is not that of this message.");
  remember(address, certificate);
}

/** Only what proved to sign is worth a place. */
function remember(address: string, certificate: string): void {
  certificates.set(address, certificate);
  if (certificates.size > MOST_CERTIFICATES) certificates.delete(certificates.keys().next().value!);
}

async function take(services: Services, message: SnsMessage): Promise<void> {
  const receipt = readSesReceipt(message.Message);
  if (receipt) return takeReceipt(services, message, receipt);
  const read = readSesEvent(message.Message);
  if (read.result === "deliveries") {
    const mailId = read.mailId ?? (await mailOf(services, read));
    for (const event of read.events) await recordDelivery(services, { ...event, mailId });
  } else if (read.result === "unread") {
    const reason = read.type === null ? "no event of SES" : `an event of SES of the kind ${read.type}`;
    await keep(services, message, reason);
  }
}

function keep(services: Services, message: SnsMessage, reason: string): Promise<void> {
  const id = `ses ${message.MessageId}`;
  return keepWebhook(services, { id, source: "ses", reason, body: message.Message });
}

async function takeReceipt(
  services: Services,
  message: SnsMessage,
  { content, ...delivered }: SesReceipt,
): Promise<void> {
  const isStored = !(content instanceof Uint8Array);
  const raw = isStored ? await fetchMail(services, content) : content;
  if (raw) await takeMail(services, { raw, ...delivered });
  else if (isStored) {
    const { bucket, key } = content;
    await keep(services, message, `a mail in S3 that is gone or too large (${bucket}/${key})`);
  }
}

/** The client loads where a mail is too large for SNS, and not before. SNS gives up in the end: whoever runs the service hears of it before. */
async function fetchMail(services: Services, stored: StoredMail): Promise<Uint8Array | null> {
  const { settings, clock, db } = services;
  const at = clock();
  const { fetchStoredMail } = await import("../../email/s3-mail.ts");
  try {
    return await fetchStoredMail(settings, stored, at);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const note = `${error.message} SNS tries again for about an hour; what is not taken by then stays in the bucket, unread.`;
    const problem = serviceProblem(`mail_not_fetched ${Math.floor(at / DAY_MS)}`, note);
    await db.batch([addAlerts([problem], at)]);
    throw error;
  }
}

/** An event may overtake our own record of the mail: SNS comes again with it. */
async function mailOf({ db, clock }: Services, { providerId, events }: Deliveries): Promise<string> {
  const found = await findMailOf(db, providerId);
  const isRecent = events.some(({ at }) => clock() - at < RECORDED_WITHIN_MS);
  if (!found && isRecent)
    throw new AppError("unavailable", "the mail that this is about is not on record yet");
  return found ?? providerId;
}

async function confirm({ settings, log }: Services, message: SnsMessage): Promise<void> {
  const address = "SubscribeURL" in message ? message.SubscribeURL : "";
  if (!isConfirmationAddress(address, { hosts: settings.SNS_CERTIFICATE_HOSTS, topic: message.TopicArn })) {
    throw new ProblemError(403, "The address to confirm at is not that of SNS for this topic.");
  }
  if ((await getFromSns(address)) === null) {
    throw new AppError("unavailable", "the subscription cannot be confirmed just now");
  }
  log("info", "sns_subscribed", { topic: message.TopicArn });
}

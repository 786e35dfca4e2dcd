import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { z } from "zod";
import { AppError } from "../errors.ts";

const notification = z.object({
  Type: z.literal("Notification"),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.iso.datetime(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.base64(),
  SigningCertURL: z.url(),
});
const subscription = notification.omit({ Subject: true }).extend({
  Type: z.enum(["SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  Token: z.string(),
  SubscribeURL: z.url(),
});
const message = z.discriminatedUnion("Type", [notification, subscription]);

/** What Amazon SNS posts: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export type SnsMessage = z.output<typeof message>;

const HASHES = { 1: "RSA-SHA1", 2: "RSA-SHA256" } as const;
const SIGNED = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

/** Reads a message as it was posted. Throws AppError `invalid` for what is none. */
export function readSnsMessage(body: string): SnsMessage {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new AppError("invalid", "this is no JSON; Amazon SNS posts JSON");
  }
  const read = message.safeParse(json);
  if (read.success) return read.data;
  const fields = [...new Set(read.error.issues.map(({ path }) => path.join(".") || "Type"))];
  throw new AppError(
    "invalid",
    `this is no message of Amazon SNS: ${fields.join(", ")} is missing or malformed`,
  );
}

/**
 * Whether the message is signed by the owner of this certificate (PEM), which was valid when the message was sent:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function isSignedBy(sent: SnsMessage, pem: string): boolean {
  const certificate = readCertificate(pem);
  const at = Date.parse(sent.Timestamp);
  if (!certificate || at < Date.parse(certificate.validFrom) || at > Date.parse(certificate.validTo))
    return false;
  const fields: Record<string, unknown> = sent;
  const text = SIGNED[sent.Type]
    .filter((name) => fields[name] !== undefined)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join("");
  const key = createPublicKey(certificate.publicKey.export({ type: "spki", format: "pem" }));
  return verify(HASHES[sent.SignatureVersion], Buffer.from(text), key, Buffer.from(sent.Signature, "base64"));
}

function readCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

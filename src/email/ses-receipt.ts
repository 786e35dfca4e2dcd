import { z } from "zod";
import type { MailVerdicts, Verdict } from "../domain/reply/sender-proof.ts";
import type { Instant } from "../domain/zone.ts";

/** Where SES put a mail that it did not send along. */
export type StoredMail = { bucket: string; key: string };

/** A mail that SES received, with its bytes or the place where they are. */
export type SesReceipt = {
  receivedAt: Instant;
  recipients: string[];
  verdicts: MailVerdicts;
  content: Uint8Array | StoredMail;
};

const verdict = z.object({ status: z.string() }).transform(({ status }) => VERDICTS[status] ?? null);
const VERDICTS: Record<string, Verdict> = { PASS: "pass", FAIL: "fail" };
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
/** A part of dots alone would lead out of the bucket. */
const objectKey = z
  .string()
  .min(1)
  .max(1024)
  .refine((key) => !key.split("/").some((part) => part === "." || part === ".."));

const receipt = z.object({
  notificationType: z.literal("Received"),
  mail: z.object({ source: z.string() }),
  receipt: z.object({
    timestamp: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    recipients: z.array(z.string()),
    spamVerdict: verdict.optional(),
    virusVerdict: verdict.optional(),
    spfVerdict: verdict.optional(),
    dkimVerdict: verdict.optional(),
    dmarcVerdict: verdict.optional(),
    action: z.discriminatedUnion("type", [
      z.object({ type: z.literal("SNS"), encoding: z.enum(["UTF8", "BASE64"]).default("UTF8") }),
      z.object({ type: z.literal("S3"), bucketName, objectKey }),
    ]),
  }),
  content: z.string().optional(),
});

/**
 * Reads what SES publishes of a mail that it received; null for anything else:
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export function readSesReceipt(body: string): SesReceipt | null {
  const read = receipt.safeParse(parseJson(body));
  if (!read.success) return null;
  const { mail, receipt: received, content } = read.data;
  const { action, timestamp: receivedAt, recipients } = received;
  const verdicts = verdictsOf(received, mail.source);
  if (action.type === "S3") {
    const { bucketName: bucket, objectKey: key } = action;
    return { receivedAt, recipients, verdicts, content: { bucket, key } };
  }
  if (content === undefined) return null;
  const raw = Buffer.from(content, action.encoding === "BASE64" ? "base64" : "utf8");
  return { receivedAt, recipients, verdicts, content: raw };
}

/** SPF speaks of the envelope's sender; of whom DKIM passed for, SES says nothing. */
function verdictsOf(
  { spfVerdict: spf = null, ...others }: z.output<typeof receipt>["receipt"],
  source: string,
): MailVerdicts {
  const { dkimVerdict: dkim = null, dmarcVerdict: dmarc = null, spamVerdict, virusVerdict } = others;
  const domain = source.toLowerCase().split("@").at(-1)!.replace(/>$/, "");
  const isHarmful = spamVerdict === "fail" || virusVerdict === "fail";
  return { spf, dkim, dmarc, isHarmful, domains: spf === "pass" ? [domain] : [] };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

import { createHash } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { readSesReceipt } from "../../src/email/ses-receipt.ts";
import { createApp } from "../../src/http/app.ts";
import { reminded, repliesIn, told, writtenMail } from "../support/incoming.ts";
import { startS3Recorder } from "../support/s3-recorder.ts";
import { TEST_KEY } from "../support/ses-recorder.ts";
import { type Signed, startSnsStandIn, TOPIC } from "../support/sns-stand-in.ts";
import { openHolds } from "../support/stored.ts";

const PROMISE = "We will pay on 20 March 2026. Grüße";

let sns: Awaited<ReturnType<typeof startSnsStandIn>>;
let s3: Awaited<ReturnType<typeof startS3Recorder>>;

beforeAll(async () => {
  sns = await startSnsStandIn();
  s3 = await startS3Recorder();
});
afterAll(() => Promise.all([sns.close(), s3.close()]));

async function listening(over: Record<string, string> = {}) {
  const of = await reminded();
  const environment = {
    SNS_TOPIC_ARNS: TOPIC,
    SNS_CERTIFICATE_HOSTS: sns.host,
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL_S3: s3.url,
    MAIL_REPLY_DOMAIN: "in.acme.example",
    ...TEST_KEY,
    ...over,
  };
  const app = createApp(
    { ...of.story, settings: readSettings(environment) },
    { isWorker: false, remoteAddress: () => "198.51.100.7" },
  );
  const post = async (body: Signed) =>
    (await app.request("http://localhost/webhooks/ses", { method: "POST", body: JSON.stringify(body) }))
      .status;
  return { ...of, post };
}

/** As SES publishes it: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html */
function received(
  action: Record<string, string>,
  over: { content?: string; verdicts?: Record<string, string> } = {},
) {
  const { content, verdicts = {} } = over;
  const status = (name: string) => ({ status: verdicts[name] ?? "PASS" });
  return {
    notificationType: "Received",
    mail: {
      timestamp: "2026-03-09T11:00:00.000Z",
      source: "bills@nordwind.example",
      messageId: "o3vrnil0e2ic28tr",
      destination: ["reply@in.acme.example"],
      headersTruncated: false,
    },
    receipt: {
      timestamp: "2026-03-09T11:00:00.000Z",
      processingTimeMillis: 574,
      recipients: ["reply@in.acme.example"],
      spamVerdict: status("spam"),
      virusVerdict: status("virus"),
      spfVerdict: status("spf"),
      dkimVerdict: status("dkim"),
      dmarcVerdict: status("dmarc"),
      action: { topicArn: TOPIC, ...action },
    },
    ...(content !== undefined && { content }),
  };
}

const inline = (raw: Uint8Array, verdicts: Record<string, string> = {}) =>
  received({ type: "SNS", encoding: "BASE64" }, { content: Buffer.from(raw).toString("base64"), verdicts });
const stored = (bucketName: string, objectKey: string) => received({ type: "S3", bucketName, objectKey });

test("a mail that SNS carries is recorded once, byte for byte, however often it comes", async () => {
  const { story, replyTo, post } = await listening();
  const raw = writtenMail({ text: PROMISE, to: replyTo });
  for (let i = 0; i < 10; i++) expect(await post(sns.notification(inline(raw)))).toBe(204);
  const replies = await repliesIn(story);
  expect(replies).toMatchObject([{ matched_by: "token", proof: "passed", kind: "promise" }]);
  expect(inflateRawSync(new Uint8Array(replies[0]!.raw as ArrayBuffer)).equals(raw)).toBe(true);
  expect(await openHolds(story.db, { number: "A-100" })).toHaveLength(1);
});

test("a mail as text, which SES sends unless told otherwise, is read as well", async () => {
  const { story, replyTo, post } = await listening();
  const raw = writtenMail({ text: PROMISE, to: replyTo });
  expect(await post(sns.notification(received({ type: "SNS" }, { content: raw.toString() })))).toBe(204);
  expect(await repliesIn(story)).toMatchObject([{ sha256: createHash("sha256").update(raw).digest("hex") }]);
});

test("a mail in S3 is fetched with a signature, and is the same as one that SNS carries", async () => {
  const { story, replyTo, post } = await listening();
  const raw = writtenMail({ text: PROMISE, to: replyTo });
  s3.put("acme-mail", "in/é (1)+~/o3vr", raw);
  expect(await post(sns.notification(stored("acme-mail", "in/é (1)+~/o3vr")))).toBe(204);
  expect(await post(sns.notification(inline(raw)))).toBe(204);
  expect(s3.requests.at(-1)).toMatchObject({ status: 200 });
  expect(await repliesIn(story)).toMatchObject([{ matched_by: "token" }]);
});

test("while S3 refuses, SNS is asked to come again; what is gone is kept for a person", async () => {
  const { story, post } = await listening();
  s3.put("acme-mail", "refused", writtenMail({ text: PROMISE }));
  for (const status of [403, 500, 302]) {
    s3.fail(status);
    expect(await post(sns.notification(stored("acme-mail", "refused")))).toBe(503);
  }
  expect(s3.requests.map(({ path }) => path)).not.toContain("/elsewhere");
  expect(await told(story, "service_problem")).toMatchObject([
    { note: expect.stringContaining("S3 answers 403 for a mail of SES: may we read there?") },
  ]);
  for (const key of ["gone", "gone", "gone-too"]) {
    expect(await post(sns.notification(stored("acme-mail", key)))).toBe(204);
  }
  expect((await told(story, "service_problem")).slice(1)).toMatchObject([
    { note: expect.stringContaining("(acme-mail/gone)") },
    { note: expect.stringContaining("(acme-mail/gone-too)") },
  ]);
  expect(await repliesIn(story)).toEqual([]);
});

test("no signature, no fetch: a place that nobody signed is never asked for, nor one outside its bucket", async () => {
  const { story, post } = await listening();
  const before = s3.requests.length;
  const genuine = sns.notification(stored("acme-mail", "a"));
  const forged = { ...genuine, Message: genuine.Message!.replace("acme-mail", "evil-mail") };
  expect(await post(forged)).toBe(403);
  expect(await post(sns.notification(stored("acme-mail", "../evil-mail/a")))).toBe(204);
  expect(await told(story, "service_problem")).toHaveLength(1);
  expect(s3.requests).toHaveLength(before);
  expect(readSesReceipt(JSON.stringify(stored("evil/../mail", "a")))).toBeNull();
});

test.each([
  [{ dmarc: "FAIL" }, "failed"],
  [{ spam: "FAIL" }, "failed"],
  [{ virus: "FAIL" }, "failed"],
  [{ dmarc: "GRAY", spf: "FAIL", dkim: "GRAY" }, "failed"],
  [{ dmarc: "GRAY", spf: "GRAY", dkim: "GRAY" }, "none"],
  [{ dmarc: "GRAY", spf: "PASS", dkim: "GRAY" }, "passed"],
  [{ dmarc: "PROCESSING_FAILED", spf: "FAIL", dkim: "PASS" }, "none"],
])("verdicts %o make the sender %s", async (verdicts, proof) => {
  const { story, replyTo, post } = await listening();
  await post(sns.notification(inline(writtenMail({ text: PROMISE, to: replyTo }), verdicts)));
  expect(await repliesIn(story)).toMatchObject([{ proof }]);
  expect(await openHolds(story.db, { number: "A-100" })).toHaveLength(proof === "failed" ? 0 : 1);
});

test("SPF that passed for somebody else's domain proves nothing about the one in From", async () => {
  const { story, replyTo, post } = await listening();
  const event = inline(writtenMail({ text: PROMISE, to: replyTo }), { dmarc: "GRAY", dkim: "GRAY" });
  event.mail.source = "bounce@evil-nordwind.example";
  await post(sns.notification(event));
  expect(await repliesIn(story)).toMatchObject([{ proof: "none" }]);
});

test("an unsigned byte in a mail changes nothing", async () => {
  const { story, replyTo, post } = await listening();
  const message = sns.notification(
    received({ type: "SNS" }, { content: writtenMail({ text: PROMISE, to: replyTo }).toString() }),
  );
  expect(await post({ ...message, Message: message.Message!.replace("20 March", "21 March") })).toBe(403);
  expect(await repliesIn(story)).toEqual([]);
});

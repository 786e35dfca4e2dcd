import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { readSesEvent } from "../../src/email/ses-events.ts";
import { isCertificateAddress, isConfirmationAddress } from "../../src/email/sns-hosts.ts";
import { createApp } from "../../src/http/app.ts";
import { day, invoice } from "../support/cast.ts";
import { type Signed, startSnsStandIn, TOPIC } from "../support/sns-stand-in.ts";
import { tellStory } from "../support/story.ts";

const AT = "2026-12-01T10:00:00Z";
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };
const POLICY = { calendar: ALWAYS, freshnessDays: null, backlog: { mode: "send" } };

let sns: Awaited<ReturnType<typeof startSnsStandIn>>;

beforeAll(async () => {
  sns = await startSnsStandIn();
});
afterAll(() => sns.close());

async function reminded(settings: Record<string, string> = {}) {
  const story = await tellStory({ at: AT, policy: POLICY });
  await story.invoices(invoice({ number: "A-1", dueOn: day("2026-11-28") }));
  await story.tickOnce();
  const environment = { SNS_TOPIC_ARNS: TOPIC, SNS_CERTIFICATE_HOSTS: sns.host, ...settings };
  const app = createApp(
    { ...story, settings: readSettings(environment) },
    { isWorker: false, remoteAddress: () => "198.51.100.7" },
  );
  const post = async (body: Signed | string) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { "Content-Type": "text/plain; charset=UTF-8" };
    return app.request("http://localhost/webhooks/ses", { method: "POST", headers, body: text });
  };
  const { rows } = await story.db.client.execute("SELECT id, provider_id FROM reminders");
  const { id, provider_id: providerId } = rows[0]!;
  const state = async () => (await story.db.client.execute("SELECT state FROM reminders")).rows[0]!.state;
  return { story, post, state, id: String(id), providerId: String(providerId) };
}

const mailOf = (id: string) => ({
  messageId: "0100-provider",
  timestamp: AT.replace("Z", ".000Z"),
  destination: ["bills@nordwind.example"],
  tags: { reminder: [id] },
});
const bounce = (mail: unknown) => ({
  eventType: "Bounce",
  bounce: {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: [{ emailAddress: "bills@nordwind.example", diagnosticCode: "550 5.1.1 user unknown" }],
    timestamp: "2026-12-01T10:01:00.000Z",
    feedbackId: "0100-feedback",
  },
  mail,
});
const delivery = (mail: unknown) => ({
  eventType: "Delivery",
  delivery: {
    timestamp: "2026-12-01T10:00:30.000Z",
    recipients: ["bills@nordwind.example"],
    smtpResponse: "250 ok",
  },
  mail,
});

test("a signed delivery moves the reminder, a bounce outdoes it, in whatever order and however often they come", async () => {
  for (const [first, second] of [
    [delivery, bounce],
    [bounce, delivery],
  ]) {
    const { post, state, id } = await reminded();
    const messages = [first!, second!, first!].map((event) => sns.notification(event(mailOf(id))));
    for (const message of messages) expect((await post(message)).status).toBe(204);
    expect(await state()).toBe("bounced");
  }
});

test("both versions of the signature are taken", async () => {
  const { post, state, id } = await reminded();
  const message = sns.notification(delivery(mailOf(id)), { SignatureVersion: "1" });
  expect((await post(message)).status).toBe(204);
  expect(await state()).toBe("delivered");
});

test("a notification that carries SES's own id alone finds its reminder", async () => {
  const { post, state, providerId } = await reminded();
  const { tags: _, ...mail } = mailOf("");
  expect((await post(sns.notification(delivery({ ...mail, messageId: providerId })))).status).toBe(204);
  expect(await state()).toBe("delivered");
});

test("an event about a mail not yet on record is asked for again", async () => {
  const { post } = await reminded();
  const { tags: _, ...mail } = mailOf("");
  expect((await post(sns.notification(delivery(mail)))).status).toBe(503);
});

test("an unsigned byte, another topic, another host, and a certificate not yet valid change nothing", async () => {
  const { post, state, id } = await reminded();
  const genuine = sns.notification(delivery(mailOf(id)));
  const refused: Signed[] = [
    { ...genuine, Message: genuine.Message!.replace("250 ok", "250 OK") },
    { ...genuine, Signature: Buffer.from("forged").toString("base64") },
    { ...genuine, Subject: "added" },
    sns.notification(delivery(mailOf(id)), { TopicArn: `${TOPIC}-of-somebody-else` }),
    sns.notification(delivery(mailOf(id)), { SigningCertURL: "https://sns.evil.example/certificate.pem" }),
    sns.notification(delivery(mailOf(id)), {
      SigningCertURL: `${sns.url.replace("http", "ftp")}/certificate.pem`,
    }),
    sns.notification(delivery(mailOf(id)), {
      SigningCertURL: `http://${sns.host}@sns.evil.example/certificate.pem`,
    }),
    sns.notification(delivery(mailOf(id)), { Timestamp: "2020-01-01T00:00:00.000Z" }),
  ];
  for (const message of refused) expect((await post(message)).status).toBe(403);
  expect(await state()).toBe("sent");
});

test("without SNS_TOPIC_ARNS nobody is believed", async () => {
  const { post, id } = await reminded({ SNS_TOPIC_ARNS: "" });
  expect((await post(sns.notification(delivery(mailOf(id))))).status).toBe(403);
});

test("the certificate is fetched once, follows no redirect, and its absence asks for another try", async () => {
  const { post, id } = await reminded();
  const before = sns.requests.length;
  for (let i = 0; i < 3; i++) {
    const message = sns.notification(delivery(mailOf(id)), {
      SigningCertURL: `${sns.url}/certificate-once.pem`,
    });
    expect((await post(message)).status).toBe(204);
  }
  expect(sns.requests.slice(before)).toEqual(["/certificate-once.pem"]);
  sns.fail("/certificate-moved.pem", 302);
  const moved = sns.notification(delivery(mailOf(id)), {
    SigningCertURL: `${sns.url}/certificate-moved.pem`,
  });
  expect((await post(moved)).status).toBe(503);
  expect(sns.requests.at(-1)).toBe("/certificate-moved.pem");
});

test("a subscription is confirmed for our topic alone, at an address of SNS alone", async () => {
  const { post } = await reminded();
  expect((await post(sns.subscription())).status).toBe(204);
  expect(sns.requests.at(-1)).toBe("/subscribe");
  const before = sns.requests.length;
  expect((await post(sns.subscription({ TopicArn: `${TOPIC}2` }))).status).toBe(403);
  expect((await post(sns.subscription({ SubscribeURL: "https://evil.example/" }))).status).toBe(403);
  expect(sns.requests.slice(before)).toEqual([]);
});

test("what is signed and not understood is kept once, and the operator is told", async () => {
  const { story, post } = await reminded();
  const strange = sns.notification({ eventType: "Teleported", mail: mailOf("rem_x") });
  const text = sns.notification("plain words");
  for (const message of [strange, strange, text]) expect((await post(message)).status).toBe(204);
  const { rows } = await story.db.client.execute(
    "SELECT reason, body FROM kept_webhooks ORDER BY received_at, id",
  );
  expect(rows.map(({ reason }) => reason)).toEqual([
    "an event of SES of the kind Teleported",
    "no event of SES",
  ]);
  expect(rows[0]!.body).toBe(strange.Message);
  const alerts = await story.db.client.execute("SELECT fact FROM alerts WHERE kind = 'service_problem'");
  expect(alerts.rows).toHaveLength(2);
});

test("what is no message of SNS is refused with what is missing", async () => {
  const { post } = await reminded();
  const answers = await Promise.all(
    ["", "{", "[]", '{"Type":"Notification"}', "null"].map((body) => post(body)),
  );
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
});

test("a body of more than a megabyte is refused unread", async () => {
  const { post } = await reminded();
  expect((await post("x".repeat(1024 * 1024 + 1))).status).toBe(413);
});

test("only where SNS has its own certificates is one believed", () => {
  const hosts = ["sns.*.amazonaws.com"];
  const file = "SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem";
  const isOne = (address: string) => isCertificateAddress(address, hosts);
  expect(isOne(`https://sns.eu-central-1.amazonaws.com/${file}`)).toBe(true);
  expect(isOne(`https://sns.us-gov-west-1.amazonaws.com/${file}`)).toBe(true);
  for (const address of [
    `http://sns.eu-central-1.amazonaws.com/${file}`,
    `https://sns.eu-central-1.amazonaws.com.evil.example/${file}`,
    `https://sns.s3.amazonaws.com/${file}`,
    `https://sns.s3-us-west-2.amazonaws.com/${file}`,
    `https://sns..amazonaws.com/${file}`,
    `https://evil.example/sns.eu-central-1.amazonaws.com/${file}`,
    `https://sns.eu-central-1.amazonaws.com:8443/${file}`,
    `https://user@sns.eu-central-1.amazonaws.com/${file}`,
    `https://sns.eu-central-1.amazonaws.com/${file}?Action=GetEndpointAttributes`,
    `https://sns.eu-central-1.amazonaws.com/?Action=GetEndpointAttributes`,
    `https://sns.eu-central-1.amazonaws.com/other/${file}`,
    "not an address",
  ]) {
    expect(isOne(address), address).toBe(false);
  }
});

test("a subscription is confirmed by that action alone, for that topic", () => {
  const confirms = (query: string) =>
    isConfirmationAddress(`https://sns.eu-central-1.amazonaws.com/${query}`, {
      hosts: ["sns.*.amazonaws.com"],
      topic: TOPIC,
    });
  expect(confirms(`?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=1`)).toBe(true);
  expect(confirms(`?Action=ConfirmSubscription&TopicArn=${TOPIC}2&Token=1`)).toBe(false);
  expect(confirms(`?Action=Publish&TopicArn=${TOPIC}`)).toBe(false);
});

const samples = process.env.DUNWELL_SAMPLES && join(process.env.DUNWELL_SAMPLES, "webhooks/ses_docs");
const hasSamples = Boolean(samples && existsSync(samples));

test.skipIf(!hasSamples)("every event and notification of Amazon's documentation is understood", async () => {
  const understood: Record<string, string> = {};
  for (const name of (await readdir(samples!)).filter((file) =>
    /^(event|notification)_.*\.json$/.test(file),
  )) {
    const read = readSesEvent(await readFile(join(samples!, name), "utf8"));
    understood[name] =
      read.result === "deliveries" ? read.events.map(({ kind }) => kind).join(" ") : read.result;
  }
  expect(Object.values(understood).sort()).toEqual(
    [
      ...[
        "bounce",
        "bounce",
        "bounce bounce",
        "complaint",
        "complaint",
        "complaint",
        "delay",
        "delivery",
        "delivery",
      ],
      ...["other", "other", "other", "reject", "rendering_failure", "send"],
    ].sort(),
  );
});

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { compose } from "../../src/compose.ts";
import { recordDelivery } from "../../src/reminders/outcomes/record-delivery.ts";
import { startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";
import { startSlackStandIn } from "../support/slack-stand-in.ts";
import { openDesk } from "./run-dunwell.ts";

// Each run is a process of its own, on a machine that may have other work.
vi.setConfig({ testTimeout: 60_000 });

const desk = await openDesk();
const ses = await startSesRecorder();
const slack = await startSlackStandIn();
afterAll(() => Promise.all([ses.close(), slack.close()]));
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:dunwell";
ses.configurationSets.set("dunwell", [TOPIC]);

const LIVE = {
  MAILER: "ses",
  MAIL_FROM: "Acme <ar@acme.example>",
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL_SES: ses.url,
  ...TEST_KEY,
  SES_CONFIGURATION_SET: "dunwell",
  SNS_TOPIC_ARNS: TOPIC,
  SLACK_BOT_TOKEN: slack.token,
  SLACK_SIGNING_SECRET: "signing-secret-of-a-test-app",
  SLACK_API_URL: slack.url,
  SLACK_FALLBACK_CHANNEL: "C1",
  PUBLIC_URL: "https://pay.acme.example",
};

const OUTSIDE = ["spf", "dmarc", "replies", "public answer"];

it("finds an empty folder in want of a creditor, and makes no database there", async () => {
  const { code, stdout, errors } = await desk.run("doctor");
  expect([code, errors]).toEqual([1, ["error: one check failed"]]);
  expect(stdout).toMatch(/^ok {4}settings/);
  expect(stdout).toMatch(/^warn {2}database .*`dunwell migrate` makes it/m);
  expect(stdout).toMatch(/^fail {2}creditor .*dunwell creditor apply/m);
  expect(stdout).toMatch(/^warn {2}slack /m);
  expect(await readdir(desk.folder)).toEqual(["creditor.json"]);
});

it("says which secrets can be guessed, and never what they are", async () => {
  const { stdout } = await desk.run("doctor", {
    API_KEY: "letmein",
    LINK_SECRET: `${"x".repeat(16)},s3cret`,
  });
  expect(stdout).toMatch(/^warn {2}settings .*API_KEY and LINK_SECRET can be guessed/);
  expect(stdout).not.toMatch(/letmein|s3cret/);
});

it("finds all well where all is set up", async () => {
  await desk.run("creditor apply creditor.json");
  const { code, errors, json } = await desk.run("doctor --json", LIVE);
  // Names of examples are not in DNS.
  const ours = json().filter(({ check }) => !OUTSIDE.includes(check));
  expect(ours.filter(({ result }) => result !== "ok")).toEqual([]);
  expect(json().map(({ check }) => check)).toEqual([
    ...[
      "settings",
      "database",
      "creditor",
      "zones",
      "sender",
      "quota",
      "delivery events",
      "dkim",
      "spf",
      "dmarc",
      "replies",
      "slack",
      "slack answers",
      "slack channel",
      "public address",
      "public answer",
    ],
  ]);
  expect([code, errors]).toEqual([0, []]);
});

it.each([
  ["a set", "SES_CONFIGURATION_SET", { SES_CONFIGURATION_SET: "" }],
  ["a topic", "SNS_TOPIC_ARNS", { SNS_TOPIC_ARNS: "" }],
  ["both", "SES_CONFIGURATION_SET", { SES_CONFIGURATION_SET: "", SNS_TOPIC_ARNS: "" }],
])("warns where, for want of %s, nobody tells of bounces and lost answers", async (_, named, settings) => {
  const { code, json } = await desk.run("doctor --json", { ...LIVE, ...settings });
  const warned = json().filter(({ check, result }) => result === "warn" && !OUTSIDE.includes(check));
  expect(warned).toMatchObject([{ check: "delivery events", remedy: expect.stringContaining(named) }]);
  expect(code).toBe(0);
});

it("warns of a topic that told nothing of a mail within an hour, until it does", async () => {
  const heard = async () => {
    const { json } = await desk.run("doctor --json --at 2026-03-10T12:00:00Z", LIVE);
    return json().filter(({ check }) => check === "events heard");
  };
  await desk.write(
    "open.csv",
    "invoice_number,customer_ref,customer_email,currency,amount,due_on\nA-1,N,n@n.example,EUR,100,2026-03-05\n",
  );
  await desk.run("import invoices open.csv --at 2026-03-10T09:00:00Z");
  expect(await heard()).toEqual([]);
  await desk.run("tick --at 2026-03-10T10:00:00Z", LIVE);
  expect(await heard()).toMatchObject([{ result: "warn", remedy: expect.stringContaining("/webhooks/ses") }]);
  const at = Date.parse("2026-03-10T11:00:00Z");
  const services = await compose(
    { DATABASE_URL: `file:${join(desk.folder, "dunwell.db")}` },
    { clock: () => at },
  );
  const mailId = ses.mails[0]!.tags.reminder!;
  await recordDelivery(services, {
    id: "e-1",
    mailId,
    kind: "delivery",
    address: "n@n.example",
    isPermanent: null,
    detail: null,
    at,
  });
  services.db.close();
  expect(await heard()).toMatchObject([{ result: "ok" }]);
});

it("names an unverified sender, a used quota, a missing scope and a missing address, and how to mend them", async () => {
  ses.verified.clear();
  ses.quota.sentLast24Hours = ses.quota.max24HourSend;
  slack.scopes = ["chat:write"];
  const { code, errors, json } = await desk.run("doctor --json", { ...LIVE, PUBLIC_URL: "" });
  const failed = json().filter(({ result }) => result === "fail");
  expect(failed.map(({ check }) => check)).toEqual(["sender", "quota", "slack", "public address"]);
  expect(failed[2]?.detail).toContain("users:read, users:read.email");
  for (const { remedy } of failed) expect(remedy).not.toBe("");
  expect([code, errors]).toEqual([1, ["error: 4 checks failed"]]);
});

it("names wrong settings, refused keys and tokens by what they are and not by their values", async () => {
  const wrong = await desk.run("doctor", { ...LIVE, MAIL_FROM: "" });
  expect(wrong.stdout).toMatch(/^fail {2}settings .*MAIL_FROM must be set with MAILER=ses/);
  const refused = await desk.run("doctor", {
    ...LIVE,
    AWS_SECRET_ACCESS_KEY: "s3cret-key",
    SLACK_BOT_TOKEN: "xoxb-s3cret",
  });
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^fail {2}mail .*SignatureDoesNotMatch/m);
  expect(refused.stdout).toMatch(/^fail {2}slack .*invalid_auth/m);
  expect(refused.stdout + refused.errors).not.toContain("s3cret");
});

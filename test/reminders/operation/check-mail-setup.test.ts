import { afterAll, expect, test } from "vitest";
import { createProbes } from "../../../src/cli/doctor-probes.ts";
import { readSettings } from "../../../src/config.ts";
import { checkMailSetup, type MailProbes } from "../../../src/reminders/operation/check-mail-setup.ts";
import { startSesRecorder, TEST_KEY } from "../../support/ses-recorder.ts";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:dunwell";
const ses = await startSesRecorder();
afterAll(() => ses.close());
ses.configurationSets.set("dunwell", [TOPIC]);
ses.configurationSets.set("mute", []);
ses.receipts.set("in.acme.example", TOPIC);

const settings = readSettings({
  AWS_REGION: "eu-central-1",
  AWS_ENDPOINT_URL_SES: ses.url,
  ...TEST_KEY,
  SES_CONFIGURATION_SET: "dunwell",
  SNS_TOPIC_ARNS: TOPIC,
  MAIL_REPLY_DOMAIN: "in.acme.example",
});
const records: Record<string, string[]> = {
  "acme.example": ["v=spf1 include:amazonses.com ~all"],
  "_dmarc.acme.example": ["v=DMARC1; p=none"],
  "in.acme.example": ["inbound-smtp.eu-central-1.amazonaws.com"],
};

/** What is not well, with SES's real client against the stand-in and these records in DNS. */
async function examine(
  change: { records?: Record<string, string[]>; settings?: object; probes?: Partial<MailProbes> } = {},
): Promise<string[]> {
  const lookUp = async (name: string) => ({ ...records, ...change.records })[name] ?? [];
  const probes = { ...createProbes(settings, () => 0), texts: lookUp, mailServers: lookUp, ...change.probes };
  const found: string[] = [];
  for await (const { check, result, detail, remedy } of checkMailSetup(
    { ...settings, ...change.settings },
    probes,
    "ar@acme.example",
  )) {
    if (result !== "ok") found.push(`${result} ${check}: ${detail}; ${remedy}`);
  }
  return found;
}

test("mail that is signed, allowed, heard of and answered is well", async () => {
  expect(await examine()).toEqual([]);
});

test.each([
  [
    "a set that SES does not know",
    { settings: { SES_CONFIGURATION_SET: "gone" } },
    /^fail delivery events: SES knows no configuration set gone; create it/,
  ],
  [
    "a set that publishes nothing",
    { settings: { SES_CONFIGURATION_SET: "mute" } },
    /^fail delivery events: mute publishes to no topic.*event destination/,
  ],
  [
    "another topic than the set's",
    { settings: { SNS_TOPIC_ARNS: ["arn:other"] } },
    /^fail delivery events: dunwell publishes to arn:aws.*which SNS_TOPIC_ARNS does not name/,
  ],
  [
    "a sender without SPF",
    { records: { "acme.example": [] } },
    /^warn spf: .*publish a TXT record at acme.example: v=spf1 include:amazonses.com/,
  ],
  [
    "an SPF record of others",
    { records: { "acme.example": ["v=spf1 mx -all"] } },
    /^warn spf: .*add include:amazonses.com/,
  ],
  [
    "a sender without DMARC",
    { records: { "_dmarc.acme.example": [] } },
    /^warn dmarc: .*_dmarc.acme.example: v=DMARC1/,
  ],
  [
    "no domain for answers",
    { settings: { MAIL_REPLY_DOMAIN: undefined } },
    /^warn replies: .*set MAIL_REPLY_DOMAIN/,
  ],
  [
    "an MX record that leads elsewhere",
    { records: { "in.acme.example": ["mx.acme.example"] } },
    /^fail replies: .*goes to mx.acme.example; publish an MX record at in.acme.example: 10 inbound-smtp/,
  ],
  [
    "a domain without a receipt rule",
    {
      settings: { MAIL_REPLY_DOMAIN: "no.acme.example" },
      records: { "no.acme.example": records["in.acme.example"]! },
    },
    /^fail replies: no active receipt rule/,
  ],
])("%s is named, with how to mend it", async (_, change, said) => {
  expect((await examine(change))[0]).toMatch(said);
});

test("mail that Cloudflare routes needs no rule of SES", async () => {
  expect(await examine({ records: { "in.acme.example": ["route1.mx.cloudflare.net"] } })).toEqual([]);
});

test("a domain that SES does not sign for fails", async () => {
  ses.signed.clear();
  expect(await examine()).toEqual([expect.stringMatching(/^fail dkim: .*Pending.*three CNAME records/)]);
  ses.signed.add("acme.example");
});

test("what nobody says, offline or to a key that may only send, is skipped with a word", async () => {
  const refuse = async () => {
    throw Object.assign(new Error("no"), { name: "AccessDenied" });
  };
  const probes = { dkimStatus: refuse, eventTopics: refuse, texts: refuse, mailServers: refuse };
  const found = await examine({ probes });
  expect(found).toHaveLength(5);
  for (const one of found) expect(one).toMatch(/^skip .*nobody says from here \(AccessDenied\)/);
});

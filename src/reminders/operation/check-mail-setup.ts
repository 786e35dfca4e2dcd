import type { Settings } from "../../config.ts";
import { type Check, fail, nameOf, ok, skip, warn } from "./check.ts";

/** What the doctor asks of SES, of DNS and of the service's own address; each throws where there is no answer. */
export type MailProbes = {
  /** What SES says of signing for a domain: `Success`, `Pending`, …; null where it does not know the domain. */
  dkimStatus(domain: string): Promise<string | null>;
  /** The topics to which a configuration set publishes; null where there is no such set. */
  eventTopics(configurationSet: string): Promise<string[] | null>;
  /** The topics to which SES publishes what it receives for a domain. */
  receiptTopics(domain: string): Promise<string[]>;
  /** The texts published under a name; none where it is not there. */
  texts(name: string): Promise<string[]>;
  /** The servers that take a domain's mail. */
  mailServers(domain: string): Promise<string[]>;
};

/** Whether mail is believed, whether we hear what becomes of it, and whether answers come back. `from` is an address. */
export async function* checkMailSetup(
  settings: Settings,
  probes: MailProbes,
  from: string,
): AsyncGenerator<Check> {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  yield await checkEvents(settings, probes);
  yield await asked("dkim", () => checkDkim(probes, domain));
  yield await asked("spf", () => checkSpf(probes, domain));
  yield await asked("dmarc", () => checkDmarc(probes, domain));
  yield await asked("replies", () => checkReplies(settings, probes));
}

/** Delivery events settle what became of a mail whose answer was lost, and tell of bounces and complaints. */
async function checkEvents(settings: Settings, probes: MailProbes): Promise<Check> {
  const { SES_CONFIGURATION_SET: set, SNS_TOPIC_ARNS: topics } = settings;
  if (set && topics.length > 0) return asked("delivery events", () => checkSet(set, topics, probes));
  const why = set ? `${set} has no topic that is believed` : topics.length > 0 && "no set publishes them";
  const detail = "bounces go unnoticed, and a lost answer is settled by a person";
  const remedy = set
    ? "set SNS_TOPIC_ARNS to the topic that it publishes to"
    : "set SES_CONFIGURATION_SET to one that publishes events to SNS";
  return warn("delivery events", `none come${why ? `, for ${why}` : ""}: ${detail}`, remedy);
}

async function checkSet(set: string, topics: string[], probes: MailProbes): Promise<Check> {
  const published = await probes.eventTopics(set);
  if (published === null) {
    return fail(
      "delivery events",
      `SES knows no configuration set ${set}`,
      "create it: without it SES refuses every mail",
    );
  }
  if (published.some((topic) => topics.includes(topic))) {
    return ok("delivery events", `SES sends them by way of configuration set ${set}`);
  }
  const detail = `${set} publishes to ${published.join(", ") || "no topic"}, which SNS_TOPIC_ARNS does not name`;
  return fail(
    "delivery events",
    detail,
    "give the set an event destination at that topic, or name the topic",
  );
}

async function checkDkim({ dkimStatus }: MailProbes, domain: string): Promise<Check> {
  const status = await dkimStatus(domain);
  if (status === "Success") return ok("dkim", `SES signs for ${domain}`);
  const remedy = `in SES, open the identity ${domain} and publish the three CNAME records that it shows`;
  return fail("dkim", `SES does not sign for ${domain} (${status ?? "it does not know the domain"})`, remedy);
}

async function checkSpf({ texts }: MailProbes, domain: string): Promise<Check> {
  const record = (await texts(domain)).find((text) => text.startsWith("v=spf1"));
  if (record?.includes("include:amazonses.com")) return ok("spf", `${domain} lets SES send`);
  const remedy = record
    ? `add include:amazonses.com to the TXT record of ${domain}`
    : `publish a TXT record at ${domain}: v=spf1 include:amazonses.com ~all`;
  return warn(
    "spf",
    `${domain} ${record ? "names others as senders, not SES" : "says nothing of who sends"}`,
    remedy,
  );
}

async function checkDmarc({ texts }: MailProbes, domain: string): Promise<Check> {
  // A domain without a record of its own goes by that of the organisation: the last two labels, mostly.
  const names = new Set([domain, domain.split(".").slice(-2).join(".")].map((name) => `_dmarc.${name}`));
  for (const name of names) {
    if ((await texts(name)).some((text) => text.startsWith("v=DMARC1")))
      return ok("dmarc", `published at ${name}`);
  }
  const remedy = `publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:you@${domain}`;
  return warn("dmarc", `${domain} has none: large providers put such mail aside`, remedy);
}

async function checkReplies(settings: Settings, probes: MailProbes): Promise<Check> {
  const { MAIL_REPLY_DOMAIN: domain, SNS_TOPIC_ARNS: topics, AWS_REGION: region } = settings;
  if (!domain) {
    const detail = "they go to the creditor's mailbox alone, and hold nothing";
    return warn("replies", detail, "set MAIL_REPLY_DOMAIN to a domain whose mail comes here");
  }
  const servers = await probes.mailServers(domain);
  if (servers.some((server) => server.endsWith(".mx.cloudflare.net"))) {
    return ok("replies", `Cloudflare takes the mail of ${domain}; its routing has to name this Worker`);
  }
  const ses = `inbound-smtp.${region}.amazonaws.com`;
  if (!servers.includes(ses)) {
    const detail = `the mail of ${domain} goes to ${servers.join(", ") || "nobody"}`;
    return fail("replies", detail, `publish an MX record at ${domain}: 10 ${ses}`);
  }
  if ((await probes.receiptTopics(domain)).some((topic) => topics.includes(topic))) {
    return ok("replies", `SES takes the mail of ${domain} and tells us`);
  }
  const detail = `no active receipt rule of SES for ${domain} publishes to a topic of SNS_TOPIC_ARNS`;
  return fail(
    "replies",
    detail,
    "make a rule with an action that does, S3 or SNS, and set its rule set active",
  );
}

/** Offline, or with a key that may send and no more, nobody knows. */
async function asked(check: string, work: () => Promise<Check>): Promise<Check> {
  try {
    return await work();
  } catch (error) {
    return skip(check, `nobody says from here (${nameOf(error)})`);
  }
}

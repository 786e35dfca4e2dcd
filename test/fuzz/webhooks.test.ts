import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSlack } from "../../src/compose.ts";
import { readSettings } from "../../src/config.ts";
import { createApp } from "../../src/http/app.ts";
import { createRandom } from "../simulation/random.ts";
import { day, invoice } from "../support/cast.ts";
import { SIGNING_SECRET, signed } from "../support/slack-user.ts";
import { startSnsStandIn, TOPIC } from "../support/sns-stand-in.ts";
import { type Story, tellStory } from "../support/story.ts";

const FLIPS = 60 * Number(process.env.DUNWELL_FUZZ ?? 1);
const SEED = Number(process.env.DUNWELL_FUZZ_SEED ?? 20261122);
const AT = Date.parse("2026-12-01T10:00:00Z");
const PAYMENTS_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const STRIPE_SECRET = "whsec_of_a_test_endpoint";
const API_KEY = "a-key-of-at-least-sixteen-characters";
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };
const POLICY = { calendar: ALWAYS, freshnessDays: null, backlog: { mode: "send" } };

type Headers = Record<string, string>;
/** A request that is believed; `unsigned` finds the bytes of its body that no signature covers. */
type Genuine = {
  method?: string;
  path: string;
  headers: Headers;
  body: string;
  unsigned?: RegExp[];
  changes: boolean;
};

let sns: Awaited<ReturnType<typeof startSnsStandIn>>;

beforeAll(async () => {
  sns = await startSnsStandIn();
});
afterAll(() => sns.close());

const doors: Record<string, (story: Story) => Genuine | Promise<Genuine>> = {
  ses: async ({ db }) => {
    const { rows } = await db.client.execute("SELECT id FROM reminders");
    const mail = {
      messageId: "0100-provider",
      timestamp: "2026-12-01T10:00:00.000Z",
      tags: { reminder: [String(rows[0]!.id)] },
    };
    const recipients = [{ emailAddress: "bills@nordwind.example" }];
    const bounce = {
      bounceType: "Permanent",
      bouncedRecipients: recipients,
      timestamp: "2026-12-01T10:01:00.000Z",
      feedbackId: "1",
    };
    const message = sns.notification({ eventType: "Bounce", bounce, mail });
    // Another place of SNS's own certificates is as good, and the last bits of base64 stand for nothing.
    const unsigned = [/"SigningCertURL":"[^"]*"/, /..==(?=")/];
    return {
      path: "/webhooks/ses",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify(message),
      unsigned,
      changes: true,
    };
  },
  stripe: () => {
    const object = { id: "in_1", number: "A-1", currency: "eur", amount_paid: 60_00, payment_intent: "pi_1" };
    const body = JSON.stringify({
      id: "evt_1",
      object: "event",
      type: "invoice.paid",
      created: AT / 1000,
      data: { object },
    });
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: STRIPE_SECRET,
      timestamp: AT / 1000,
    });
    return { path: "/webhooks/stripe", headers: { "stripe-signature": signature }, body, changes: true };
  },
  payments: () => {
    const data = { invoice_number: "A-1", amount: "60.00", currency: "EUR" };
    const body = JSON.stringify({ type: "payment.received", timestamp: "2026-12-01T09:00:00Z", data });
    const now = new Date(AT);
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(PAYMENTS_SECRET).sign("msg_1", now, body),
    };
    return { path: "/webhooks/payments", headers, body, changes: true };
  },
  slack: () => {
    const body = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB" });
    return { path: "/webhooks/slack", headers: signed(body, AT), body, changes: false };
  },
  "an API key": () => {
    const body = JSON.stringify({
      invoice_number: "A-1",
      amount: "60.00",
      currency: "EUR",
      paid_on: "2026-12-01",
      reference: "R",
    });
    const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
    return { path: "/api/payments", headers, body, unsigned: [/^.*$/s], changes: true };
  },
};

describe("no byte that nobody signed changes anything in the database", () => {
  it.each(Object.entries(doors))("%s", async (_, open) => {
    const story = await tellStory({ at: new Date(AT).toISOString(), policy: POLICY });
    await story.invoices(invoice({ number: "A-1", amountMinor: 100_00, dueOn: day("2026-11-28") }));
    await story.tickOnce();
    const request = await doorOf(story);
    const genuine = await open(story);
    const random = createRandom(SEED);
    const before = await dump(story);
    for (let flip = 0; flip < FLIPS; flip++) {
      const forged =
        flip % 3 === 0 ? withFlippedHeader(genuine, random.whole(0, 1e6)) : withFlippedBody(genuine, random);
      const status = await request(forged);
      if (status < 400) expect.fail(`answered ${status}: ${JSON.stringify(forged.headers)} ${forged.body}`);
    }
    for (const name of Object.keys(genuine.headers).filter((one) => /sign|timestamp|auth/.test(one))) {
      const { [name]: _left, ...headers } = genuine.headers;
      expect(await request({ ...genuine, headers })).toBeGreaterThanOrEqual(400);
    }
    expect(await dump(story)).toBe(before);
    expect(await request(genuine)).toBeLessThan(300);
    expect((await dump(story)) !== before).toBe(genuine.changes);
  });
});

/** The app behind its routes; guesses are not limited, or the first thirty would hide the others. */
async function doorOf(story: Story) {
  const settings = readSettings({
    API_KEY,
    SNS_TOPIC_ARNS: TOPIC,
    SNS_CERTIFICATE_HOSTS: sns.host,
    STRIPE_WEBHOOK_SECRET: STRIPE_SECRET,
    PAYMENTS_WEBHOOK_SECRET: PAYMENTS_SECRET,
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: "http://127.0.0.1:9/",
  });
  const app = createApp(
    { ...story, settings },
    {
      isWorker: false,
      remoteAddress: () => "198.51.100.7",
      guesses: () => false,
      openSlack: (services) => openSlack(services, () => {}),
    },
  );
  return async ({ method = "POST", path, headers, body }: Genuine) =>
    (await app.request(`http://localhost${path}`, { method, headers, body: Buffer.from(body, "latin1") }))
      .status;
}

function withFlippedHeader(genuine: Genuine, at: number): Genuine {
  const names = Object.keys(genuine.headers).filter((name) => name !== "content-type");
  const name = names[at % Math.max(1, names.length)];
  if (name === undefined) return withFlippedBody(genuine, createRandom(at));
  const value = genuine.headers[name]!;
  return {
    ...genuine,
    headers: { ...genuine.headers, [name]: flipped(value, Math.floor(at / 7) % value.length) },
  };
}

function withFlippedBody(genuine: Genuine, random: ReturnType<typeof createRandom>): Genuine {
  const { body, unsigned = [] } = genuine;
  const free = unsigned.flatMap((pattern) => {
    const found = pattern.exec(body);
    return found ? [[found.index, found.index + found[0].length] as const] : [];
  });
  const signedAt = [...body]
    .map((_, at) => at)
    .filter((at) => !free.some(([from, to]) => at >= from && at < to));
  if (signedAt.length === 0) return withFlippedHeader(genuine, random.whole(0, 1e6));
  return { ...genuine, body: flipped(body, random.pick(signedAt)) };
}

/** The lowest bit of one byte is another: what is printable stays so. */
function flipped(text: string, at: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
}

async function dump({ db }: Story): Promise<string> {
  const { rows: tables } = await db.client.execute(
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  );
  const all = await Promise.all(tables.map(({ name }) => db.client.execute(`SELECT * FROM "${name}"`)));
  return JSON.stringify(
    all.map(({ rows }) => rows),
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
}

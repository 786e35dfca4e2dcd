import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { compose, openSlack } from "../src/compose.ts";
import { createApp } from "../src/http/app.ts";
import { tick } from "../src/reminders/sending/tick.ts";
import type { Services } from "../src/services.ts";
import { SIGNING_SECRET, signed } from "../test/support/slack-user.ts";
import { startSnsStandIn, TOPIC } from "../test/support/sns-stand-in.ts";
import { AT, fillStore } from "./filled-store.ts";
import type { Row, Section } from "./table.ts";

const A_SECOND = 50;
const SECONDS = 8;
const WARM_UP = 20;
const INVOICES = 50_000;
const DUE = 500;
const PAYMENTS_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const STRIPE_SECRET = "whsec_of_the_bench";

type Posted = { headers: Record<string, string>; body: string };
type Sns = Awaited<ReturnType<typeof startSnsStandIn>>;
type Told = { reminders: string[]; sns: Sns };

/** How long each webhook takes while 50 a second come, each a new one, beside a bare route that is asked between them. */
export async function webhooks(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const sns = await startSnsStandIn();
  const url = `file:${join(folder, "store.db")}`;
  await fillStore(url, { invoices: INVOICES, due: DUE });
  const services = await compose(settingsFor(url, sns), {
    clock: () => AT,
    logLevel: "error",
    write: () => {},
  });
  try {
    await tick(services);
    const { rows } = await services.db.client.execute("SELECT id FROM reminders");
    const told = { reminders: rows.map(({ id }) => String(id)), sns };
    const app = createApp(services, {
      isWorker: false,
      remoteAddress: () => null,
      openSlack: (some: Services) => openSlack(some, () => {}),
    });
    const bare = new Hono().post("/webhooks/:name", async (c) => {
      await c.req.text();
      return c.body(null, 204);
    });
    const sites: Sites = {
      app: (path, init) => app.request(path, init),
      bare: (path, init) => bare.request(path, init),
      told,
    };
    const results: Row[] = [];
    for (const [name, make] of Object.entries(DOORS)) results.push(await measure(name, make, sites));
    return [
      {
        title: `webhooks: ${A_SECOND} a second for ${SECONDS} s each, ${INVOICES.toLocaleString("en")} invoices stored`,
        rows: results,
        note: "p50 / p99 in ms; the ratio is that of p99 to a bare Hono route in the same seconds",
      },
    ];
  } finally {
    services.db.close();
    await sns.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const DOORS: Record<string, (at: number, told: Told) => Posted> = {
  "ses, a delivery": (at, { reminders, sns }) => {
    const time = new Date(AT + at).toISOString();
    const mail = {
      messageId: `0100-${at}`,
      timestamp: time,
      tags: { reminder: [reminders[at % reminders.length]] },
    };
    const delivery = { recipients: [`bills@customer${at}.example`], timestamp: time, smtpResponse: "250 ok" };
    return { headers: {}, body: JSON.stringify(sns.notification({ eventType: "Delivery", delivery, mail })) };
  },
  "ses, a mail": (at, { reminders, sns }) => {
    const raw =
      `From: bills@customer${at}.example\r\nTo: ar@acme.example\r\nMessage-ID: <m${at}@customer.example>\r\n` +
      `In-Reply-To: <${reminders[at % reminders.length]}@acme.example>\r\nSubject: Re: your invoice\r\n\r\n` +
      `Hello,\r\n\r\nwe will pay on 20 March 2026.\r\n\r\nOn Monday, Acme wrote:\r\n${"> Please pay.\r\n".repeat(200)}`;
    const pass = { status: "PASS" };
    const receipt = {
      timestamp: new Date(AT + at).toISOString(),
      recipients: ["ar@in.acme.example"],
      ...{ spamVerdict: pass, virusVerdict: pass, spfVerdict: pass, dkimVerdict: pass, dmarcVerdict: pass },
      action: { type: "SNS", encoding: "BASE64" },
    };
    const mail = { source: `bills@customer${at}.example` };
    const content = Buffer.from(raw).toString("base64");
    return {
      headers: {},
      body: JSON.stringify(sns.notification({ notificationType: "Received", mail, receipt, content })),
    };
  },
  stripe: (at) => {
    const object = {
      id: `in_${at}`,
      number: `INV-${at}`,
      currency: "eur",
      amount_paid: 100,
      payment_intent: `pi_${at}`,
    };
    const event = {
      id: `evt_${at}`,
      object: "event",
      type: "invoice.paid",
      created: AT / 1000,
      data: { object },
    };
    const payload = JSON.stringify(event);
    const timestamp = Math.floor(AT / 1000);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: STRIPE_SECRET, timestamp });
    return { headers: { "stripe-signature": signature }, body: payload };
  },
  payments: (at) => {
    const data = {
      invoice_number: `INV-${1000 + at}`,
      amount: "1.00",
      currency: "EUR",
      reference: `P-${at}`,
    };
    const body = JSON.stringify({ type: "payment.received", timestamp: new Date(AT).toISOString(), data });
    const now = new Date(AT);
    const headers = {
      "webhook-id": `msg_${at}`,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(PAYMENTS_SECRET).sign(`msg_${at}`, now, body),
    };
    return { headers, body };
  },
  "slack, signed": (at) => {
    const body = JSON.stringify({ type: "url_verification", challenge: `challenge-${at}` });
    return { headers: signed(body, AT), body };
  },
};

type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;
type Sites = { app: Ask; bare: Ask; told: Told };

async function measure(
  name: string,
  make: (at: number, told: Told) => Posted,
  { app, bare, told }: Sites,
): Promise<Row> {
  const posted = Array.from({ length: WARM_UP + A_SECOND * SECONDS }, (_, at) => make(at, told));
  const path = `http://localhost/webhooks/${name.split(",")[0]}`;
  const taken: number[] = [];
  const idle: number[] = [];
  const post = async (ask: Ask, one: Posted, times: number[]) => {
    const start = performance.now();
    const { status } = await ask(path, { method: "POST", ...one });
    times.push(performance.now() - start);
    if (status >= 300) throw new Error(`${name} answered ${status}`);
  };
  for (const one of posted.splice(0, WARM_UP)) {
    await post(app, one, []);
    await post(bare, one, []);
  }
  const start = performance.now();
  const running: Promise<void>[] = [];
  for (const [at, one] of posted.entries()) {
    await until(start + (at * 1000) / A_SECOND);
    running.push(post(app, one, taken));
    await until(start + ((at + 0.5) * 1000) / A_SECOND);
    running.push(post(bare, one, idle));
  }
  await Promise.all(running);
  const [p50, p99, bare99] = [quantile(taken, 0.5), quantile(taken, 0.99), quantile(idle, 0.99)];
  return {
    what: name,
    measured: `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`,
    ratio: `${(p99 / bare99).toFixed(1)} ×`,
    aim: `bare ${bare99.toFixed(1)} ms`,
  };
}

async function until(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1]!;
}

function settingsFor(url: string, sns: Sns): Record<string, string> {
  return {
    DATABASE_URL: url,
    LINK_SECRET: "a secret of the bench",
    SNS_TOPIC_ARNS: TOPIC,
    SNS_CERTIFICATE_HOSTS: sns.host,
    STRIPE_WEBHOOK_SECRET: STRIPE_SECRET,
    PAYMENTS_WEBHOOK_SECRET: PAYMENTS_SECRET,
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: "http://127.0.0.1:9/",
  };
}

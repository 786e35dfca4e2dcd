import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createApp } from "../../src/http/app.ts";
import { createRandom } from "../simulation/random.ts";
import { day, invoice } from "../support/cast.ts";
import { startSnsStandIn, TOPIC } from "../support/sns-stand-in.ts";
import { type Story, tellStory } from "../support/story.ts";
import { shuffled } from "./mutations.ts";

// Of payments of other systems, `test/http/payments-webhook.test.ts` shows the same.
const AT = "2026-12-01T10:00:00Z";
const SECONDS = Date.parse(AT) / 1000;
const SECRET = "whsec_of_a_test_endpoint";
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };
const POLICY = { calendar: ALWAYS, freshnessDays: null, backlog: { mode: "send" } };
// As often as is asked with every order, so that the suite stays quick.
const TIMES = process.env.DUNWELL_FUZZ ? 10 : 3;
const ORDERS = 10;

let sns: Awaited<ReturnType<typeof startSnsStandIn>>;

beforeAll(async () => {
  sns = await startSnsStandIn();
});
afterAll(() => sns.close());

it("what SES tells, each event again and again in ten orders, comes to one result", async () => {
  const results = await inTenOrders(async (shuffle) => {
    const { story, post } = await receiving();
    const [reminder] = await rowsOf(story, "SELECT id FROM reminders");
    const mail = {
      messageId: "0100-provider",
      timestamp: "2026-12-01T10:00:00.000Z",
      destination: ["bills@nordwind.example"],
      tags: { reminder: [String(reminder!.id)] },
    };
    const recipients = [{ emailAddress: "bills@nordwind.example" }];
    const at = (minute: number) => `2026-12-01T10:0${minute}:00.000Z`;
    const events = [
      { eventType: "Send", send: {} },
      {
        eventType: "DeliveryDelay",
        deliveryDelay: { delayType: "MailboxFull", delayedRecipients: recipients, timestamp: at(1) },
      },
      {
        eventType: "Delivery",
        delivery: { recipients: ["bills@nordwind.example"], timestamp: at(2), smtpResponse: "250 ok" },
      },
      { eventType: "Open", open: { timestamp: at(3) } },
      {
        eventType: "Bounce",
        bounce: { bounceType: "Permanent", bouncedRecipients: recipients, timestamp: at(4), feedbackId: "1" },
      },
      {
        eventType: "Complaint",
        complaint: { complainedRecipients: recipients, timestamp: at(5), feedbackId: "2" },
      },
    ].map((event) => JSON.stringify(sns.notification({ ...event, mail })));
    for (const body of shuffle(events))
      expect(await post("ses", body, { "content-type": "text/plain" })).toBe(204);
    return {
      reminders: await rowsOf(story, "SELECT state FROM reminders"),
      suppressed: await rowsOf(story, "SELECT address, reason FROM suppressions ORDER BY 1, 2"),
      told: await rowsOf(story, "SELECT DISTINCT kind FROM alerts ORDER BY kind"),
    };
  });
  expect(results[0]).toContain('"state":"complained"');
  expect(new Set(results).size, results.join("\n")).toBe(1);
});

it("what Stripe tells, each event again and again in ten orders, comes to one result", async () => {
  const results = await inTenOrders(async (shuffle) => {
    const { story, post } = await receiving();
    const event = (id: string, type: string, object: unknown) =>
      JSON.stringify({ id, object: "event", type, created: SECONDS, data: { object } });
    const paid = { id: "in_1", number: "A-1", currency: "eur", amount_paid: 60_00, payment_intent: "pi_1" };
    const refund = (id: string) => ({ id, amount: 10_00, created: SECONDS, status: "succeeded" });
    const refunded = (...ids: string[]) => ({
      id: "ch_1",
      currency: "eur",
      payment_intent: "pi_1",
      metadata: {},
      amount_refunded: ids.length * 10_00,
      refunds: { data: ids.map(refund) },
    });
    const events = [
      event("evt_1", "invoice.paid", paid),
      event("evt_2", "invoice.payment_succeeded", paid),
      event("evt_3", "payment_intent.succeeded", {
        id: "pi_1",
        currency: "eur",
        amount_received: 60_00,
        invoice: "in_1",
        metadata: {},
      }),
      event("evt_4", "charge.refunded", refunded("re_1")),
      event("evt_5", "charge.refunded", refunded("re_1", "re_2")),
      event("evt_6", "charge.dispute.created", {
        id: "dp_1",
        charge: "ch_1",
        amount: 60_00,
        currency: "eur",
      }),
    ];
    for (const payload of shuffle(events)) {
      const signature = Stripe.webhooks.generateTestHeaderString({
        payload,
        secret: SECRET,
        timestamp: SECONDS,
      });
      expect(await post("stripe", payload, { "stripe-signature": signature })).toBe(200);
    }
    return {
      invoices: await rowsOf(story, "SELECT number, balance_minor, status FROM invoices"),
      payments: await rowsOf(
        story,
        "SELECT reference, amount_minor, allocated_minor FROM payments ORDER BY 1",
      ),
      kept: await rowsOf(story, "SELECT reason FROM kept_webhooks ORDER BY 1"),
    };
  });
  expect(results[0]).toContain('"balance_minor":6000');
  expect(new Set(results).size, results.join("\n")).toBe(1);
});

async function receiving() {
  const story = await tellStory({ at: AT, policy: POLICY });
  await story.invoices(invoice({ number: "A-1", amountMinor: 100_00, dueOn: day("2026-11-28") }));
  await story.tickOnce();
  const settings = readSettings({
    SNS_TOPIC_ARNS: TOPIC,
    SNS_CERTIFICATE_HOSTS: sns.host,
    STRIPE_WEBHOOK_SECRET: SECRET,
  });
  const app = createApp({ ...story, settings }, { isWorker: false, remoteAddress: () => "198.51.100.7" });
  const post = async (door: string, body: string, headers: Record<string, string>) =>
    (await app.request(`http://localhost/webhooks/${door}`, { method: "POST", headers, body })).status;
  return { story, post };
}

async function inTenOrders(
  tell: (shuffle: (events: string[]) => string[]) => Promise<unknown>,
): Promise<string[]> {
  const results: string[] = [];
  for (let order = 0; order < ORDERS; order++) {
    const random = createRandom(order + 1);
    results.push(JSON.stringify(await tell((events) => shuffled(Array(TIMES).fill(events).flat(), random))));
  }
  return results;
}

async function rowsOf({ db }: Story, sql: string) {
  return (await db.client.execute(sql)).rows.map((row) => ({ ...row }));
}

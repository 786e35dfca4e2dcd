import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createApp } from "../../src/http/app.ts";
import { readStripeEvent } from "../../src/http/webhooks/stripe-events.ts";
import { day, invoice } from "../support/cast.ts";
import { tellStory } from "../support/story.ts";

const SECRET = "whsec_of_a_test_endpoint";
const AT = "2026-03-02T10:00:00Z";
const SECONDS = Date.parse(AT) / 1000;

async function receiving(settings: Record<string, string> = { STRIPE_WEBHOOK_SECRET: SECRET }) {
  const story = await tellStory({ at: AT });
  await story.invoices(invoice({ number: "A-1", amountMinor: 100_00, dueOn: day("2026-03-04") }));
  const services = { ...story, settings: readSettings(settings) };
  const app = createApp(services, { isWorker: false, remoteAddress: () => "198.51.100.7" });
  const post = async (event: unknown, { secret = SECRET, timestamp = SECONDS } = {}) => {
    const body = typeof event === "string" ? event : JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
    const headers = { "Stripe-Signature": signature, "Content-Type": "application/json" };
    const response = await app.request("http://localhost/webhooks/stripe", { method: "POST", headers, body });
    return {
      status: response.status,
      body: (await response.json()) as { results?: string[]; detail?: string },
    };
  };
  const one = async (sql: string) => (await story.db.client.execute(sql)).rows;
  const balance = async () => Number((await one("SELECT balance_minor AS b FROM invoices"))[0]!.b);
  return { post, balance, one };
}

let events = 0;
const event = (type: string, object: unknown, previous?: unknown) => ({
  id: `evt_${++events}`,
  object: "event",
  type,
  created: SECONDS,
  data: { object, ...(previous !== undefined && { previous_attributes: previous }) },
});
const invoicePaid = (type = "invoice.paid") =>
  event(type, {
    id: "in_1",
    number: "A-1",
    currency: "eur",
    amount_paid: 60_00,
    payment_intent: "pi_1",
    status_transitions: { paid_at: SECONDS - 86_400 },
  });
const charge = (over: unknown) => ({
  id: "ch_1",
  currency: "eur",
  payment_intent: "pi_1",
  metadata: {},
  ...(over as object),
});

test("a paid invoice is recorded once, whichever of its events come, and however often", async () => {
  const { post, balance, one } = await receiving();
  const intent = { id: "pi_1", currency: "eur", amount_received: 60_00, invoice: "in_1", metadata: {} };
  const told = [
    invoicePaid(),
    invoicePaid("invoice.payment_succeeded"),
    event("payment_intent.succeeded", intent),
  ];
  for (const one of [...told, ...told]) expect((await post(one)).status).toBe(200);
  expect(await balance()).toBe(40_00);
  expect(await one("SELECT paid_on, reference FROM payments")).toMatchObject([
    { paid_on: day("2026-03-01"), reference: "pi_1" },
  ]);
});

test("an intent that names our invoice is its payment; one that names none is kept for a person", async () => {
  const { post, balance, one } = await receiving();
  const intent = { id: "pi_2", currency: "eur", amount_received: 25_00, metadata: { invoice_number: "A-1" } };
  await post(event("payment_intent.succeeded", intent));
  expect(await balance()).toBe(75_00);
  const nameless = { ...intent, id: "pi_3", metadata: {} };
  expect((await post(event("payment_intent.succeeded", nameless))).body.results).toEqual(["kept"]);
  expect(await one("SELECT reason FROM kept_webhooks")).toMatchObject([
    { reason: "a payment_intent.succeeded that names no invoice or no money" },
  ]);
});

test("refunds find the invoice by their payment, each once, and before it too", async () => {
  const refunds = (...ids: string[]) =>
    event(
      "charge.refunded",
      charge({
        amount_refunded: ids.length * 10_00,
        refunds: { data: ids.map((id) => ({ id, amount: 10_00, created: SECONDS, status: "succeeded" })) },
      }),
    );
  for (const order of [
    [invoicePaid(), refunds("re_1"), refunds("re_1", "re_2")],
    [refunds("re_1", "re_2"), refunds("re_1"), invoicePaid()],
  ]) {
    const { post, balance, one } = await receiving();
    for (const told of [...order, ...order]) expect((await post(told)).status).toBe(200);
    expect(await balance()).toBe(60_00);
    expect(await one("SELECT * FROM kept_webhooks")).toEqual([]);
  }
});

test("without its list of refunds, an event tells what was added", async () => {
  const { post, balance } = await receiving();
  await post(invoicePaid());
  await post(event("charge.refunded", charge({ amount_refunded: 10_00 }), { amount_refunded: 0 }));
  await post(event("charge.refunded", charge({ amount_refunded: 25_00 }), { amount_refunded: 10_00 }));
  expect(await balance()).toBe(65_00);
});

test("a contested payment and a credit note are kept for a person, the rest is only acknowledged", async () => {
  const { post, balance, one } = await receiving();
  for (const type of ["charge.dispute.created", "credit_note.created", "customer.updated"]) {
    expect((await post(event(type, { id: "x" }))).status).toBe(200);
  }
  expect(await one("SELECT reason FROM kept_webhooks ORDER BY reason")).toMatchObject([
    { reason: "a credit note of Stripe" },
    { reason: "a payment that the payer's bank contests" },
  ]);
  expect(await balance()).toBe(100_00);
});

test("a total that grows under one invoice is recorded by what is new of it", async () => {
  const { post, balance } = await receiving();
  const total = (amount_paid: number, type = "invoice.paid") =>
    event(type, { id: "in_2", number: "A-1", currency: "eur", amount_paid });
  const told = [
    total(40_00, "invoice.payment_succeeded"),
    total(100_00),
    total(100_00, "invoice.payment_succeeded"),
  ];
  for (const one of [...told, ...told]) expect((await post(one)).status).toBe(200);
  expect(await balance()).toBe(0);
});

test("an invoice voided at Stripe is void; one settled without money, or given up there, waits for a person", async () => {
  const { post, one } = await receiving();
  const at = (type: string) => event(type, { id: "in_3", number: "A-1", currency: "eur", amount_paid: 0 });
  await post(at("invoice.paid"));
  await post(at("invoice.marked_uncollectible"));
  expect(await one("SELECT id FROM kept_webhooks")).toHaveLength(2);
  await post(at("invoice.voided"));
  expect(await one("SELECT status FROM invoices")).toMatchObject([{ status: "void" }]);
});

test("krónur, which Stripe counts in hundredths, come out whole", () => {
  const intent = {
    id: "pi_4",
    currency: "isk",
    amount_received: 1500_00,
    metadata: { invoice_number: "A-1" },
  };
  const read = readStripeEvent(JSON.stringify(event("payment_intent.succeeded", intent)));
  expect(read?.payments[0]?.event).toMatchObject({ row: { amount: "1500", currency: "ISK" } });
});

test("a wrong secret, a stale and a future time, a changed byte and no secret at all change nothing", async () => {
  const { post, balance } = await receiving();
  expect((await post(invoicePaid(), { secret: "whsec_of_somebody_else" })).status).toBe(401);
  expect((await post(invoicePaid(), { timestamp: SECONDS - 301 })).status).toBe(401);
  expect((await post(invoicePaid(), { timestamp: SECONDS + 301 })).status).toBe(401);
  expect((await post("{}")).status).toBe(422);
  expect((await post("{")).status).toBe(400);
  expect(await balance()).toBe(100_00);
  const unset = await receiving({});
  expect((await unset.post(invoicePaid())).status).toBe(403);
});

const samples =
  process.env.DUNWELL_SAMPLES && join(process.env.DUNWELL_SAMPLES, "webhooks/stripe/pay_rails_events");

test.skipIf(!samples)("public samples of Stripe's objects are read without a throw", () => {
  const read = (name: string) => JSON.parse(readFileSync(join(samples!, name), "utf8"));
  for (const name of readdirSync(samples!).filter((file) => file.endsWith(".json"))) {
    const sample = read(name);
    const object = sample.object && typeof sample.object === "object" ? sample.object : sample;
    const type = name === "invoice.json" ? "invoice.paid" : name.replace(".json", "");
    expect(readStripeEvent(JSON.stringify(event(type, object))), name).not.toBeNull();
  }
  const refunded = readStripeEvent(
    JSON.stringify(event("charge.refunded", read("charge.refunded.json").object)),
  );
  expect(refunded?.payments).toMatchObject([
    { event: { row: { amount: "5.00", kind: "refund" }, givesBack: "pm_1234" } },
  ]);
});

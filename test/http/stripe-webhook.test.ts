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
    { reason: "invoice_number names neither invoice nor customer" },
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

test("what cannot be read of money is kept for a person, what is not about money is only acknowledged", async () => {
  const { post, balance, one } = await receiving();
  for (const type of ["charge.dispute.created", "credit_note.voided", "customer.updated"]) {
    expect((await post(event(type, { id: "x" }))).status).toBe(200);
  }
  expect(await one("SELECT reason FROM kept_webhooks ORDER BY reason")).toMatchObject([
    { reason: "a charge.dispute.created that names no invoice or no money (x)" },
    { reason: "a credit note of Stripe that was taken back (x)" },
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

/** The events of API versions since 2025-03-31: no intent on the invoice, no invoice on the intent, no list of refunds. */
const basil = {
  finalized: () => event("invoice.finalized", { id: "in_1", number: "A-1", currency: "eur", amount_paid: 0 }),
  paid: (amount_paid: number) =>
    event("invoice.paid", { id: "in_1", number: "A-1", currency: "eur", amount_paid }),
  part: (intent: string, amount_paid: number) =>
    event("invoice_payment.paid", {
      id: `inpay_${intent}`,
      object: "invoice_payment",
      invoice: "in_1",
      currency: "eur",
      amount_paid,
      payment: { type: "payment_intent", payment_intent: intent },
      status_transitions: { paid_at: SECONDS - 86_400 },
    }),
  intent: (id: string, amount_received: number, metadata = {}) =>
    event("payment_intent.succeeded", { id, currency: "eur", amount_received, metadata }),
  refunded: (amount_refunded: number) =>
    event("charge.refunded", charge({ amount_refunded }), { amount_refunded: 0 }),
  refund: (id: string, amount: number, type = "refund.created", status = "succeeded") =>
    event(type, {
      id,
      amount,
      currency: "eur",
      created: SECONDS,
      status,
      payment_intent: "pi_1",
      charge: "ch_1",
    }),
  dispute: (type: string, status: string) =>
    event(`charge.dispute.${type}`, {
      id: "dp_1",
      amount: 60_00,
      currency: "eur",
      charge: "ch_1",
      payment_intent: "pi_1",
      status,
    }),
  creditNote: (id: string, amount: number) =>
    event("credit_note.created", { id, invoice: "in_1", amount, currency: "eur" }),
};

/** Ten orders of these events, each told twice: the balances that they come to, and what is kept. */
async function inTenOrders(told: { id: string }[]) {
  const balances = new Set<number>();
  let kept = 0;
  for (let order = 0; order < 10; order++) {
    const { post, balance, one } = await receiving();
    const rank = ({ id }: { id: string }) => (Number(id.slice(4)) * (7 + order * 4) + order) % 31;
    for (const event of [...told, ...told].sort((a, b) => rank(a) - rank(b))) {
      expect((await post(event)).status).toBe(200);
    }
    balances.add(await balance());
    kept += (await one("SELECT id FROM kept_webhooks")).length;
  }
  return { balances: [...balances], kept };
}

test("newer versions: a refund finds the invoice that its intent paid, and counts once, in any order", async () => {
  const told = [
    basil.finalized(),
    basil.part("pi_1", 60_00),
    basil.paid(60_00),
    basil.refunded(10_00),
    basil.refund("re_1", 10_00),
    basil.refund("re_1", 10_00, "refund.updated"),
    basil.refund("re_2", 5_00),
    basil.refunded(15_00),
  ];
  expect(await inTenOrders(told)).toEqual({ balances: [55_00], kept: 0 });
});

test("newer versions: an intent that names our invoice beside its Stripe invoice counts once, in any order", async () => {
  const own = { invoice_number: "A-1" };
  const whole = [basil.paid(60_00), basil.intent("pi_1", 60_00, own)];
  expect(await inTenOrders(whole)).toEqual({ balances: [40_00], kept: 0 });
  const parts = [
    basil.part("pi_1", 25_00),
    basil.intent("pi_1", 25_00, own),
    basil.part("pi_2", 35_00),
    basil.intent("pi_2", 35_00),
    basil.paid(60_00),
  ];
  expect(await inTenOrders(parts)).toEqual({ balances: [40_00], kept: 0 });
});

test("an invoice of another number at Stripe is found by the number of ours in its metadata", async () => {
  const { post, balance } = await receiving();
  const metadata = { invoice_number: "A-1" };
  await post(
    event("invoice.paid", { id: "in_9", number: "F-0001", currency: "eur", amount_paid: 20_00, metadata }),
  );
  expect(await balance()).toBe(80_00);
});

test("what waits for its invoice a moment only is told to nobody", async () => {
  const { post, one } = await receiving();
  await post(basil.part("pi_1", 60_00));
  expect(await one("SELECT id FROM alerts WHERE kind = 'payment_kept'")).toHaveLength(1);
  await post(basil.paid(60_00));
  expect(await one("SELECT id FROM alerts WHERE kind = 'payment_kept'")).toEqual([]);
});

test("while the payer's bank contests a payment the invoice is open and held; lost it is only open, won it is paid", async () => {
  const withdrawn = [
    basil.part("pi_1", 60_00),
    basil.paid(60_00),
    basil.dispute("funds_withdrawn", "needs_response"),
  ];
  const holds = "SELECT kind FROM holds WHERE ended_at IS NULL";
  const { post, balance, one } = await receiving();
  for (const told of withdrawn) await post(told);
  expect(await balance()).toBe(100_00);
  expect(await one(holds)).toMatchObject([{ kind: "dispute" }]);
  await post(basil.dispute("closed", "lost"));
  expect([await balance(), await one(holds)]).toEqual([100_00, []]);
  await post(withdrawn[2]);
  expect(await one(holds)).toEqual([]);
  const won = [basil.dispute("funds_reinstated", "won"), basil.dispute("closed", "won")];
  expect(await inTenOrders([...withdrawn, ...won])).toEqual({ balances: [40_00], kept: 0 });
});

test("a contested payment of a paid invoice is told to finance, before the money is gone and when it is", async () => {
  const { post, one } = await receiving();
  await post(basil.part("pi_1", 100_00));
  await post(basil.paid(100_00));
  const told =
    "SELECT kind, to_email FROM alerts WHERE kind IN ('payment_contested', 'payment_reversed') ORDER BY kind";
  const contested = { kind: "payment_contested", to_email: "fin@acme.example" };
  await post(basil.dispute("created", "needs_response"));
  expect(await one(told)).toMatchObject([contested]);
  await post(basil.dispute("funds_withdrawn", "needs_response"));
  expect(await one(told)).toMatchObject([
    contested,
    { kind: "payment_reversed", to_email: "fin@acme.example" },
  ]);
});

test("a credit note lowers what is owed; one that was refunded leaves a paid invoice paid", async () => {
  const before = [basil.creditNote("cn_1", 40_00), basil.part("pi_1", 60_00), basil.paid(60_00)];
  expect(await inTenOrders(before)).toEqual({ balances: [0], kept: 0 });
  const after = [
    basil.part("pi_1", 100_00),
    basil.paid(100_00),
    basil.creditNote("cn_2", 30_00),
    basil.refund("re_3", 30_00),
  ];
  expect(await inTenOrders(after)).toEqual({ balances: [0], kept: 0 });
});

test("a refund that failed leaves a paid invoice paid, in any order, and finance hears of each", async () => {
  const failed = (id: string, type = "refund.failed") => basil.refund(id, 30_00, type, "failed");
  const told = [
    basil.part("pi_1", 100_00),
    basil.paid(100_00),
    basil.refund("re_1", 30_00, "refund.created", "pending"),
    failed("re_1", "refund.updated"),
  ];
  expect(await inTenOrders(told)).toEqual({ balances: [0], kept: 0 });
  const { post, balance, one } = await receiving();
  for (const one of [...told, failed("re_1"), failed("re_1"), failed("re_2")]) await post(one);
  expect(await balance()).toBe(0);
  const alerts = "SELECT to_email, payload FROM alerts WHERE kind = 'service_problem' ORDER BY rowid";
  expect(await one(alerts)).toMatchObject([
    { to_email: "fin@acme.example", payload: expect.stringContaining("(re_1)") },
    { to_email: "fin@acme.example", payload: expect.stringContaining("(re_2)") },
  ]);
});

test("an intent that names its Stripe invoice as the order is known by it before that is paid", async () => {
  const { post, balance, one } = await receiving();
  const intent = basil.intent("pi_1", 60_00);
  Object.assign(intent.data.object as object, {
    payment_details: { customer_reference: null, order_reference: "in_1" },
  });
  for (const told of [basil.finalized(), intent, intent]) await post(told);
  expect([await balance(), await one("SELECT id FROM kept_webhooks")]).toEqual([40_00, []]);
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
    { event: { row: { amount: "5.00", kind: "refund" }, of: "pm_1234" } },
  ]);
});

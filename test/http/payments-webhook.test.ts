import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createApp } from "../../src/http/app.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { day, invoice } from "../support/cast.ts";
import { tellStory } from "../support/story.ts";

// The vector of the Standard Webhooks specification, the same in all its libraries (MIT).
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const VECTOR = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1614265330,
  payload: '{"test": 2432232314}',
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

type Event = { type: string; data: Record<string, unknown>; timestamp?: string };

async function receiving(settings: Record<string, string> = { PAYMENTS_WEBHOOK_SECRET: SECRET }) {
  const story = await tellStory();
  await story.invoices(invoice({ number: "A-1", amountMinor: 100_00, dueOn: day("2026-03-04") }));
  const services = { ...story, settings: readSettings(settings) };
  const app = createApp(services, { isWorker: false, remoteAddress: () => "198.51.100.7" });
  const request = async (body: string, headers: Record<string, string>) => {
    const response = await app.request("http://localhost/webhooks/payments", {
      method: "POST",
      headers,
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const post = (
    event: Event,
    { id = `msg_${JSON.stringify(event)}`, secret = SECRET, at = story.clock() } = {},
  ) => {
    const body = JSON.stringify({ timestamp: "2026-03-02T09:00:00Z", ...event });
    return request(body, signed({ id, secret, at, body }));
  };
  const one = async (sql: string) => (await story.db.client.execute(sql)).rows;
  const balance = async () => Number((await one("SELECT balance_minor AS b FROM invoices"))[0]!.b);
  return { story, services, post, request, balance, one };
}

function signed({ id, secret, at, body }: { id: string; secret: string; at: number; body: string }) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, new Date(at), body),
  };
}

const paid = (amount: string, reference: string | null = null): Event => ({
  type: "payment.received",
  data: { invoice_number: "A-1", amount, currency: "EUR", paid_on: "2026-03-02", reference },
});
const refunded = (amount: string, reference: string): Event => ({
  ...paid(amount, reference),
  type: "payment.refunded",
});
const credited = (amount: string, reference: string): Event => ({
  ...paid(amount, reference),
  type: "credit_note.issued",
});

test("a payment, a part of it given back and a credit note change the balance", async () => {
  const { post, balance } = await receiving();
  expect(await post(paid("60.00", "P-1"))).toEqual({ status: 200, body: { result: "recorded" } });
  expect(await balance()).toBe(40_00);
  await post(refunded("10.00", "R-1"));
  await post(credited("25.00", "C-1"));
  expect(await balance()).toBe(25_00);
});

test("spaces around a value are none of it, as in a file", async () => {
  const { post, balance, one } = await receiving();
  await post({ type: "payment.received", data: { invoice_number: " A-1 ", amount: "60.00 ", paid_on: " " } });
  expect(await balance()).toBe(40_00);
  await post({ type: "invoice.voided", data: { invoice_number: "A-1 " } });
  expect(await one("SELECT status FROM invoices")).toMatchObject([{ status: "void" }]);
});

test("the same message, or another with the same reference, is recorded once", async () => {
  const { post, balance } = await receiving();
  const results = [
    await post(paid("60.00", "P-1"), { id: "m1" }),
    await post(paid("60.00", "P-1"), { id: "m1" }),
    await post(paid("60.00", "P-1"), { id: "m2" }),
    await post(paid("10.00"), { id: "m3" }),
    await post(paid("10.00"), { id: "m3" }),
  ];
  expect(results.map(({ body }) => body.result)).toEqual([
    "recorded",
    "repeated",
    "repeated",
    "recorded",
    "repeated",
  ]);
  expect(await balance()).toBe(30_00);
});

test("ten orders of payment, refund and credit note, each replayed, come to one balance", async () => {
  const events = [
    paid("60.00", "P-1"),
    refunded("60.00", "R-1"),
    paid("30.00", "P-2"),
    credited("5.00", "C-1"),
  ];
  const results = new Set();
  for (let order = 0; order < 10; order++) {
    const { post, balance, one } = await receiving();
    const shuffled = [...events, ...events].sort((a, b) => rank(a, order) - rank(b, order));
    for (const event of shuffled) results.add((await post(event)).body.result);
    expect(await balance()).toBe(65_00);
    expect(await one("SELECT * FROM kept_webhooks")).toEqual([]);
  }
  expect([...results].sort()).toEqual(["kept", "recorded", "repeated"]);
});

/** A different order of the events for each `order`. */
function rank(event: Event, order: number): number {
  const text = JSON.stringify(event);
  return [...text].reduce((sum, char) => (sum * (31 + order * 2) + char.charCodeAt(0)) % 10_007, order);
}

test("what fits nothing on record is kept, told to finance once, and recorded when its invoice comes", async () => {
  const { story, services, post, one } = await receiving();
  const early: Event = {
    type: "payment.received",
    data: { invoice_number: "B-2", amount: "5.00", currency: "EUR" },
  };
  expect((await post(early)).body).toEqual({ result: "kept" });
  expect((await post(early)).body).toEqual({ result: "kept" });
  expect(await one("SELECT kind, to_email FROM alerts WHERE kind = 'payment_kept'")).toMatchObject([
    { to_email: "fin@acme.example" },
  ]);
  await story.invoices(invoice({ number: "B-2", amountMinor: 5_00 }));
  await recordFreshness(services, { through: story.clock() });
  expect(await one("SELECT balance_minor FROM invoices WHERE number = 'B-2'")).toMatchObject([
    { balance_minor: 0 },
  ]);
  expect(await one("SELECT * FROM kept_webhooks")).toEqual([]);
});

test("money for an invoice that is not known is credit of the customer it names", async () => {
  const { post, one } = await receiving();
  const data = { invoice_number: "Z-9", customer_ref: "NORDWIND", amount: "7.00", currency: "EUR" };
  expect((await post({ type: "payment.received", data })).body).toEqual({ result: "recorded" });
  expect(await one("SELECT amount_minor, allocated_minor, paid_on FROM payments")).toMatchObject([
    { amount_minor: 7_00, allocated_minor: 0, paid_on: day("2026-03-02") },
  ]);
});

test("one that can never be read keeps no other waiting, and payment data stays payment data", async () => {
  const { story, services, post, one } = await receiving();
  const data = { invoice_number: "JP-1", amount: "10.50" };
  expect((await post({ type: "payment.received", data })).body).toEqual({ result: "kept" });
  await story.invoices(invoice({ number: "JP-1", currency: "JPY", amountMinor: 1000 }));
  expect(await post(paid("60.00", "P-1"))).toEqual({ status: 200, body: { result: "recorded" } });
  await recordFreshness(services, { through: story.clock() });
  expect(await one("SELECT value FROM settings WHERE key = 'fresh_through'")).toHaveLength(1);
  expect(await one("SELECT id, waits_for FROM kept_webhooks")).toMatchObject([{ waits_for: null }]);
});

test("many events for invoices that are not ours hide none that is", async () => {
  const { story, services, post, one } = await receiving();
  const early = (number: string, i = 0): Event => ({
    type: "payment.received",
    data: { invoice_number: number, amount: "5.00", currency: "EUR", reference: `E-${number}-${i}` },
  });
  for (let i = 0; i < 120; i++) await post(early("NOT-OURS", i));
  await post(early("B-2"));
  await story.invoices(invoice({ number: "B-2", amountMinor: 5_00 }));
  await recordFreshness(services, { through: story.clock() });
  expect(await one("SELECT balance_minor FROM invoices WHERE number = 'B-2'")).toMatchObject([
    { balance_minor: 0 },
  ]);
});

test("money that came as credit before its invoice was known is not taken twice", async () => {
  const { story, post, one } = await receiving();
  const data = {
    invoice_number: "Z-9",
    customer_ref: "NORDWIND",
    amount: "7.00",
    currency: "EUR",
    reference: "C-9",
  };
  await post({ type: "payment.received", data }, { id: "m1" });
  await story.invoices(invoice({ number: "Z-9", amountMinor: 7_00 }));
  expect((await post({ type: "payment.received", data }, { id: "m1" })).body).toEqual({ result: "repeated" });
  expect(await one("SELECT id FROM payments")).toHaveLength(1);
});

test("a voiding that comes again does not undo what a person decided since", async () => {
  const { story, post, one } = await receiving();
  const event = { type: "invoice.voided", data: { invoice_number: "A-1" } };
  await post(event, { id: "v1" });
  await story.invoices(
    invoice({ number: "A-1", amountMinor: 100_00, dueOn: day("2026-03-04"), status: "open" }),
  );
  expect((await post(event, { id: "v1" })).body).toEqual({ result: "repeated" });
  expect(await one("SELECT status FROM invoices")).toMatchObject([{ status: "open" }]);
});

test("a voided invoice is void", async () => {
  const { post, one } = await receiving();
  const event = { type: "invoice.voided", data: { invoice_number: "A-1" } };
  expect((await post(event)).body).toEqual({ result: "recorded" });
  expect(await one("SELECT status FROM invoices")).toMatchObject([{ status: "void" }]);
});

test("a signed webhook is payment data", async () => {
  const { post, one } = await receiving();
  await post(paid("1.00", "P-1"));
  expect(await one("SELECT value FROM settings WHERE key = 'fresh_through'")).toHaveLength(1);
});

test("the specification's vector is genuine at its time by our clock, and any signature that fits among several suffices", async () => {
  const { story, request } = await receiving();
  const headers = {
    "webhook-id": VECTOR.id,
    "webhook-timestamp": String(VECTOR.timestamp),
    "webhook-signature": `v1,AAAA v2,BBBB ${VECTOR.signature}`,
  };
  const body = VECTOR.payload;
  expect((await request(body, headers)).body.detail).toContain("too old");
  story.clock.set(new Date(VECTOR.timestamp * 1000).toISOString());
  expect((await request(body, headers)).status).toBe(422);
  const asOther = { ...headers, "webhook-signature": VECTOR.signature.replace("v1,", "v2,") };
  expect((await request(body, asOther)).body.detail).toContain("no signature fits");
});

test("a wrong secret, a missing header, a stale and a future time change nothing", async () => {
  const { story, post, request, balance } = await receiving();
  const [now, second] = [story.clock(), 1000];
  expect((await post(paid("60.00"), { secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAA" })).status).toBe(401);
  expect((await post(paid("60.00"), { at: now - 301 * second })).status).toBe(401);
  expect((await post(paid("60.00"), { at: now + 301 * second })).status).toBe(401);
  expect((await request("{}", {})).status).toBe(401);
  expect(await balance()).toBe(100_00);
  expect((await post(paid("60.00"), { at: now - 300 * second })).status).toBe(200);
});

test("without a secret in the settings nobody is believed", async () => {
  const { post } = await receiving({});
  expect((await post(paid("60.00"))).status).toBe(403);
});

test("what is signed and cannot be read is refused, naming the field", async () => {
  const { story, post, request } = await receiving();
  const wrong: [Event, string][] = [
    [{ type: "payment.imagined", data: {} }, "type"],
    [{ type: "payment.received", data: { invoice_number: "A-1", amount: "sixty" } }, "amount"],
    [{ type: "payment.refunded", data: { amount: "1.00", currency: "EUR" } }, "invoice_number"],
    [{ type: "payment.received", data: { amount: "1.00" } }, "currency"],
    [{ type: "payment.received", timestamp: "yesterday", data: {} }, "timestamp"],
    [{ type: "invoice.voided", data: {} }, "data.invoice_number"],
  ];
  for (const [event, field] of wrong) {
    const { status, body } = await post(event);
    expect({ status, detail: body.detail }).toMatchObject({
      status: 422,
      detail: expect.stringContaining(field),
    });
  }
  const text = "{";
  const headers = signed({ id: "m", secret: SECRET, at: story.clock(), body: text });
  expect((await request(text, headers)).status).toBe(400);
});

test("a kept event that breaks what follows it keeps no other waiting, nor the word that payment data came", async () => {
  const { story, post, one } = await receiving();
  await post({ type: "payment.received", data: { invoice_number: "A-2", amount: "1.00", currency: "EUR" } });
  const broken = "INSERT INTO kept_webhooks (id, source, reason, body, waits_for, received_at) VALUES";
  for (const [id, body] of [
    ["a", "no JSON"],
    ["b", '{"strange":true}'],
  ])
    await story.db.client.execute({ sql: `${broken} (?, 'payments', '', ?, 'A-1', 0)`, args: [id!, body!] });
  await story.invoices(invoice({ number: "A-2", amountMinor: 5_00, dueOn: day("2026-03-04") }));
  expect((await post(paid("60.00", "P-1"))).status).toBe(200);
  expect(await one("SELECT balance_minor AS b FROM invoices ORDER BY number")).toMatchObject([
    { b: 40_00 },
    { b: 4_00 },
  ]);
  expect(await one("SELECT id, waits_for FROM kept_webhooks ORDER BY id")).toMatchObject([
    { id: "a", waits_for: "A-1" },
    { id: "b", waits_for: null },
  ]);
});

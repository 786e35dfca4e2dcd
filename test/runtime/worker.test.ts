import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inflateRawSync } from "node:zlib";
import { unzipSync } from "fflate";
import PostalMime from "postal-mime";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../src/compose.ts";
import { migrate } from "../../src/db/migrate.ts";
import { applyCreditor } from "../../src/reminders/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/apply-policy.ts";
import { makePromise } from "../../src/reminders/make-promise.ts";
import { putCustomers } from "../../src/reminders/put-customers.ts";
import { putInvoices } from "../../src/reminders/put-invoices.ts";
import type { Services } from "../../src/services.ts";
import { ACME, invoice, NORDWIND } from "../support/cast.ts";
import type { DebtorSite } from "../support/debtor-site.ts";
import { type HranaServer, startHranaServer } from "../support/hrana-server.ts";
import { PAGE_CHECKS } from "../support/page-checks.ts";
import { type SesRecorder, startSesRecorder, TEST_KEY } from "../support/ses-recorder.ts";
import { type SlackStandIn, startSlackStandIn } from "../support/slack-stand-in.ts";
import { createSlackUser, SIGNING_SECRET } from "../support/slack-user.ts";
import { startSnsStandIn, TOPIC } from "../support/sns-stand-in.ts";
import { startupMs } from "../support/startup.ts";
import { buildWorker, startWorker } from "../support/worker.ts";

const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };
const START_MS = 60_000;
const API_KEY = "key-for-the-api-alone";
const WEBHOOK_SECRETS = {
  PAYMENTS_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  STRIPE_WEBHOOK_SECRET: "whsec_of_a_test_endpoint",
};

let folder: string;
let hrana: HranaServer;
let ses: SesRecorder;
let slack: SlackStandIn;
let sns: Awaited<ReturnType<typeof startSnsStandIn>>;
let services: Services;
let bundle: { gzipBytes: number };
let worker: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dunwell-worker-"));
  hrana = await startHranaServer({ file: join(folder, "remote.db") });
  ses = await startSesRecorder();
  slack = await startSlackStandIn();
  sns = await startSnsStandIn();
  slack.users.set("rita.rep@acme.example", { id: "U1RITA" });
  services = await compose({ DATABASE_URL: hrana.url }, { clock: () => Date.now() });
  await migrate(services.db, Date.now());
  await applyCreditor(services, ACME);
  const policy = { name: "standard", calendar: ALWAYS, freshnessDays: null, backlog: { mode: "send" } };
  await applyPolicy(services, policy);
  bundle = await buildWorker(join(folder, "bundle"));
  worker = await startWorker(join(folder, "bundle"), {
    vars: {
      DATABASE_URL: hrana.url,
      PUBLIC_URL: "https://dunwell.example",
      MAIL_FROM: ACME.from,
      AWS_ENDPOINT_URL_SES: ses.url,
      SLACK_API_URL: slack.url,
      REMINDERS_A_RUN: "2",
      SNS_TOPIC_ARNS: TOPIC,
      SNS_CERTIFICATE_HOSTS: sns.host,
    },
    secrets: {
      ...TEST_KEY,
      ...WEBHOOK_SECRETS,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      API_KEY,
    },
  });
}, START_MS);

afterAll(async () => {
  await worker?.close();
  services?.db.close();
  await Promise.all([hrana?.close(), ses?.close(), slack?.close(), sns?.close()]);
  await rm(folder, { recursive: true, force: true });
});

afterEach(({ task }) => {
  if (task.result?.state === "fail") worker.debug();
});

test("the bundle stays below a megabyte, compressed", () => {
  expect(bundle.gzipBytes).toBeLessThan(1_000_000);
});

test.runIf(process.platform === "linux")("the bundle starts within 200 ms of CPU", async () => {
  expect(await startupMs(join(folder, "bundle/index.js"))).toBeLessThan(200);
});

test("a body without a length is read up to the limit", async () => {
  const put = async (text: string, blanks: number) => {
    const chunks = [...Array(blanks).fill(" ".repeat(1024)), text].map((chunk) =>
      new TextEncoder().encode(chunk),
    );
    const response = await worker.fetch("http://dunwell.example/api/creditor", {
      method: "PUT",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${API_KEY}` },
      body: ReadableStream.from(chunks),
      duplex: "half",
    });
    await response.text();
    return response.status;
  };
  expect(await put(JSON.stringify(ACME), 200)).toBe(200);
  expect(await put(JSON.stringify(ACME), 256)).toBe(413);
});

test("the clock sends what is due through SES, records it and tells the owner", async () => {
  await oweSince("W-1", "NORDWIND", 10);
  await ringAndWait();
  expect(ses.mails).toHaveLength(1);
  const [mail] = ses.mails;
  expect(mail).toMatchObject({ source: "ar@acme.example", to: ["bills@nordwind.example"] });
  expect(await remindersOf("NORDWIND")).toEqual([
    { id: mail!.tags.reminder, state: "sent", message_id: `<${mail!.id}@eu-central-1.amazonses.com>` },
  ]);
  // Ten days after the due date the owner is asked to call; that a reminder left comes with the digest.
  expect(slack.posts).toMatchObject([
    { channel: "D1RITA", text: expect.stringMatching(/^Please call .*W-1/s) },
  ]);
});

test("a button in Slack is answered at once, and its message says what was done", async () => {
  const send = async (body: string, headers: Record<string, string>) =>
    (await worker.fetch("http://dunwell.example/webhooks/slack", {
      method: "POST",
      headers,
      body,
    })) as unknown as Response;
  const user = createSlackUser(slack, { send, now: () => Date.now() });
  expect((await send("{}", { "content-type": "application/json" })).status).toBe(401);
  const message = slack.posts.find(({ text }) => text.includes("W-1"))!;
  const response = await user.press("U1RITA", message, "pause_week");
  expect([response.status, await response.text()]).toEqual([200, ""]);
  await until(() => message.text.includes("✓ Paused for 7 days by <@U1RITA>"));
});

test("the next ring sends nothing twice", async () => {
  const told = slack.posts.length;
  await ringAndWait();
  expect(ses.mails).toHaveLength(1);
  expect(slack.posts).toHaveLength(told);
});

test("what does not fit into one run is handed out, and leaves on the same ring", async () => {
  const refs = ["OSTWIND", "WESTWIND", "AUFWIND", "ABWIND", "GEGENWIND"];
  for (const ref of refs) await oweSince(`W-${ref}`, ref, 10);
  const before = ses.mails.length;
  await ringAndWait();
  await until(() => ses.mails.length >= before + refs.length);
  await until(isAtRest);
  expect(ses.mails).toHaveLength(before + refs.length);
});

test("a promise is confirmed through SES, with its day for the calendar", async () => {
  await oweSince("W-3", "NORDOST", 1);
  const promised = { invoices: [{ number: "W-3" }], author: "debtor", by: "debtor" as const };
  await makePromise(services, { ...promised, on: Math.floor(Date.now() / 86_400_000) + 5 });
  await ringAndWait();
  const [mail, ...others] = ses.mails.filter(({ tags }) => tags.reminder!.startsWith("ntc_"));
  expect(others).toEqual([]);
  expect(mail!.to).toEqual(["bills@nordost.example"]);
  const { subject, attachments } = await PostalMime.parse(mail!.raw);
  expect(subject).toBe("Invoice W-3 from Acme GmbH: payment date noted");
  expect(attachments).toMatchObject([{ filename: "payment-date.ics", method: "PUBLISH" }]);
});

test("a mail of which nobody knows is not sent again", async () => {
  await oweSince("W-2", "SUEDWIND", 10);
  ses.fail({ kind: "hang_up" });
  await ringAndWait();
  await ringAndWait();
  expect(ses.mails.filter(({ to }) => to.includes("bills@suedwind.example"))).toHaveLength(1);
  expect(await remindersOf("SUEDWIND")).toMatchObject([{ state: "unknown" }]);
});

describe("the debtor's page", () => {
  const site: DebtorSite = {
    get services() {
      return services;
    },
    request: async (path, init) =>
      (await worker.fetch(`https://dunwell.example${path}`, init as never)) as unknown as Response,
  };
  for (const [name, check] of Object.entries(PAGE_CHECKS)) test(name, () => check(site));
});

test("a document is kept and read back, and the evidence is packed", async () => {
  const form = new FormData();
  form.set("kind", "contract");
  form.set("file", new File(["%PDF-1.4"], "contract.pdf"));
  const upload = new Request("http://dunwell.example", { method: "POST", body: form });
  const authorized = { Authorization: `Bearer ${API_KEY}` };
  const kept = await worker.fetch("http://dunwell.example/api/invoices/W-1/documents", {
    method: "POST",
    headers: { ...authorized, "Content-Type": upload.headers.get("Content-Type")! },
    body: await upload.arrayBuffer(),
  });
  expect([kept.status, await kept.json()]).toMatchObject([201, { media_type: "application/pdf", bytes: 8 }]);
  const evidence = await worker.fetch("http://dunwell.example/api/invoices/W-1/evidence", {
    headers: authorized,
  });
  const files = unzipSync(new Uint8Array(await evidence.arrayBuffer()));
  const ours = Object.keys(files).filter((path) => path.includes("/"));
  expect(ours).toEqual([
    expect.stringMatching(/^messages\/.*-rem_\w+\.eml$/),
    expect.stringMatching(/^documents\/contract-contract-doc_\w+\.pdf$/),
  ]);
});

test("the page answers, and the API does not without a key", async () => {
  const health = await worker.fetch("/healthz");
  expect(await health.json()).toMatchObject({ ok: true });
  expect((await worker.fetch("/api/invoices")).status).toBe(401);
  expect((await worker.fetch("/p/made-up")).status).toBe(404);
});

async function oweSince(number: string, customerRef: string, days: number) {
  const context = { author: "test", at: Date.now() };
  const email = `bills@${customerRef.toLowerCase()}.example`;
  const today = Math.floor(Date.now() / 86_400_000);
  await putCustomers(
    services,
    [{ ...NORDWIND, ref: customerRef, contact: { email, role: "billing" } }],
    context,
  );
  await putInvoices(
    services,
    [invoice({ number, customerRef, issuedOn: today - days - 30, dueOn: today - days })],
    context,
  );
}

/** Rings as Cloudflare's cron does, and waits until the run that the queue delivers is over. */
async function ringAndWait() {
  const before = await countRuns();
  await ring();
  await until(async () => (await countRuns()) > before);
  await until(isAtRest);
}

async function ring() {
  await worker.getWorker().scheduled({ cron: "*/15 * * * *" });
}

async function until(isTrue: () => boolean | Promise<boolean>) {
  for (let waited = 0; !(await isTrue()); waited += 50) {
    if (waited > 10_000) throw new Error("it did not happen within ten seconds");
    await pause(50);
  }
}

/** No mail is in anybody's hands, no run under way, and nobody waits to be told. */
async function isAtRest(): Promise<boolean> {
  const { rows } = await services.db.client.execute({
    sql: `SELECT (SELECT count(*) FROM reminders WHERE state IN ('claimed', 'sending'))
            + (SELECT count(*) FROM runs WHERE finished_at IS NULL)
            + (SELECT count(*) FROM alerts WHERE state = 'pending' AND next_try_at <= ?) AS n`,
    args: [Date.now()],
  });
  return rows[0]!.n === 0;
}

async function countRuns(): Promise<number> {
  const { rows } = await services.db.client.execute(
    "SELECT count(*) AS n FROM runs WHERE finished_at IS NOT NULL",
  );
  return Number(rows[0]!.n);
}

async function remindersOf(customerRef: string) {
  const { rows } = await services.db.client.execute({
    sql: `SELECT r.id, r.state, r.message_id FROM reminders r JOIN customers c ON c.id = r.customer_id WHERE c.ref = ?`,
    args: [customerRef],
  });
  return rows.map(({ id, state, message_id }) => ({ id, state, message_id }));
}

describe("webhooks", () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    worker.fetch(`http://dunwell.example/webhooks/${path}`, { method: "POST", headers, body });

  test("a delivery event signed by SNS moves its reminder, a forged one nothing", async () => {
    const { rows } = await services.db.client.execute(
      "SELECT id, recipients FROM reminders WHERE state = 'sent' LIMIT 1",
    );
    const { id, recipients } = rows[0]!;
    const timestamp = new Date().toISOString();
    const event = {
      eventType: "Delivery",
      delivery: { timestamp, recipients: JSON.parse(String(recipients)) },
      mail: { messageId: "0100-worker", timestamp, tags: { reminder: [String(id)] } },
    };
    for (const SignatureVersion of ["1", "2"]) {
      const signed = sns.notification(event, { SignatureVersion });
      expect((await post("ses", JSON.stringify({ ...signed, Message: `${signed.Message} ` }))).status).toBe(
        403,
      );
      expect((await post("ses", JSON.stringify(signed))).status).toBe(204);
    }
    const after = await services.db.client.execute({
      sql: "SELECT state FROM reminders WHERE id = ?",
      args: [id!],
    });
    expect(after.rows[0]!.state).toBe("delivered");
  });

  test("payments are taken with their signature, and refused without", async () => {
    await putInvoices(services, [invoice({ number: "HOOK-1", amountMinor: 100_00 })], {
      author: "test",
      at: Date.now(),
    });
    const data = { invoice_number: "HOOK-1", amount: "60.00", currency: "EUR", reference: "H-1" };
    const text = JSON.stringify({ type: "payment.received", timestamp: new Date().toISOString(), data });
    const signature = new Webhook(WEBHOOK_SECRETS.PAYMENTS_WEBHOOK_SECRET).sign("msg_1", new Date(), text);
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(Math.floor(Date.now() / 1000)),
      "webhook-signature": signature,
    };
    expect((await post("payments", text)).status).toBe(401);
    expect(await (await post("payments", text, headers)).json()).toEqual({ result: "recorded" });
    const object = {
      id: "pi_9",
      currency: "eur",
      amount_received: 40_00,
      metadata: { invoice_number: "HOOK-1" },
    };
    const created = Math.floor(Date.now() / 1000);
    const payload = JSON.stringify({
      id: "evt_9",
      type: "payment_intent.succeeded",
      created,
      data: { object },
    });
    const secret = WEBHOOK_SECRETS.STRIPE_WEBHOOK_SECRET;
    const stripe = { "Stripe-Signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }) };
    expect((await post("stripe", payload)).status).toBe(401);
    expect(await (await post("stripe", payload, stripe)).json()).toEqual({ results: ["recorded"] });
    const { rows } = await services.db.client.execute(
      "SELECT balance_minor FROM invoices WHERE number = 'HOOK-1'",
    );
    expect(rows[0]!.balance_minor).toBe(0);
  });
});

test("a mail that Email Routing delivers holds its invoice, and is kept byte for byte", async () => {
  const { customer_id, message_id } = (
    await services.db.client.execute(
      "SELECT customer_id, message_id FROM reminders WHERE state = 'sent' LIMIT 1",
    )
  ).rows[0]!;
  const raw =
    "Received: from mail.nordwind.example by cloudflare-email.net (cloudflare) id x; Mon, 9 Mar 2026 12:00:00 +0000\r\n" +
    "Authentication-Results: mx.cloudflare.net; dkim=pass header.d=nordwind.example; dmarc=pass; spf=pass\r\n" +
    `From: bills@nordwind.example\r\nTo: ar@acme.example\r\nMessage-ID: <routed-1@nordwind.example>\r\n` +
    `In-Reply-To: ${message_id}\r\nSubject: Re: your invoice\r\n\r\nWhich order was this for?\r\n`;
  const from = "bills@nordwind.example";
  for (let i = 0; i < 2; i++) await worker.getWorker().email({ from, to: "reply@in.acme.example", raw });
  const { rows } = await services.db.client.execute("SELECT * FROM replies");
  expect(rows).toMatchObject([
    { customer_id, matched_by: "thread", proof: "passed", kind: "question", state: "open" },
  ]);
  expect(inflateRawSync(new Uint8Array(rows[0]!.raw as ArrayBuffer)).toString()).toBe(raw);
  const { rows: holds } = await services.db.client.execute(
    "SELECT id FROM holds WHERE reason LIKE 'reply rpl_%'",
  );
  expect(holds).toHaveLength(1);
});

test("who tries wrong keys too often is told to wait, by the limit that the platform counts", async () => {
  const headers = (key: string) => ({ Authorization: `Bearer ${key}` });
  const seen = new Set<number>();
  for (let n = 0; n < 40; n++)
    seen.add((await worker.fetch("/api/runs", { headers: headers("wrong") })).status);
  expect([...seen]).toEqual([401, 429]);
  expect((await worker.fetch("/api/runs", { headers: headers(API_KEY) })).status).toBe(200);
});

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { compose, openSlack } from "../src/compose.ts";
import { addAlerts, type NewAlert } from "../src/db/alerts.ts";
import { migrate } from "../src/db/migrate.ts";
import { createApp } from "../src/http/app.ts";
import type { ChatOutcome } from "../src/ports.ts";
import { postAlerts } from "../src/reminders/alerts/post-alerts.ts";
import { applyCreditor } from "../src/reminders/records/apply-creditor.ts";
import { putCustomers } from "../src/reminders/records/put-customers.ts";
import { putInvoices } from "../src/reminders/records/put-invoices.ts";
import type { Services } from "../src/services.ts";
import { ACME, invoice, NORDWIND } from "../test/support/cast.ts";
import { startHranaServer } from "../test/support/hrana-server.ts";
import { startSlackStandIn } from "../test/support/slack-stand-in.ts";
import { createSlackUser, type Send, SIGNING_SECRET } from "../test/support/slack-user.ts";
import { buildWorker, startWorker } from "../test/support/worker.ts";
import type { Row, Section } from "./table.ts";

const ROOT = join(import.meta.dirname, "..");
const A_SECOND = 20;
const SECONDS = 10;
const WARM_UP = 20;
const PRESSES = WARM_UP + A_SECOND * SECONDS;
const QUEUED = 10_000;
const READERS = 50;
const A_MESSAGE_MS = 1000;
const A_CALL_MS = 100;
const QUARTER_MS = 15 * 60_000;

/** How soon a press is acknowledged, what Slack adds to the Worker, and how an outage's alerts are told within Slack's limits. */
export async function slack(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  try {
    const { whole, without } = await bundles(folder);
    const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
    return [
      {
        title: `slack: ${A_SECOND} presses a second for ${SECONDS} s, each of which pauses an invoice`,
        rows: [await onNode(folder), await inWorkerd(folder)],
        note: "until the acknowledgement, p50 / p99; the work behind it goes on meanwhile",
      },
      {
        title: "the Worker, compressed",
        rows: [
          { what: "with Slack", measured: kB(whole) },
          { what: "without Bolt", measured: kB(without) },
          { what: "what Slack adds", measured: kB(whole - without) },
        ],
      },
      await drained(folder),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const settingsFor = (url: string, chat: { url: string; token: string }) => ({
  DATABASE_URL: url,
  LINK_SECRET: "a secret of the bench alone",
  SLACK_BOT_TOKEN: chat.token,
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: chat.url,
});

async function onNode(folder: string): Promise<Row> {
  const standIn = await startSlackStandIn();
  const clock = () => Date.now();
  const settings = settingsFor(`file:${join(folder, "node.db")}`, standIn);
  const services = await compose(settings, { clock, logLevel: "error" });
  const underWay: Promise<unknown>[] = [];
  const app = createApp(services, {
    isWorker: false,
    remoteAddress: () => null,
    openSlack: (some: Services) => openSlack(some, (work) => underWay.push(work)),
  });
  try {
    await ask(services, PRESSES);
    const send: Send = async (body, headers) =>
      app.request("/webhooks/slack", { method: "POST", body, headers });
    const row = await press("Node", services, { standIn, send });
    await Promise.all(underWay);
    return row;
  } finally {
    services.db.close();
    await standIn.close();
  }
}

async function inWorkerd(folder: string): Promise<Row> {
  const standIn = await startSlackStandIn();
  const hrana = await startHranaServer({ file: join(folder, "workerd.db") });
  const services = await compose({ DATABASE_URL: hrana.url }, { clock: () => Date.now(), logLevel: "error" });
  const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, LINK_SECRET, ...vars } = settingsFor(hrana.url, standIn);
  const bundle = await startWorker(join(folder, "whole"), {
    vars: { ...vars, PUBLIC_URL: "https://dunwell.example" },
    secrets: { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, LINK_SECRET },
  });
  try {
    await ask(services, PRESSES);
    const send: Send = (body, headers) =>
      bundle.fetch("http://dunwell.example/webhooks/slack", {
        method: "POST",
        body,
        headers,
      }) as unknown as Promise<Response>;
    return await press("workerd", services, { standIn, send });
  } finally {
    await bundle.close();
    services.db.close();
    await hrana.close();
    await standIn.close();
  }
}

/** So many invoices, of each of which somebody is asked. */
async function ask(services: Services, count: number, readers = [NORDWIND.ownerEmail!]): Promise<void> {
  const at = services.clock();
  const context = { author: "bench", at };
  await migrate(services.db, at);
  await applyCreditor(services, ACME);
  await putCustomers(services, [NORDWIND], context);
  const numbers = Array.from({ length: count }, (_, i) => `A-${i}`);
  await putInvoices(
    services,
    numbers.map((number) => invoice({ number })),
    context,
  );
  const { rows } = await services.db.client.execute("SELECT id, number, customer_id FROM invoices");
  const alerts = rows.map(({ id, number, customer_id }, i): NewAlert => {
    const line = {
      customer: String(NORDWIND.name),
      amount: "EUR 1,000.00",
      dueOn: "2026-03-04",
      stage: null,
    };
    return {
      fact: `account_check ${id}`,
      kind: "account_check",
      customerId: String(customer_id),
      invoiceId: String(id),
      toEmail: readers[i % readers.length]!,
      payload: {
        customer: { ref: NORDWIND.ref, name: String(NORDWIND.name) },
        invoices: [{ ...line, number: String(number), daysOverdue: 1 }],
        note: null,
      },
    };
  });
  await services.db.batch([addAlerts(alerts, at)]);
}

type Pressing = { standIn: Awaited<ReturnType<typeof startSlackStandIn>>; send: Send };

async function press(what: string, services: Services, { standIn, send }: Pressing): Promise<Row> {
  standIn.users.set(NORDWIND.ownerEmail!, { id: "U1RITA" });
  const user = createSlackUser(standIn, { send, now: services.clock });
  const { rows } = await services.db.client.execute("SELECT id FROM alerts WHERE kind = 'account_check'");
  const taken: number[] = [];
  const pressOne = async (id: string, times: number[]) => {
    const text = { type: "plain_text", text: "Pause 7 days" };
    const button = { type: "button", action_id: "pause_week", value: id, text };
    const blocks = [{ type: "actions", elements: [button] }];
    const start = performance.now();
    const { status } = await user.press(
      "U1RITA",
      { channel: "D1RITA", text: "", blocks, ts: "1" },
      "pause_week",
    );
    times.push(performance.now() - start);
    if (status !== 200) throw new Error(`a press was answered ${status}`);
  };
  const ids = rows.map(({ id }) => String(id));
  for (const id of ids.splice(0, WARM_UP)) await pressOne(id, []);
  const start = performance.now();
  const running: Promise<void>[] = [];
  for (const [i, id] of ids.entries()) {
    await pause(Math.max(0, start + (i * 1000) / A_SECOND - performance.now()));
    running.push(pressOne(id, taken));
  }
  await Promise.all(running);
  const lastHeld = await untilHeld(services);
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1]!.toFixed(0);
  const all = `all done after ${((lastHeld - start) / 1000).toFixed(1)} s`;
  return { what, measured: `${at(0.5)} / ${at(0.99)} ms`, aim: `< 3,000 ms; ${all}` };
}

async function untilHeld({ db }: Services): Promise<number> {
  for (let tries = 0; tries < 6000; tries++) {
    const { rows } = await db.client.execute("SELECT count(*) AS n FROM holds WHERE ended_at IS NULL");
    if (Number(rows[0]!.n) >= PRESSES) return performance.now();
    await pause(100);
  }
  throw new Error("some presses were acknowledged, and nothing was done");
}

async function bundles(folder: string): Promise<{ whole: number; without: number }> {
  const stub = join(folder, "no-bolt.ts");
  await writeFile(
    stub,
    "export class App {}\nexport class SocketModeReceiver {}\nexport const verifySlackRequest = () => {};\n",
  );
  const { gzipBytes: whole } = await buildWorker(join(folder, "whole"));
  const wrangler = join(ROOT, "node_modules/wrangler/bin/wrangler.js");
  const out = join(folder, "without");
  const args = [wrangler, "deploy", "--dry-run", "--outdir", out, "--alias", `@slack/bolt:${stub}`];
  const env = {
    ...process.env,
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_SEND_METRICS: "false",
    CI: "1",
  };
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return { whole, without: gzipSync(await readFile(join(out, "index.js"))).length };
}

/** By a clock that goes on with each call, and a chat that takes one message a second in each conversation. */
async function drained(folder: string): Promise<Section> {
  const began = Date.parse("2026-03-05T09:00:00Z");
  // What a run waits for passes for real; what a call takes, and the quarters between runs, do not.
  let jumpedMs = 0;
  const startedAt = performance.now();
  const clock = () => Math.floor(began + jumpedMs + performance.now() - startedAt);
  const calls = { posted: 0, refused: 0, updated: 0 };
  const lastIn = new Map<string, number>();
  const take = (channel: string): ChatOutcome => {
    jumpedMs += A_CALL_MS;
    const waitMs = (lastIn.get(channel) ?? Number.NEGATIVE_INFINITY) + A_MESSAGE_MS - clock();
    if (waitMs > 0) {
      calls.refused++;
      return { kind: "deferred", code: "ratelimited", retryAfterMs: Math.ceil(waitMs / 1000) * 1000 };
    }
    lastIn.set(channel, clock());
    calls.posted++;
    return { kind: "posted", channel, ts: String(calls.posted) };
  };
  const url = `file:${join(folder, "outage.db")}`;
  const made = await compose({ DATABASE_URL: url }, { clock, logLevel: "error" });
  const chat: Services["chat"] = {
    name: "slack",
    post: async ({ toEmail, thread }) => take(thread?.channel ?? toEmail ?? "C0"),
    update: async (posted) => {
      jumpedMs += A_CALL_MS;
      calls.updated++;
      return { kind: "posted", ...posted };
    },
  };
  const services = { ...made, chat };
  try {
    const readers = Array.from({ length: READERS }, (_, i) => `C0TEAM${i}`);
    await ask(services, QUEUED, readers);
    let runs = 0;
    let toldAt = began;
    const countLeft = async () => {
      const { rows } = await made.db.client.execute(
        "SELECT count(*) AS n FROM alerts WHERE state = 'pending'",
      );
      return Number(rows[0]!.n);
    };
    for (; (await countLeft()) > 0 && runs < 1000; runs++) {
      await postAlerts(services);
      toldAt = clock();
      jumpedMs += QUARTER_MS - ((toldAt - began) % QUARTER_MS);
    }
    const hours = ((toldAt - began) / 3_600_000).toFixed(2);
    return {
      title: `${QUEUED.toLocaleString("en")} alerts of an outage, for ${READERS} people, told at one message a second each`,
      rows: [
        { what: "until the last is told, by the clock", measured: `${hours} h in ${runs} runs` },
        { what: "messages posted", measured: calls.posted.toLocaleString("en") },
        { what: "refused for the limit, and told later", measured: calls.refused.toLocaleString("en") },
        { what: "messages brought up to date", measured: calls.updated.toLocaleString("en") },
        { what: "left untold", measured: String(await countLeft()) },
      ],
      note: "beyond twenty an hour a reader gets them as one message; a run begins every quarter of an hour",
    };
  } finally {
    made.db.close();
  }
}

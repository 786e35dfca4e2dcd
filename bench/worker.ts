import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createTestHarness } from "wrangler";
import { compose } from "../src/compose.ts";
import { migrate } from "../src/db/migrate.ts";
import { pageUrl } from "../src/reminders/links/page-url.ts";
import { applyCreditor } from "../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../src/reminders/records/apply-policy.ts";
import { putCustomers } from "../src/reminders/records/put-customers.ts";
import { putInvoices } from "../src/reminders/records/put-invoices.ts";
import type { Services } from "../src/services.ts";
import { ACME, invoice, NORDWIND } from "../test/support/cast.ts";
import { type HranaServer, startHranaServer } from "../test/support/hrana-server.ts";
import { startSesRecorder, TEST_KEY } from "../test/support/ses-recorder.ts";
import { cpuMs, startupMs } from "../test/support/startup.ts";
import { buildWorker, startWorker, workerds } from "../test/support/worker.ts";
import { compareRoutes, type Route } from "./routes.ts";
import type { Row, Section } from "./table.ts";

const ROOT = join(import.meta.dirname, "..");
const REMINDERS = 400;
const PORT = 8799;
const SECRETS = { API_KEY: "a key of the bench alone", LINK_SECRET: "a secret of the bench alone" };
const ALWAYS = { days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from: "00:00", until: "24:00" };

/** What the bundle costs in workerd, and each kind of route on both runtimes, beside an empty Hono app there. */
export async function worker(): Promise<Section[]> {
  const folder = await mkdtemp(join(tmpdir(), "dunwell-bench-"));
  const file = join(folder, "store.db");
  const hrana = await startHranaServer({ file });
  const services = await compose(
    { DATABASE_URL: hrana.url, ...SECRETS },
    { clock: () => Date.now(), logLevel: "error" },
  );
  try {
    await owe(services);
    const { gzipBytes } = await buildWorker(join(folder, "bundle"));
    const start = await startupMs(join(folder, "bundle/index.js"));
    const size = {
      what: "script, compressed",
      measured: `${Math.round(gzipBytes / 1000)} kB`,
      aim: "< 1,000",
    };
    const begin = {
      what: "start, CPU beyond an empty one's",
      measured: `${start.toFixed(0)} ms`,
      aim: "< 200",
    };
    const routes = await routesOf(services);
    const workerd = await inWorkerd(folder, { services, hrana, routes });
    return [
      { title: "the bundle in workerd", rows: [size, begin, ...workerd.sending] },
      { title: "routes in workerd, beside an empty Hono app there", rows: workerd.routes },
      {
        title: "routes on Node, beside an empty Hono app there",
        rows: await onNode(folder, { file, routes }),
      },
    ];
  } finally {
    services.db.close();
    await hrana.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function owe(services: Services): Promise<void> {
  const at = services.clock();
  const context = { author: "bench", at };
  await migrate(services.db, at);
  await applyCreditor(services, ACME);
  await applyPolicy(services, {
    name: "standard",
    calendar: ALWAYS,
    freshnessDays: null,
    backlog: { mode: "send" },
  });
  const refs = Array.from({ length: REMINDERS }, (_, i) => `C-${i}`);
  const contact = (ref: string) => ({ email: `bills@${ref}.example`, role: "billing" as const });
  await putCustomers(
    services,
    refs.map((ref) => ({ ...NORDWIND, ref, contact: contact(ref) })),
    context,
  );
  const today = Math.floor(at / 86_400_000);
  const due = { issuedOn: today - 40, dueOn: today - 4 };
  await putInvoices(
    services,
    refs.map((customerRef) => invoice({ number: `I-${customerRef}`, customerRef, ...due })),
    context,
  );
}

async function routesOf({ settings, db, clock }: Services): Promise<Route[]> {
  const { rows } = await db.client.execute("SELECT id FROM customers LIMIT 1");
  const about = { customerId: String(rows[0]!.id), mailId: "rem_bench", at: clock() };
  const secret = SECRETS.LINK_SECRET;
  const headers = { Authorization: `Bearer ${SECRETS.API_KEY}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ through: new Date(clock() - 1000).toISOString() });
  return [
    { what: "health", path: "/healthz" },
    { what: "one invoice", path: "/api/invoices/I-C-0", init: { headers } },
    { what: "a page of invoices", path: "/api/invoices", init: { headers } },
    { what: "a write", path: "/api/payments/freshness", init: { method: "PUT", headers, body } },
    { what: "a debtor's page", path: new URL(pageUrl(settings, { secret, ...about })).pathname },
    { what: "a webhook with a wrong signature", path: "/webhooks/payments", init: { method: "POST", body } },
  ];
}

type Ready = { services: Services; hrana: HranaServer; routes: Route[] };

async function inWorkerd(folder: string, { services, hrana, routes }: Ready) {
  const ses = await startSesRecorder();
  const bundle = await startWorker(join(folder, "bundle"), {
    vars: { DATABASE_URL: hrana.url, PUBLIC_URL: "https://dunwell.example", AWS_ENDPOINT_URL_SES: ses.url },
    secrets: { ...TEST_KEY, ...SECRETS },
  });
  await writeFile(join(folder, "empty.js"), `${EMPTY} export default app;`);
  const config = `name = "empty"\nmain = "empty.js"\ncompatibility_date = "2026-10-01"\n`;
  await writeFile(join(folder, "wrangler.toml"), config);
  const empty = createTestHarness({ workers: [{ configPath: join(folder, "wrangler.toml") }] });
  try {
    await bundle.fetch("/healthz");
    const pids = await workerds();
    await empty.listen();
    const sending = await sendAll(services, hrana, { ring: () => ring(bundle), pids });
    const at = (harness: typeof empty) => (path: string, init?: RequestInit) =>
      harness.fetch(`http://dunwell.example${path}`, init as never) as unknown as Promise<Response>;
    return { sending, routes: await compareRoutes(routes, at(bundle), at(empty)) };
  } finally {
    await Promise.all([bundle.close(), empty.close(), ses.close()]);
  }
}

const EMPTY = `import { Hono } from ${JSON.stringify(join(ROOT, "node_modules/hono/dist/index.js"))};
  const app = new Hono().all("*", (c) => c.text("ok"));`;

async function ring(harness: Awaited<ReturnType<typeof startWorker>>): Promise<void> {
  await harness.getWorker().scheduled({ cron: "*/15 * * * *" });
}

/** One ring, until all that was due has left. */
async function sendAll(
  { db }: Services,
  hrana: HranaServer,
  { ring, pids }: { ring(): Promise<void>; pids: number[] },
): Promise<Row[]> {
  const spent = async () => (await Promise.all(pids.map(cpuMs))).reduce((sum, ms) => sum + ms, 0);
  const countSent = async () =>
    Number((await db.client.execute("SELECT count(*) AS n FROM reminders WHERE state = 'sent'")).rows[0]!.n);
  const cpu = await spent();
  const began = performance.now();
  hrana.roundTrips = 0;
  await ring();
  let asked = 0;
  for (; (await countSent()) < REMINDERS; asked++) await pause(500);
  const seconds = (performance.now() - began) / 1000;
  const trips = hrana.roundTrips - asked - 1;
  const cpuOfOne = ((await spent()) - cpu) / REMINDERS;
  return [
    { what: `${REMINDERS} reminders on one ring`, measured: `${seconds.toFixed(1)} s` },
    { what: "CPU a reminder", measured: `${cpuOfOne.toFixed(1)} ms` },
    { what: "round trips to the database a reminder", measured: (trips / REMINDERS).toFixed(2) },
  ];
}

async function onNode(folder: string, { file, routes }: { file: string; routes: Route[] }): Promise<Row[]> {
  const server = JSON.stringify(join(ROOT, "node_modules/@hono/node-server/dist/index.mjs"));
  const serve = `import { serve } from ${server}; serve({ fetch: app.fetch, port: ${PORT + 1} });`;
  await writeFile(join(folder, "empty.mjs"), `${EMPTY} ${serve}`);
  const env = { ...process.env, ...SECRETS, PORT: String(PORT), PUBLIC_URL: "https://dunwell.example" };
  const start = (args: string[]) => spawn(process.execPath, args, { cwd: ROOT, stdio: "ignore", env });
  const children: ChildProcess[] = [
    start(["src/cli/dunwell.js", "serve", "--db", `file:${file}`]),
    start([join(folder, "empty.mjs")]),
  ];
  const at = (port: number) => (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, init);
  try {
    for (const port of [PORT, PORT + 1]) await untilItAnswers(() => at(port)("/healthz"));
    return await compareRoutes(routes, at(PORT), at(PORT + 1));
  } finally {
    for (const child of children) child.kill();
  }
}

async function untilItAnswers(ask: () => Promise<Response>): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (await ask().catch(() => null)) return;
    await pause(500);
  }
  throw new Error("the service did not start");
}

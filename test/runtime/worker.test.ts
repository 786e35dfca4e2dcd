import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { REMINDERS_A_RUN } from "../../workers/queue.ts";
import { type LiveService, owe, remindersOf } from "../support/live-service.ts";
import { PAGE_CHECKS } from "../support/page-checks.ts";
import { SERVICE_CHECKS } from "../support/service-checks.ts";
import { startupMs } from "../support/startup.ts";
import { buildWorker, startWorker } from "../support/worker.ts";
import {
  API_KEY,
  countRuns,
  putOverdue,
  startWorld,
  until,
  untilAtRest,
  type World,
} from "../support/world.ts";

const START_MS = 60_000;

let world: World;
let bundle: { gzipBytes: number };
let worker: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  world = await startWorld();
  bundle = await buildWorker(join(world.folder, "bundle"));
  const { vars, secrets } = world;
  worker = await startWorker(join(world.folder, "bundle"), { vars, secrets });
}, START_MS);

afterAll(async () => {
  await worker?.close();
  await world?.close();
});

afterEach(({ task }) => {
  if (task.result?.state === "fail") worker.debug();
});

const service: LiveService = {
  get world() {
    return world;
  },
  get services() {
    return world.services;
  },
  request: async (path, init) =>
    (await worker.fetch(`https://dunwell.example${path}`, init as never)) as unknown as Response,
  /** Rings as Cloudflare's cron does, and waits until all that the queues deliver is done. */
  async tick() {
    const before = await countRuns(world.services);
    await worker.getWorker().scheduled({ cron: "*/15 * * * *" });
    await until(async () => (await countRuns(world.services)) > before);
    await untilAtRest(world.services);
  },
};

test("the bundle stays below a megabyte, compressed", () => {
  expect(bundle.gzipBytes).toBeLessThan(1_000_000);
});

// A busy machine measures too much at times, never too little.
test.runIf(process.platform === "linux")("the bundle starts within 200 ms of CPU", { retry: 2 }, async () => {
  expect(await startupMs(join(world.folder, "bundle/index.js"))).toBeLessThan(200);
});

describe("the service in workerd", () => {
  for (const [name, check] of Object.entries(SERVICE_CHECKS)) test(name, () => check(service));
});

test("what does not fit into one run is handed out, and leaves on the same ring", async () => {
  const { services, ses } = world;
  const refs = Array.from({ length: REMINDERS_A_RUN + 5 }, (_, n) => `GUEST-${n}`);
  await putOverdue(services, refs);
  const guests = () => ses.mails.filter(({ to }) => to[0]!.includes("@guest-"));
  await service.tick();
  await until(() => guests().length >= refs.length);
  await untilAtRest(services);
  expect(guests()).toHaveLength(refs.length);
});

describe("the debtor's page in workerd", () => {
  for (const [name, check] of Object.entries(PAGE_CHECKS)) test(name, () => check(service));
});

test("a mail that Email Routing delivers holds its invoice, and is kept byte for byte", async () => {
  await owe(service, "ROUTED", 10);
  await service.tick();
  const [{ message_id }] = await remindersOf(service, "ROUTED");
  const from = "bills@routed.example";
  const raw =
    "Received: from mail.routed.example by cloudflare-email.net (cloudflare) id x; Mon, 9 Mar 2026 12:00:00 +0000\r\n" +
    "Authentication-Results: mx.cloudflare.net; dkim=pass header.d=routed.example; dmarc=pass; spf=pass\r\n" +
    `From: ${from}\r\nTo: ar@acme.example\r\nMessage-ID: <routed-1@routed.example>\r\n` +
    `In-Reply-To: ${message_id}\r\nSubject: Re: your invoice\r\n\r\nWhich order was this for?\r\n`;
  for (let i = 0; i < 2; i++) await worker.getWorker().email({ from, to: "reply@in.acme.example", raw });
  const { rows } = await world.services.db.client.execute({
    sql: `SELECT p.*, (SELECT count(*) FROM holds WHERE reason = 'reply ' || p.id) AS holds
            FROM replies p JOIN customers c ON c.id = p.customer_id WHERE c.ref = ?`,
    args: ["ROUTED"],
  });
  expect(rows).toMatchObject([
    { matched_by: "thread", proof: "passed", kind: "question", state: "open", holds: 1 },
  ]);
  expect(inflateRawSync(new Uint8Array(rows[0]!.raw as ArrayBuffer)).toString()).toBe(raw);
});

test("who tries wrong keys too often is told to wait, by the limit that the platform counts", async () => {
  const headers = (key: string) => ({ Authorization: `Bearer ${key}` });
  const seen = new Set<number>();
  for (let n = 0; n < 40; n++)
    seen.add((await worker.fetch("/api/runs", { headers: headers("wrong") })).status);
  expect([...seen]).toEqual([401, 429]);
  expect((await worker.fetch("/api/runs", { headers: headers(API_KEY) })).status).toBe(200);
});

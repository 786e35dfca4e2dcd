import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as pause, setImmediate } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { startClock } from "../../src/clock.ts";
import { readSettings } from "../../src/config.ts";
import { openDatabase } from "../../src/db/open.ts";
import { type RunningService, startService } from "../../src/node.ts";
import type { Poster } from "../../src/ports.ts";
import { addWebhookEndpoint } from "../../src/reminders/webhooks/add-webhook-endpoint.ts";
import { ACME, day, invoice, payment } from "../support/cast.ts";
import { makeServices, openAgain, testDatabaseUrl } from "../support/database.ts";
import { tellStory } from "../support/story.ts";
import { putOverdue } from "../support/world.ts";

const running: RunningService[] = [];

afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

async function start(settings: Record<string, string> = {}) {
  const services = await makeServices({ settings: readSettings({ PORT: "0", ...settings }) });
  const service = await startService(services);
  running.push(service);
  return { services, service };
}

test("applies the migrations, listens and says how it is", async () => {
  const url = (await testDatabaseUrl()).replace(".db", "-empty.db");
  const services = await makeServices({
    settings: readSettings({ PORT: "0" }),
    db: await openDatabase({ url }),
  });
  const service = await startService(services);
  running.push(service);
  expect(service.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await (await fetch(`${service.url}/healthz`)).json()).toMatchObject({ ok: true });
  const put = await fetch(`${service.url}/api/creditor`, {
    method: "PUT",
    body: JSON.stringify(ACME),
    headers: { "Content-Type": "application/json" },
  });
  expect(put.status).toBe(201);
});

test("a direct caller on this machine is let in, a forwarded one and another name are not", async () => {
  const { service } = await start();
  const path = `${service.url}/api/invoices`;
  expect((await fetch(path)).status).toBe(200);
  expect((await fetch(path, { headers: { "X-Forwarded-For": "127.0.0.1" } })).status).toBe(403);
  expect(await statusFor(service.url, "GET /api/invoices HTTP/1.1\r\nHost: evil.example")).toBe(403);
  expect(
    await statusFor(service.url, "GET http://localhost/api/invoices HTTP/1.1\r\nHost: evil.example"),
  ).toBe(403);
});

test("a body without a length is read up to the limit, and none is as good", async () => {
  const { service } = await start();
  const call = (method: string, path: string, chunks: string[] = []) =>
    send(`${service.url}${path}`, { method, chunks });
  expect(await call("PUT", "/api/creditor", pieces(JSON.stringify(ACME), 40))).toBe(201);
  expect(await call("POST", "/api/backlog/release")).toBe(200);
  expect(await call("DELETE", "/api/invoices/A-1/hold")).toBe(404);
  expect((await fetch(`${service.url}/api/customers/NORDWIND/hold`, { method: "DELETE" })).status).toBe(404);
  expect(await call("PUT", "/api/creditor")).toBe(400);
  const kibibyte = " ".repeat(1024);
  expect(await call("PUT", "/api/creditor", [...Array(255).fill(kibibyte), JSON.stringify(ACME)])).toBe(200);
  expect(await call("PUT", "/api/creditor", [...Array(256).fill(kibibyte), JSON.stringify(ACME)])).toBe(413);
});

test("a port that is taken is named", async () => {
  const { service } = await start();
  const { port } = new URL(service.url);
  await expect(start({ PORT: port })).rejects.toThrow(`127.0.0.1:${port} (EADDRINUSE)`);
});

test("stopping takes nothing new and does not wait for idle connections", async () => {
  const { service } = await start();
  await (await fetch(`${service.url}/healthz`)).text();
  const before = performance.now();
  await service.stop();
  expect(performance.now() - before).toBeLessThan(2000);
  await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
});

test("the clock ticks one at a time and stops when its tick is done", async () => {
  const services = await makeServices({ db: await openAgain(await testDatabaseUrl()) });
  const clock = startClock(services, { schedule: "* * * * * *" });
  await expect
    .poll(() => services.log.events.map(({ event }) => event), { timeout: 5000 })
    .toContain("tick_failed");
  await clock.stop();
  expect(services.log.events[0]).toMatchObject({
    level: "warn",
    fields: { error: expect.stringMatching(/creditor/) },
  });
  const { length } = services.log.events;
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(services.log.events.length).toBe(length);
});

test("what one run has no room for is done on the same ring", async () => {
  const story = await tellStory();
  const invoices = Array.from({ length: 120 }, () => invoice());
  await addWebhookEndpoint(story, { url: "https://erp.example/hooks", author: "test" });
  await story.invoices(...invoices);
  for (const { number } of invoices) await story.pay(payment({ invoiceNumber: number }));
  const told: string[] = [];
  const poster: Poster = {
    async post({ body }) {
      told.push(body);
      return { status: 204, error: null };
    },
  };
  const once = new Date(Date.now() + 1000).toISOString();
  const clock = startClock({ ...story, poster }, { schedule: once, byMachineClock: false });
  await expect.poll(() => told.length, { timeout: 20_000 }).toBe(invoices.length);
  await clock.stop();
});

test("a tick under way ends in good order before the service is through with stopping", async () => {
  const story = await tellStory();
  await story.invoices(invoice({ dueOn: day("2026-02-20") }), invoice({ dueOn: day("2026-02-20") }));
  await story.bankFile();
  const sent = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const mailer = {
    ...story.mailer,
    async send(...given: Parameters<typeof story.mailer.send>) {
      sent.resolve();
      await answered.promise;
      return story.mailer.send(...given);
    },
  };
  const clock = startClock({ ...story, mailer }, { schedule: "* * * * * *", byMachineClock: false });
  await sent.promise;
  let isStopped = false;
  const stopping = clock.stop().then(() => {
    isStopped = true;
  });
  await pause(100);
  expect(isStopped).toBe(false);
  answered.resolve();
  await stopping;
  const { rows } = await story.db.client.execute("SELECT state FROM reminders");
  expect(rows.map(({ state }) => state)).toEqual(["sent"]);
});

test("whoever stops the service waits for the mails in hand, not for all that the tick would send", async () => {
  const story = await tellStory();
  const refs = Array.from({ length: 40 }, (_, i) => `C-${i}`);
  await putOverdue(story, refs);
  await story.bankFile();
  const first = Promise.withResolvers<void>();
  const mailer = {
    ...story.mailer,
    concurrency: 1,
    async send(...given: Parameters<typeof story.mailer.send>) {
      first.resolve();
      await pause(20);
      return story.mailer.send(...given);
    },
  };
  const clock = startClock({ ...story, mailer }, { schedule: "* * * * * *", byMachineClock: false });
  await first.promise;
  await clock.stop();
  const { length } = story.mailer.mails;
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThan(5);
  const { rows } = await story.db.client.execute("SELECT DISTINCT state FROM reminders");
  expect(rows.map(({ state }) => state)).toEqual(["sent"]);
});

test("a machine that slept over quarters ticks once, within half a minute of waking, and then on the quarter", async () => {
  const services = await makeServices();
  vi.useFakeTimers({
    toFake: ["Date", "setTimeout", "clearTimeout"],
    now: Date.parse("2026-03-02T09:59:00Z"),
  });
  const clock = startClock(services);
  try {
    const ticks = () => services.log.events.filter(({ event }) => event === "tick_failed").length;
    const pass = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      // The database's answers are no timers.
      await setImmediate(undefined);
    };
    await pass(10_000);
    vi.setSystemTime("2026-03-02T11:37:00Z");
    await pass(30_000);
    await vi.waitUntil(() => ticks() === 1);
    await pass(7 * 60_000);
    expect(ticks()).toBe(1);
    await pass(60_000);
    await vi.waitUntil(() => ticks() === 2);
  } finally {
    vi.useRealTimers();
    await clock.stop();
  }
});

function pieces(text: string, length: number): string[] {
  return text.match(new RegExp(`[^]{1,${length}}`, "g")) ?? [];
}

/** The status for a body in chunks; without any, neither a body nor a length is sent. */
function send(url: string, { method, chunks }: { method: string; chunks: string[] }): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { "Content-Type": "application/json" } });
    if (chunks.length === 0) outgoing.removeHeader("Transfer-Encoding");
    outgoing.on("response", (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode!);
    });
    outgoing.on("error", reject);
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

/** The status of a request whose head is written by hand: fetch does not let one choose the Host. */
function statusFor(url: string, head: string): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`${head}\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("end", () => resolve(Number(text.split(" ")[1])));
    socket.on("error", reject);
  });
}

import { expect, test } from "vitest";
import { makeServices } from "../support/database.ts";
import { makeCaller } from "./call.ts";

const KEY = "an-api-key-of-some-length";
const CLOSED = ["/api/invoices", "/outbox", "/metrics"];

async function keyed(options: Parameters<typeof makeCaller>[0] = {}) {
  const { settings } = await makeServices();
  return makeCaller({
    remote: "203.0.113.9",
    ...options,
    services: { settings: { ...settings, API_KEY: KEY } },
  });
}

test("without a key a direct caller on the same machine is let in", async () => {
  for (const remote of ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"]) {
    const { call } = await makeCaller({ remote });
    expect([remote, (await call("GET", "/api/invoices")).status]).toEqual([remote, 200]);
  }
});

test.each([
  ["from another machine", { remote: "192.168.1.5" }, {}],
  ["from an address that is not known", { remote: null }, {}],
  ["from a Worker", { isWorker: true }, {}],
  ["forwarded", {}, { "X-Forwarded-For": "127.0.0.1" }],
  ["forwarded the standard way", {}, { Forwarded: "for=127.0.0.1" }],
  ["through a proxy", {}, { Via: "1.1 proxy" }],
  ["through Cloudflare", {}, { "CF-Connecting-IP": "127.0.0.1" }],
  ["by a name that was bound to the loopback address", {}, { Host: "evil.example:8787" }],
  ["by a name that begins like one", {}, { Host: "localhost.evil.example" }],
  ["from a page of another site", {}, { Origin: "https://evil.example" }],
  ["from a page of another port", {}, { "Sec-Fetch-Site": "same-site" }],
])("without a key nobody is let in %s", async (_, options, headers) => {
  const { call } = await makeCaller(options);
  for (const path of CLOSED) expect((await call("GET", path, undefined, headers)).status).toBe(403);
  expect((await call("POST", "/api/backlog/release", undefined, headers)).status).toBe(403);
});

test("a link to the outbox may be followed from elsewhere", async () => {
  const { call } = await makeCaller();
  const headers = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" };
  expect((await call("GET", "/outbox", undefined, headers)).status).toBe(200);
});

test("with a key the key is asked for, from everywhere", async () => {
  for (const remote of ["127.0.0.1", "203.0.113.9"]) {
    const { call } = await keyed({ remote });
    for (const path of CLOSED) {
      const { status, headers, body } = await call("GET", path);
      expect([status, body.title]).toEqual([401, "Unauthorized"]);
      expect(headers.get("WWW-Authenticate")).toMatch(path === "/outbox" ? /^Basic/ : /^Bearer/);
    }
  }
});

test("the right key opens, on Workers too, and a wrong one does not", async () => {
  const { call } = await keyed({ isWorker: true });
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  expect((await call("GET", "/api/invoices", undefined, bearer(KEY))).status).toBe(200);
  expect((await call("GET", "/outbox", undefined, bearer(KEY))).status).toBe(200);
  for (const wrong of ["", KEY.slice(1), `${KEY}x`, KEY.toUpperCase()]) {
    expect((await call("GET", "/api/invoices", undefined, bearer(wrong))).status).toBe(401);
  }
});

test("a browser opens the outbox with the key as password, and nothing else with it", async () => {
  const { call } = await keyed();
  const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  expect((await call("GET", "/outbox", undefined, basic(`me:${KEY}`))).status).toBe(200);
  expect((await call("GET", "/outbox", undefined, basic("me:wrong"))).status).toBe(401);
  expect((await call("GET", "/api/invoices", undefined, basic(`me:${KEY}`))).status).toBe(401);
});

test("health, the description of the API and its page need no key", async () => {
  const { call } = await keyed();
  for (const path of ["/healthz", "/openapi.json", "/docs"])
    expect((await call("GET", path)).status).toBe(200);
});

test("what failed inside is logged and not told", async () => {
  const { call, services } = await makeCaller();
  services.db.close();
  const { status, body } = await call("GET", "/api/invoices");
  expect([status, body]).toEqual([
    500,
    { type: "about:blank", title: "Internal Server Error", status: 500, detail: "Internal error" },
  ]);
  expect(services.log.events).toMatchObject([
    { level: "error", event: "http_failed" },
    { level: "debug", event: "http" },
  ]);
});

test("answers of the API are kept by nobody, and no answer is sniffed, framed or told on", async () => {
  const { call } = await makeCaller();
  for (const path of ["/api/invoices", "/outbox", "/p/nothing", "/api/nothing"]) {
    const { headers } = await call("GET", path);
    expect([path, headers.get("Cache-Control")]).toEqual([path, "no-store"]);
    expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  }
});

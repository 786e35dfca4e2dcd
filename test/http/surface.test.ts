import { expect, test } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { createClientAddress } from "../../src/http/client-address.ts";
import { makeServices } from "../support/database.ts";

const services = await makeServices();
const app = createApp(services, { isWorker: false, remoteAddress: () => "127.0.0.1", guesses: () => false });
/** Each place once, with what could stand where the map has a name; and one where nothing is. */
const places = [...new Set(app.routes.map(({ path }) => path.replace(/:\w+/g, "none").replace("*", "none")))];
const writing = app.routes.filter(({ method }) => ["POST", "PUT", "DELETE"].includes(method));

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return Promise.resolve(app.request(`http://localhost:8787${path}`, init));
}

test("every answer of every place says that it is not sniffed, framed, told on or kept from https", async () => {
  for (const path of places) {
    const { headers } = await ask(path);
    const found = Object.fromEntries(headers);
    expect([path, found]).toMatchObject([
      path,
      {
        "content-security-policy": expect.stringMatching(
          /^default-src 'none'.*(frame-ancestors 'none'|sandbox)/,
        ),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": expect.stringContaining("camera=()"),
        "strict-transport-security": "max-age=63072000",
      },
    ]);
  }
});

test("a service without https promises none", async () => {
  const { settings, ...rest } = services;
  const plain = { ...rest, settings: { ...settings, PUBLIC_URL: "http://dunwell.example" } };
  const other = createApp(plain, { isWorker: false, remoteAddress: () => null });
  expect((await other.request("/healthz")).headers.has("Strict-Transport-Security")).toBe(false);
});

test("no place lets a page elsewhere read it, asked before or not", async () => {
  const Origin = "https://evil.example";
  for (const path of places) {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const headers = { Origin, "Access-Control-Request-Method": "PUT" };
      const answer = await ask(path, { method, headers });
      const names = [...answer.headers.keys()].filter((name) => name.startsWith("access-control-"));
      expect([method, path, names]).toEqual([method, path, []]);
      if (method === "OPTIONS") expect([path, answer.ok]).toEqual([path, false]);
    }
  }
});

test("a place that takes other methods says which, and one where nothing is says that", async () => {
  const deleted = await ask("/api/payments", { method: "DELETE" });
  expect([deleted.status, deleted.headers.get("Allow")]).toEqual([405, "POST"]);
  expect(await deleted.json()).toMatchObject({ title: "Method Not Allowed", status: 405 });
  const posted = await ask("/api/invoices/A-1", { method: "POST" });
  expect([posted.status, posted.headers.get("Allow")]).toEqual([405, "GET, PUT"]);
  expect((await ask("/webhooks/ses")).status).toBe(405);
  const nowhere = await ask("/api/nowhere", { method: "POST" });
  expect([nowhere.status, nowhere.headers.has("Allow")]).toEqual([404, false]);
});

test("every route that takes a body refuses one that is too large before it is used", async () => {
  const body = "x".repeat(17 * 1024 * 1024);
  for (const { method, path } of writing) {
    const at = path.replace(/:\w+/g, "none").replace("*", "none");
    const { status } = await ask(at, { method, body, headers: { "Content-Type": "application/json" } });
    expect([method, path, status]).toEqual([method, path, 413]);
  }
});

test.each([
  ["a caller without a proxy", [], "203.0.113.9", undefined, "203.0.113.9"],
  ["a caller who writes the header himself", [], "203.0.113.9", "198.51.100.1", "203.0.113.9"],
  ["a caller through our proxy", ["10.0.0.2"], "10.0.0.2", "203.0.113.9", "203.0.113.9"],
  ["a caller who lies to our proxy", ["10.0.0.0/8"], "10.0.0.2", "127.0.0.1, 203.0.113.9", "203.0.113.9"],
  ["a caller through two of ours", ["10.0.0.0/8", "::1"], "::1", "203.0.113.9, 10.1.1.1", "203.0.113.9"],
  ["our proxy itself", ["10.0.0.2"], "10.0.0.2", undefined, "10.0.0.2"],
  ["a proxy that says nothing usable", ["10.0.0.2"], "10.0.0.2", "unknown", "10.0.0.2"],
])("the address of %s is the last that is not ours", (_, proxies, connection, forwarded, client) => {
  expect(createClientAddress(proxies)(connection, forwarded)).toBe(client);
});

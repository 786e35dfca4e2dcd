import { expect, test } from "vitest";
import { SCOPES, type Scope } from "../../src/domain/scope.ts";
import { API, createApp } from "../../src/http/app.ts";
import { createKey } from "../../src/reminders/operation/create-key.ts";
import { revokeKey } from "../../src/reminders/operation/revoke-key.ts";
import { makeServices, type TestServices } from "../support/database.ts";

const API_KEY = "an-api-key-of-some-length";

/** Who may call what is not the API: everybody, whoever holds a link or a signature, or a key with a scope. */
const OTHERS: Record<string, "open" | "link" | "signature" | Scope> = {
  "GET /": "open",
  "GET /p": "open",
  "GET /p/": "open",
  "GET /healthz": "open",
  "GET /openapi.json": "open",
  "GET /docs": "open",
  "GET /metrics": "read",
  "POST /webhooks/ses": "signature",
  "POST /webhooks/payments": "signature",
  "POST /webhooks/stripe": "signature",
  "POST /webhooks/slack": "signature",
};

const FOLDERS: Record<string, "link" | Scope> = { outbox: "admin", p: "link" };

type Route = { method: string; path: string; access: string };

async function everyRoute(): Promise<Route[]> {
  const app = createApp(await makeServices(), { isWorker: false, remoteAddress: () => null });
  const api = new Map(
    API.map(([scope, method, path]) => [`${method.toUpperCase()} ${path.replace(/{(\w+)}/g, ":$1")}`, scope]),
  );
  const handlers = app.routes.filter(({ method }) => method !== "ALL");
  return handlers.map(({ method, path }) => {
    const name = `${method} ${path}`;
    const access = api.get(name) ?? OTHERS[name] ?? FOLDERS[path.split("/")[1]!];
    if (!access) throw new Error(`nothing says who may call ${name}`);
    return { method, path, access };
  });
}

const routes = await everyRoute();
const keyed = routes.filter(({ access }) => SCOPES.includes(access as Scope));

/** What a request to each of these routes comes to: let in, or refused with this status. */
async function tryAll(
  tried: Route[],
  {
    settings = {},
    remote,
    headers = {},
    isWorker = false,
  }: {
    settings?: Partial<TestServices["settings"]>;
    remote: string;
    headers?: Record<string, string>;
    isWorker?: boolean;
  },
  services: TestServices,
): Promise<Record<string, number | "in">> {
  const all = { ...services, settings: { ...services.settings, ...settings } };
  const app = createApp(all, { isWorker, remoteAddress: () => remote, guesses: () => false });
  const found: Record<string, number | "in"> = {};
  for (const { method, path } of tried) {
    const at = `http://localhost:8787${path.replace(/:\w+/g, "none").replace("*", "none")}`;
    const body = method === "GET" ? undefined : "not json";
    const { status } = await app.request(at, { method, headers, body });
    found[`${method} ${path}`] = status === 401 || status === 403 ? status : "in";
  }
  return found;
}

function expected(of: (access: string) => number | "in"): Record<string, number | "in"> {
  return Object.fromEntries(keyed.map(({ method, path, access }) => [`${method} ${path}`, of(access)]));
}

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const FAR = "203.0.113.9";
const NEAR = "127.0.0.1";

test("every route of the product says who may call it", () => {
  expect(keyed.length).toBeGreaterThan(API.length);
  for (const name of Object.keys(OTHERS).filter((one) => !one.endsWith("slack"))) {
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toContain(name);
  }
});

test.each([
  ["no key", {}],
  ["a wrong key", bearer("wrong-key-of-some-length")],
  ["a key that was never given out", bearer(`dw_${"A".repeat(43)}`)],
  ["the key with another scheme", { Authorization: `Token ${API_KEY}` }],
])("with API_KEY set, %s opens nothing, on this machine neither", async (_, headers) => {
  const services = await makeServices();
  for (const remote of [FAR, NEAR]) {
    const found = await tryAll(keyed, { settings: { API_KEY }, remote, headers }, services);
    expect(found).toEqual(expected(() => 401));
  }
});

test("API_KEY opens everything, on Workers too", async () => {
  const services = await makeServices();
  for (const isWorker of [false, true]) {
    const how = { settings: { API_KEY }, remote: FAR, headers: bearer(API_KEY), isWorker };
    expect(await tryAll(keyed, how, services)).toEqual(expected(() => "in"));
  }
});

test.each(SCOPES)(
  "a key with the scope %s opens its routes and no other, with API_KEY or without",
  async (scope) => {
    const services = await makeServices();
    const { key } = await createKey(services, { name: "one", scopes: [scope], author: "test" });
    for (const settings of [{ API_KEY }, {}]) {
      for (const remote of [FAR, NEAR]) {
        const found = await tryAll(keyed, { settings, remote, headers: bearer(key) }, services);
        expect(found).toEqual(expected((access) => (access === scope ? "in" : 403)));
      }
    }
  },
);

test("a revoked key opens nothing, on this machine neither", async () => {
  const services = await makeServices();
  const { key } = await createKey(services, { name: "one", scopes: [...SCOPES], author: "test" });
  await revokeKey(services, { name: "one", author: "test" });
  for (const settings of [{ API_KEY }, {}]) {
    const found = await tryAll(keyed, { settings, remote: NEAR, headers: bearer(key) }, services);
    expect(found).toEqual(expected(() => 401));
  }
});

test("without API_KEY direct callers on this machine are let in everywhere, and nobody else without a key", async () => {
  const services = await makeServices();
  expect(await tryAll(keyed, { remote: NEAR }, services)).toEqual(expected(() => "in"));
  const shut = [
    { remote: FAR },
    { remote: NEAR, headers: { "X-Forwarded-For": NEAR } },
    { remote: NEAR, isWorker: true },
  ];
  for (const how of shut) expect(await tryAll(keyed, how, services)).toEqual(expected(() => 403));
});

test("no webhook is taken without its signature", async () => {
  const app = createApp(await makeServices(), { isWorker: false, remoteAddress: () => NEAR });
  for (const { method, path } of routes.filter(({ access }) => access === "signature")) {
    const { status } = await app.request(path, { method, body: "{}" });
    expect([path, status]).toEqual([path, expect.toSatisfy((refused) => refused >= 400 && refused < 500)]);
  }
});

import { expect, test } from "vitest";
import { MOST_IN_WINDOW } from "../../src/http/guess-limit.ts";
import { makeServices } from "../support/database.ts";
import { makeCaller, tellBasics } from "./call.ts";

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const BODY = { name: "desk", scopes: ["decide", "read"] };

test("a key is told once, and neither the database nor a list can tell it again", async () => {
  const { call, services } = await makeCaller();
  const made = await call("POST", "/api/keys", BODY);
  expect(made).toMatchObject({
    status: 201,
    body: { name: "desk", scopes: ["read", "decide"], created_by: "api" },
  });
  const { key, prefix } = made.body;
  expect(key).toMatch(/^dw_[\w-]{43}$/);
  expect(key.startsWith(prefix)).toBe(true);
  const listed = await call("GET", "/api/keys");
  const stored = JSON.stringify((await services.db.client.execute("SELECT * FROM api_keys")).rows);
  expect(JSON.stringify(listed.body) + stored).not.toContain(key.slice(prefix.length));
  expect(listed.body.keys).toMatchObject([{ name: "desk", prefix, last_used_on: null, revoked_at: null }]);
});

test("what a key was used for is told of by its name", async () => {
  const caller = await makeCaller();
  await tellBasics(caller);
  const { key } = (await caller.call("POST", "/api/keys", BODY)).body;
  const hold = { reason: "new order awaited", until: "2026-03-20" };
  const { status } = await caller.call("PUT", "/api/invoices/A-1/hold", hold, bearer(key));
  const { entries } = (await caller.call("GET", "/api/invoices/A-1/timeline")).body;
  expect([status, entries.at(-1)]).toMatchObject([200, { kind: "hold_set", author: "api:desk" }]);
});

test("the day a key was last used on is kept, and written once a day", async () => {
  const { call, services } = await makeCaller();
  const { key } = (await call("POST", "/api/keys", BODY)).body;
  await call("GET", "/api/aging", undefined, bearer(key));
  expect((await call("GET", "/api/keys")).body.keys[0].last_used_on).toBe("2026-03-02");
  const refuse =
    "CREATE TRIGGER no_write BEFORE UPDATE ON api_keys BEGIN SELECT RAISE(ABORT, 'written'); END";
  await services.db.client.execute(refuse);
  expect((await call("GET", "/api/aging", undefined, bearer(key))).status).toBe(200);
  await services.db.client.execute("DROP TRIGGER no_write");
  services.clock.set("2026-03-03T09:00:00Z");
  await call("GET", "/api/aging", undefined, bearer(key));
  expect((await call("GET", "/api/keys")).body.keys[0].last_used_on).toBe("2026-03-03");
});

test("of one name one key is in force, and a revoked one leaves its name", async () => {
  const { call } = await makeCaller();
  const first = (await call("POST", "/api/keys", BODY)).body.key;
  expect((await call("POST", "/api/keys", BODY)).status).toBe(409);
  expect(await call("DELETE", "/api/keys/desk")).toMatchObject({ status: 200, body: { keys: 1 } });
  expect((await call("DELETE", "/api/keys/desk")).status).toBe(404);
  expect((await call("POST", "/api/keys", BODY)).status).toBe(201);
  expect((await call("GET", "/api/aging", undefined, bearer(first))).status).toBe(401);
});

test("a key gives no scope that it lacks, and API_KEY gives all", async () => {
  const { call } = await makeCaller();
  const make = (name: string, scopes: string[], key?: string) =>
    call("POST", "/api/keys", { name, scopes }, key ? bearer(key) : undefined);
  const { key } = (await make("admin", ["admin", "read"])).body;
  expect(await make("more", ["read", "records", "decide"], key)).toMatchObject({
    status: 403,
    body: { detail: "This needs a key with the scopes records, decide; this one has read, admin." },
  });
  expect((await make("as-much", ["read", "admin"], key)).status).toBe(201);
  expect((await call("GET", "/api/keys")).body.keys).toHaveLength(2);
});

/** Keys made an hour apart, each by API_KEY or by the key of another. */
async function makeChain() {
  const { call, services } = await makeCaller();
  return {
    async make(name: string, by?: string): Promise<string> {
      services.clock.advance({ hours: 1 });
      const made = { name, scopes: ["read", "admin"] };
      return (await call("POST", "/api/keys", made, by ? bearer(by) : undefined)).body.key;
    },
    revoke: async (name: string) => (await call("DELETE", `/api/keys/${name}`)).body.keys,
    opens: async (key: string) => (await call("GET", "/api/aging", undefined, bearer(key))).status === 200,
  };
}

test("a key that is revoked takes with it what was made with it, and nothing else", async () => {
  const { make, revoke, opens } = await makeChain();
  const first = await make("first");
  const child = await make("child", first);
  const grandchild = await make("grandchild", child);
  const other = await make("other");
  expect(await revoke("first")).toBe(3);
  expect(await Promise.all([first, child, grandchild, other].map(opens))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("what a later key of the same name made stays with that one", async () => {
  const { make, revoke, opens } = await makeChain();
  await make("desk", await make("first"));
  await revoke("desk");
  const kept = await make("kept", await make("desk"));
  expect(await revoke("first")).toBe(1);
  expect(await opens(kept)).toBe(true);
});

test.each([
  ["a name with a space", { ...BODY, name: "the desk" }],
  ["no scope", { ...BODY, scopes: [] }],
  ["a scope that is none", { ...BODY, scopes: ["write"] }],
])("no key is made with %s", async (_, body) => {
  const { call } = await makeCaller();
  expect((await call("POST", "/api/keys", body)).status).toBe(422);
});

test("who tries wrong keys too often is told to wait, and the right one still opens", async () => {
  const { settings } = await makeServices();
  const API_KEY = "an-api-key-of-some-length";
  const { call } = await makeCaller({
    services: { settings: { ...settings, API_KEY } },
    remote: "203.0.113.9",
  });
  const guess = () => call("GET", "/api/aging", undefined, bearer("wrong"));
  for (let n = 0; n < MOST_IN_WINDOW; n++) expect((await guess()).status).toBe(401);
  const limited = await guess();
  expect([limited.status, limited.headers.get("Retry-After")]).toEqual([429, "600"]);
  expect((await call("POST", "/webhooks/ses", "{}")).status).not.toBe(429);
  expect((await call("GET", "/api/aging", undefined, bearer(API_KEY))).status).toBe(200);
});

test("who posts unsigned webhooks too often is told to wait", async () => {
  const { call } = await makeCaller();
  const post = async () => (await call("POST", "/webhooks/payments", {})).status;
  for (let n = 0; n < MOST_IN_WINDOW; n++) expect(await post()).toBe(403);
  expect(await post()).toBe(429);
});

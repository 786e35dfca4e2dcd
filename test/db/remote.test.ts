import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { compose } from "../../src/compose.ts";
import { migrate } from "../../src/db/migrate.ts";
import { type Db, openDatabase } from "../../src/db/open.ts";
import { sendDigests } from "../../src/reminders/alerts/send-digests.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../src/reminders/records/apply-policy.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import type { Services } from "../../src/services.ts";
import { ACME, invoice, NORDWIND } from "../support/cast.ts";
import { type HranaServer, startHranaServer } from "../support/hrana-server.ts";

// Against a real server instead: an empty database at DUNWELL_TEST_DATABASE_URL, with DUNWELL_TEST_DATABASE_TOKEN.
const REAL = process.env.DUNWELL_TEST_DATABASE_URL;
const LATENCY_MS = 30;
const AT = Date.parse("2026-03-03T08:30:00Z");
const TODAY = Math.floor(AT / 86_400_000);

let folder: string;
let hrana: HranaServer;
let db: Db;
const settings = () => ({
  DATABASE_URL: REAL ?? hrana.url,
  DATABASE_AUTH_TOKEN: process.env.DUNWELL_TEST_DATABASE_TOKEN,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dunwell-remote-"));
  hrana = await startHranaServer({ file: join(folder, "remote.db"), latencyMs: LATENCY_MS });
  const { DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken } = settings();
  db = await openDatabase({ url, authToken });
  await migrate(db, AT);
}, 60_000);

afterAll(async () => {
  db?.close();
  await hrana?.close();
  await rm(folder, { recursive: true, force: true });
});

test.skipIf(REAL)("a transaction that the server gave up is done anew, once", async () => {
  await db.client.execute("CREATE TABLE notes (text)");
  let tries = 0;
  const done = await db.write(async (tx) => {
    await tx.execute("INSERT INTO notes VALUES ('kept')");
    if (++tries === 1) hrana.expireStreams();
    return "done";
  });
  expect([done, tries]).toEqual(["done", 2]);
  expect((await db.client.execute("SELECT text FROM notes")).rows).toHaveLength(1);
});

test.skipIf(REAL)(
  "a transaction that is given up again and again is an error that may pass, and changes nothing",
  async () => {
    const write = db.write(async (tx) => {
      await tx.execute("INSERT INTO notes VALUES ('lost')");
      hrana.expireStreams();
    });
    await expect(write).rejects.toMatchObject({ code: "unavailable", retry: true });
    expect((await db.client.execute("SELECT text FROM notes")).rows).toHaveLength(1);
  },
);

const REMINDERS = 1000;
const OWNERS = 10;
/** Two for each wave of 100 letters, one for each message to an account owner, and some thirty for all that a tick asks for. */
const MOST_TRIPS = 65;

test("a tick of 1,000 reminders takes at most 65 round trips", async () => {
  const services = await compose(settings(), { clock: () => AT, logLevel: "error" });
  await applyCreditor(services, ACME);
  await applyPolicy(services, { name: "standard", freshnessDays: null, backlog: { mode: "send" } });
  await owe(services, REMINDERS);
  // Whoever reads a digest is entered once.
  await sendDigests(services);
  hrana.roundTrips = 0;
  const { sent } = await tick(services);
  services.db.close();
  expect(sent).toBe(REMINDERS);
  if (!REAL) expect(hrana.roundTrips).toBeLessThanOrEqual(MOST_TRIPS);
}, 120_000);

async function owe(services: Services, customers: number): Promise<void> {
  const context = { author: "test", at: AT };
  const refs = Array.from({ length: customers }, (_, i) => `R-${i}`);
  await putCustomers(
    services,
    refs.map((ref, i) => ({
      ...NORDWIND,
      ref,
      ownerEmail: `rep${i % OWNERS}@acme.example`,
      contact: { email: `bills@${ref}.example`, role: "billing" },
    })),
    context,
  );
  const due = { issuedOn: TODAY - 40, dueOn: TODAY - 4 };
  const records = refs.map((customerRef) => invoice({ number: `I-${customerRef}`, customerRef, ...due }));
  await putInvoices(services, records, context);
}

describe("a database that cannot be asked", () => {
  test.each([
    [401, "the database refuses DATABASE_AUTH_TOKEN (401)"],
    [503, "the database does not answer (503)"],
  ])("is said to be unavailable where it answers %s", async (status, message) => {
    const server = createServer((_, response) => response.writeHead(status).end("{}"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { client, close } = await openDatabase({ url: `http://127.0.0.1:${port}`, authToken: "a secret" });
    onTestFinished(close);
    await expect(client.execute("SELECT 1")).rejects.toMatchObject({ code: "unavailable", message });
  });

  test("is said to be unavailable where nobody answers, without its address", async () => {
    const { client, write, close } = await openDatabase({ url: "http://127.0.0.1:1?authToken=s3cret" });
    onTestFinished(close);
    const silent = { code: "unavailable", message: "the database does not answer (bad port)" };
    await expect(client.execute("SELECT 1")).rejects.toMatchObject(silent);
    await expect(write((tx) => tx.execute("SELECT 1"))).rejects.toMatchObject(silent);
  });
});

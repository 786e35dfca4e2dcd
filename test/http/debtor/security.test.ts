import { beforeAll, expect, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { createGuessLimit, MOST_IN_WINDOW, networkOf } from "../../../src/http/guess-limit.ts";
import { createLog } from "../../../src/log.ts";
import { revokeLinks } from "../../../src/reminders/links/revoke-links.ts";
import { recordPayments } from "../../../src/reminders/money/record-payments.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { ACME, NORDWIND, payment } from "../../support/cast.ts";
import { makeServices, type TestServices } from "../../support/database.ts";
import {
  type Answer,
  type DebtorSite,
  everythingIn,
  linkOf,
  rowsOf,
  visitorOf,
} from "../../support/debtor-site.ts";
import { formOf, textOf } from "../../support/form.ts";

let services: TestServices;
let site: DebtorSite;
let address: string;

beforeAll(async () => {
  services = await makeServices();
  await applyCreditor(services, ACME);
  const app = createApp(services, { isWorker: false, remoteAddress: () => address });
  site = { services, request: async (path, init) => app.request(path, init) };
});

function comeFrom(next: string) {
  address = next;
}

test("ten thousand guesses open nothing, are slowed down, and lock nobody out", async () => {
  comeFrom("192.0.2.1");
  const { path } = await visitorOf(site);
  const statements = countStatements(services);
  const tally = new Map<number, number>();
  for (let n = 0; n < 10_000; n++) {
    const { status } = await site.request(`${path.slice(0, -6)}${String(n).padStart(6, "0")}`);
    tally.set(status, (tally.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(tally)).toEqual({ 404: MOST_IN_WINDOW, 429: 10_000 - MOST_IN_WINDOW });
  expect(statements.of(/customers|revoked/)).toBe(0);
  expect((await site.request(path)).status).toBe(200);
  const limited = await site.request("/p/guess");
  comeFrom("192.0.2.2");
  const free = await site.request("/p/guess");
  expect([limited.status, free.status]).toEqual([429, 404]);
  expect(limited.headers.get("Retry-After")).toBe("600");
  expect(await limited.text()).toBe(await free.text());
});

test("guesses are forgotten after ten minutes, and one network is one guesser", () => {
  const isOver = createGuessLimit();
  const minute = 60_000;
  const guess = (from: string | null, at: number) => isOver(from, at);
  for (let n = 0; n < MOST_IN_WINDOW; n++) expect(guess(`2001:db8:1:2::${n}`, 0)).toBe(false);
  expect(guess("2001:db8:1:2:ffff::", minute)).toBe(true);
  expect(guess("2001:db8:1:3::1", minute)).toBe(false);
  expect(guess("::ffff:192.0.2.1", minute)).toBe(false);
  expect(guess("2001:db8:1:2::1", 10 * minute)).toBe(false);
});

test.each([
  ["2600:3c00::aaaa:1:2:3", "2600:3c00::bbbb:1:2:3", true],
  ["2600:3c00::1", "2600:3c00:0:0:aaaa:1:2:3", true],
  ["2600:3c00:0:1::1", "2600:3C00:0000:0001:aaaa:1:2:3", true],
  ["2600:3c00::1:0:0:0:1", "2600:3c00::2:0:0:0:1", false],
  ["2600:3c00:1::", "2600:3c00:2::", false],
  ["::1", "::ffff:1.2.3.4", false],
  ["::ffff:1.2.3.4", "1.2.3.4", true],
  ["::ffff:1.2.3.4", "::ffff:1.2.3.5", false],
])("%s and %s are one guesser: %s", (one, other, isOne) => {
  expect(networkOf(one) === networkOf(other)).toBe(isOne);
});

test("a link that expired or was revoked still asks for a new one where others guessed, and is no guess", async () => {
  comeFrom("192.0.2.3");
  const { ref, customerId, path } = await visitorOf(site);
  const expired = await linkOf(services, { customerId, expiresAt: services.clock() - 1 });
  await revokeLinks(services, { customerRef: ref, author: "test" });
  for (let n = 0; n < MOST_IN_WINDOW; n++) await site.request(expired);
  expect((await site.request("/p/guess")).status).toBe(404);
  for (let n = 0; n < MOST_IN_WINDOW; n++) await site.request("/p/guess");
  const limited = await site.request("/p/guess");
  expect(limited.status).toBe(429);
  for (const link of [expired, path]) {
    const gone = await site.request(link);
    expect(gone.status).toBe(404);
    expect(await gone.text()).toBe(await (await site.request(path)).text());
    const body = new URLSearchParams({ ask: "link", name: "Bela Buch" });
    expect((await site.request(link, { method: "POST", body })).status).toBe(200);
  }
});

test("links made after a revocation open the page, and those of one mail are revoked alone", async () => {
  comeFrom("192.0.2.4");
  const { ref, customerId, path } = await visitorOf(site);
  const other = await linkOf(services, { customerId, reminderId: "rem_0other" });
  await services.db.client.execute({
    sql: `INSERT INTO reminders (id, customer_id, stage, state, policy_name, policy_version, leaves_on, recipients, created_at)
          VALUES ('rem_0other', ?, 'pre_due', 'sent', 'standard', 1, 0, '[]', 0)`,
    args: [customerId],
  });
  await revokeLinks(services, { mailId: "rem_0other", author: "test" });
  const status = async (link: string) => (await site.request(link)).status;
  expect([await status(path), await status(other)]).toEqual([200, 404]);
  await revokeLinks(services, { customerRef: ref, author: "test" });
  services.clock.advance({ minutes: 1 });
  const later = await linkOf(services, { customerId });
  expect([await status(path), await status(later)]).toEqual([404, 200]);
  await expect(revokeLinks(services, { mailId: "rem_0none", author: "test" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("whatever is typed stays a text, on every page that shows it", async () => {
  comeFrom("192.0.2.5");
  const evil = `"><script>alert(1)</script><b onmouseover='x'>{name}</b>`;
  const pages: Answer[] = [];
  for (const [way, typed] of [
    ["promise", { own: evil, note: evil }],
    ["promise", { own: "2026-03-20", note: evil }],
    ["paid", { on: "2026-03-01", reference: evil }],
    ["dispute", { amount: evil, reason: evil, text: evil }],
    ["dispute", { reason: "other", text: evil }],
    ["plan", { count: evil, note: evil }],
    ["plan", { count: "2", note: evil }],
    ["contact", { person: evil, email: evil }],
    ["contact", { person: evil, email: "carla@nordwind.example" }],
  ] as const) {
    const own = { number: `N${pages.length}${evil}`, poNumber: evil, paymentUrl: "javascript:alert(1)" };
    const visitor = await visitorOf(site, { invoices: [own] });
    const customer = { ...NORDWIND, ref: visitor.ref, name: evil, legalName: evil, address: evil };
    await putCustomers(services, [customer], { author: "test", at: services.clock() });
    const page = await visitor.fillIn(way, typed);
    pages.push(page);
    if (page.status !== 200) continue;
    pages.push(
      await visitor.confirm(page, { name: "" }),
      await visitor.confirm(page, { name: `Eve ${evil}` }),
    );
    pages.push(await visitor.get(visitor.path));
  }
  for (const { body, path } of pages) {
    expect(body.replace(/<script>\nif \(navigator/, ""), path).not.toMatch(/<script|<b[ >]|javascript:/);
  }
  expect(pages.some(({ body }) => body.includes("&lt;script&gt;"))).toBe(true);
});

test("a form is good for two hours, and asked for again after that", async () => {
  comeFrom("192.0.2.6");
  const visitor = await visitorOf(site);
  const page = await visitor.fillIn("promise", { own: "2026-03-20" });
  services.clock.advance({ hours: 2 });
  const late = await visitor.confirm(page);
  expect([late.status, textOf(late.body)]).toEqual([422, expect.stringContaining("confirm once more")]);
  expect(await rowsOf(site, "promises", visitor)).toEqual([]);
  expect((await visitor.confirm(late)).status).toBe(200);
  expect(await rowsOf(site, "promises", visitor)).toHaveLength(1);
});

test("what changed since the page was shown is shown again before it is recorded", async () => {
  comeFrom("192.0.2.7");
  const visitor = await visitorOf(site);
  const page = await visitor.fillIn("promise", {
    own: "2026-03-20",
    [amountField(await visitor.get(`${visitor.path}/promise`))]: "",
  });
  expect(textOf(page.body)).toContain("€1,000.00");
  await pay(visitor.numbers[0]!, 40_000);
  const again = await visitor.confirm(page);
  expect([again.status, textOf(again.body)]).toEqual([422, expect.stringContaining("You will pay €600.00")]);
  await pay(visitor.numbers[0]!, 60_000);
  expect(textOf((await visitor.confirm(again)).body)).toContain("nothing was recorded");
  expect(await rowsOf(site, "promises", visitor)).toEqual([]);
});

test("a form that is sent ten times at once is taken once", async () => {
  comeFrom("192.0.2.8");
  const visitor = await visitorOf(site);
  const page = await visitor.fillIn("paid", { on: "2026-03-01" });
  const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.confirm(page)));
  for (const { status } of answers) expect(status).toBe(200);
  const { rows } = await services.db.client.execute({
    sql: "SELECT count(*) AS n FROM ledger l JOIN invoices i ON i.id = l.invoice_id WHERE i.number = ? AND l.kind = 'paid_reported'",
    args: [visitor.numbers[0]!],
  });
  expect(rows[0]!.n).toBe(1);
});

test("a form of which nothing came may be sent again", async () => {
  comeFrom("192.0.2.11");
  const visitor = await visitorOf(site);
  const named = (n: number) =>
    visitor.fillIn("contact", { person: `Carla ${n}`, email: `carla${n}@nordwind.example` });
  for (const n of [1, 2, 3]) await visitor.confirm(await named(n));
  const fourth = await named(4);
  for (let again = 0; again < 2; again++) {
    const { status, body } = await visitor.confirm(fourth);
    expect([status, textOf(body)]).toEqual([409, expect.stringContaining("nothing was recorded")]);
  }
  expect(await rowsOf(site, "proposed_contacts", visitor)).toHaveLength(3);
});

test("no line of the log names a link", async () => {
  comeFrom("192.0.2.9");
  const visitor = await visitorOf(site);
  await visitor.confirm(await visitor.fillIn("promise", { own: "2026-03-20" }));
  const lines: string[] = [];
  const log = createLog({ clock: services.clock, write: (line) => lines.push(line), level: "debug" });
  const batch = () => Promise.reject(new Error(`at ${visitor.path}/promise`));
  for (const [db, status] of [
    [services.db, 200],
    [{ ...services.db, batch }, 500],
  ] as const) {
    const app = createApp({ ...services, db, log }, { isWorker: false, remoteAddress: () => null });
    expect((await app.request(visitor.path)).status).toBe(status);
  }
  const said = lines.join("\n");
  expect(said).toContain("http_failed");
  for (const part of visitor.path.slice("/p/".length).split(".").slice(1)) expect(said).not.toContain(part);
});

test("what is no form changes nothing, and is answered with a page", async () => {
  comeFrom("192.0.2.10");
  const visitor = await visitorOf(site);
  const before = await everythingIn(services);
  for (const [type, body] of [
    ["application/json", '{"confirm":"yes"}'],
    ["multipart/form-data; boundary=x", "--x\r\nno form"],
    ["application/x-www-form-urlencoded", "confirm=yes&name=%ff%fe&invoice=&own=%00"],
    ["text/plain", ""],
  ]) {
    const response = await site.request(`${visitor.path}/promise`, {
      method: "POST",
      headers: { "Content-Type": type! },
      body,
    });
    expect([response.status, response.headers.get("Content-Type")]).toEqual([
      422,
      "text/html; charset=UTF-8",
    ]);
  }
  const large = await site.request(`${visitor.path}/promise`, {
    method: "POST",
    body: new Uint8Array(65 * 1024),
  });
  expect(large.status).toBe(413);
  expect(await everythingIn(services)).toBe(before);
});

function amountField({ body }: { body: string }): string {
  return formOf(body).fields.find(([name]) => name.startsWith("amount-"))![0];
}

async function pay(invoiceNumber: string, amountMinor: number) {
  const record = payment({ invoiceNumber, amountMinor, reference: `bank ${invoiceNumber} ${amountMinor}` });
  const [outcome] = await recordPayments(services, [record], { author: "test", at: services.clock() });
  if (!outcome?.ok) throw new Error(JSON.stringify(outcome));
}

function countStatements({ db }: TestServices) {
  const seen: string[] = [];
  const note = (statement: unknown) => seen.push(JSON.stringify(statement));
  const { batch, client } = db;
  const execute = client.execute.bind(client);
  db.batch = (statements, mode) => {
    note(statements);
    return batch(statements, mode);
  };
  client.execute = ((statement: never) => {
    note(statement);
    return execute(statement);
  }) as never;
  return { of: (what: RegExp) => seen.filter((one) => what.test(one)).length };
}

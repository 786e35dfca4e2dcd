import { beforeAll, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startService } from "../../src/node.ts";
import type { MailOutcome } from "../../src/ports.ts";
import { stopAll } from "../../src/reminders/decisions/stop-all.ts";
import { recordFreshness } from "../../src/reminders/money/record-freshness.ts";
import { applyCreditor } from "../../src/reminders/records/apply-creditor.ts";
import { tick } from "../../src/reminders/sending/tick.ts";
import { ACME } from "../support/cast.ts";
import { makeServices, type TestServices } from "../support/database.ts";
import { importText } from "../support/import-text.ts";

/** What must not be read in any log: people, companies, addresses, sums, banks. */
const MARKS = {
  company: "Markwardt Getriebe",
  person: "Marlies Markgraf",
  street: "Markenweg 77",
  mail: "marlies@markwardt.example",
  sum: "73219.41",
  bank: "DE02120300000000202051",
  bankName: "Markenbank",
};
const FORMS = [
  ...Object.values(MARKS),
  ...["Markwardt", "Markgraf", "Markenweg", "marlies@", "7321941", "73,219.41", "73.219,41", "7,321,941"],
];

const CUSTOMERS = `customer_ref,name,address,country,timezone,contact_name,contact_email
C1,${MARKS.company},"${MARKS.street}, 20457 Hamburg",DE,Europe/Berlin,${MARKS.person},${MARKS.mail}
C2,${MARKS.company} 2,,DE,Europe/Nowhere,${MARKS.person},${MARKS.mail}
C3,${MARKS.company} 3,,DE,Europe/Berlin,${MARKS.person},3${MARKS.mail}
C4,${MARKS.company} 4,,DE,Europe/Berlin,${MARKS.person},4${MARKS.mail}
`;
const INVOICES = `invoice_number,customer_ref,currency,amount,issued_on,due_on
I1,C1,EUR,${MARKS.sum},2026-02-02,2026-03-04
I2,C1,EUR,${MARKS.sum}9,2026-02-02,2026-03-04
I3,C3,EUR,${MARKS.sum},2026-02-02,2026-03-04
I4,C4,EUR,${MARKS.sum},2026-02-02,2026-03-04
`;
const QUOTING = `${MARKS.person} <${MARKS.mail}> of ${MARKS.company}, ${MARKS.sum}`;
const FAILURES: MailOutcome[] = [
  { kind: "deferred", code: "Throttling", detail: QUOTING, isQuota: false },
  { kind: "refused", fault: "message", code: "MessageRejected", detail: QUOTING },
  { kind: "unknown", code: "hang_up", detail: QUOTING },
];

let lines: string[] = [];
let services: TestServices;

beforeAll(async () => {
  services = await makeServices({ settings: readSettings({ PORT: "0" }) });
  const write = (line: string) => lines.push(line);
  services.log = Object.assign(createLog({ clock: services.clock, write, level: "debug" }), { events: [] });
  lines = [];
  await tellEverything();
}, 60_000);

/** Everything that fails, with marked data in it. */
async function tellEverything(): Promise<void> {
  await applyCreditor(services, { ...ACME, bank: { ...ACME.bank, iban: MARKS.bank, name: MARKS.bankName } });
  await importText(services, "customers", CUSTOMERS);
  await importText(services, "invoices", INVOICES);
  services.clock.set("2026-03-09T09:00:00Z");
  await recordFreshness(services, { through: services.clock() });
  const { writer } = services;
  let letters = 0;
  services.mailer.answer(() => FAILURES[letters++ % FAILURES.length]);
  services.writer = {
    ...writer,
    letter(letter, envelope) {
      if (envelope.to.some(({ email }) => email.startsWith("3"))) throw new Error(`cannot write ${QUOTING}`);
      return writer.letter(letter, envelope);
    },
  };
  services.chat.answer({ kind: "deferred", code: "channel_not_found", retryAfterMs: null });
  for (let hour = 0; hour < 6; hour++) {
    await tick(services, { byMachineClock: true });
    services.clock.advance({ hours: 1 });
  }
  services.clock.advance({ hours: -30 });
  await tick(services, { byMachineClock: true }).catch(() => undefined);
  services.clock.advance({ hours: 30 });
  await callBadly();
  await stopAll(services, { reason: "wrong bank file", author: "api" });
  await tick(services, { byMachineClock: true });
}

/** A service with requests that are wrong, and one that fails within. */
async function callBadly(): Promise<void> {
  const service = await startService(services, { hasClock: false });
  const put = (path: string, body: unknown) =>
    fetch(`${service.url}${path}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  await put(`/api/customers/${encodeURIComponent(MARKS.company)}`, {
    name: MARKS.company,
    kind: MARKS.person,
  });
  await put("/api/creditor", {
    ...ACME,
    from: MARKS.person,
    bank: { iban: MARKS.bank, holder: MARKS.person },
  });
  await put("/api/invoices/I1", { customer_ref: "C1", amount: `${MARKS.sum},-`, due_on: MARKS.street });
  await put("/api/customers/C1", `{"name": "${MARKS.company}`);
  await fetch(`${service.url}/p/${encodeURIComponent(MARKS.mail)}`);
  await fetch(`${service.url}/api/invoices?owner=${encodeURIComponent(MARKS.mail)}&cursor=${MARKS.sum}`);
  await fetch(`${service.url}/${encodeURIComponent(MARKS.company)}`, { headers: { Cookie: MARKS.person } });
  await services.db.client.execute(`UPDATE creditors SET body = '${MARKS.company}'`);
  await fetch(`${service.url}/api/aging`);
  await tick(services).catch((error) => services.log("error", "tick_failed", { error }));
  await services.db.client.execute({
    sql: "UPDATE creditors SET body = ?",
    args: [JSON.stringify({ ...ACME, bank: { ...ACME.bank, iban: MARKS.bank, name: MARKS.bankName } })],
  });
  await service.stop();
}

test("nothing personal is read in the log, whatever fails", () => {
  const told = lines.filter((line) => FORMS.some((form) => line.includes(form)));
  expect(told).toEqual([]);
});

test("every line is an object with its moment, its level and its event", () => {
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      at: expect.stringMatching(/^2026-03-/),
      level: expect.stringMatching(/^(debug|info|warn|error)$/),
      event: expect.stringMatching(/^[a-z_]+$/),
    });
  }
});

test("what happened is told with the ids to find it by", () => {
  const events = new Map(lines.map((line) => JSON.parse(line)).map((line) => [line.event, line]));
  const failures = ["alert_deferred", "clock_behind", "http_failed", "letter_failed", "tick_failed"];
  expect([...events.keys()]).toEqual(expect.arrayContaining([...failures, "http", "listening", "stopped"]));
  expect(events.get("tick")).toMatchObject({ run: expect.stringMatching(/^run_/) });
  expect(events.get("letter_failed")).toMatchObject({
    customer: expect.stringMatching(/^cus_/),
    error: "Error",
  });
  expect(events.get("alert_deferred")).toMatchObject({ alerts: [expect.stringMatching(/^alr_/)] });
});

test("a request is one line with the pattern of its route, not its address", () => {
  const requests = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === "http");
  expect(requests.map(({ method, route, status }) => `${method} ${route} ${status}`)).toEqual([
    "PUT /api/customers/:ref 422",
    "PUT /api/creditor 422",
    "PUT /api/invoices/:number 422",
    "PUT /api/customers/:ref 400",
    "GET /p/:token 404",
    "GET /api/invoices 422",
    "GET /* 404",
    "GET /api/aging 500",
  ]);
  const failed = lines.map((line) => JSON.parse(line)).find(({ event }) => event === "http_failed");
  expect(failed).toMatchObject({ request: requests.at(-1)!.request, error: { name: "SyntaxError" } });
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { compose } from "../../src/compose.ts";
import type { InvoiceRecord } from "../../src/domain/records.ts";
import { makePromise } from "../../src/reminders/agreements/make-promise.ts";
import { recordPayments } from "../../src/reminders/money/record-payments.ts";
import { putCustomers } from "../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../src/reminders/records/put-invoices.ts";
import { takeMail } from "../../src/reminders/replies/take-mail.ts";
import { addWebhookEndpoint } from "../../src/reminders/webhooks/add-webhook-endpoint.ts";
import type { Services } from "../../src/services.ts";
import { REMINDERS_A_RUN } from "../../workers/queue.ts";
import { invoice, NORDWIND, payment } from "../support/cast.ts";
import { type HookReceiver, startHookReceiver } from "../support/hook-receiver.ts";
import { PROVED, writtenMail } from "../support/incoming.ts";
import { drainQueues, LIMITS } from "../support/queue-stand-in.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { startWorld, type World } from "../support/world.ts";

const DAY_MS = 86_400_000;
const EACH = REMINDERS_A_RUN + 2;
/** To 200,000 customers. */
const HANDING_OUT = 200;

let clock: TestClock;
let world: World;
let systems: HookReceiver[];
let services: Services;

function open(): Promise<Services> {
  const settings = { WEBHOOK_PRIVATE_HOSTS: "127.0.0.1", RETENTION_DAYS: "30" };
  return compose({ ...world.vars, ...world.secrets, ...settings }, { clock, logLevel: "error" });
}

beforeEach(async () => {
  clock = createTestClock("2026-03-02T10:00:00Z");
  world = await startWorld({ clock });
  services = await open();
  systems = [await startHookReceiver(clock), await startHookReceiver(clock)];
  for (const system of systems)
    system.secret = (await addWebhookEndpoint(services, { url: system.url, author: "test" })).secret;
});

afterEach(async () => {
  services.db.close();
  await world.close();
});

test("no run of which every step has more to do than it has room for goes beyond a limit", async () => {
  await owe("LOST");
  world.ses.fail({ kind: "hang_up" }, { times: 3 });
  await drainQueues(open, { deliveries: 1 });
  const promised = await owe("PROMISED");
  const answered = await owe("ANSWERED");
  const paid = await owe("PAID");
  const due = await owe("DUE");
  for (const number of promised) await promise(number);
  for (const number of answered) await answer(number);
  await pay(paid);
  clock.advance({ days: 40 });
  const { most, dead } = await drainQueues(open, { deliveries: 1 });
  expect(dead).toEqual([]);
  expect(most.subrequests).toBeLessThan(LIMITS.subrequests - HANDING_OUT);
  for (const mailed of [due, promised, answered]) expect(remindedOf(mailed)).toHaveLength(EACH);
  for (const { received } of systems) expect(received.length).toBeGreaterThan(EACH);
  const { rows } = await services.db.client.execute(
    "SELECT count(*) AS erased FROM customers WHERE erased_at IS NOT NULL",
  );
  expect(rows[0]!.erased).toBe(EACH);
});

test("no run that erases customers with hundreds of invoices goes beyond a limit, and the huge one goes at once", async () => {
  const refs = Array.from({ length: EACH }, (_, i) => `OLD-${i}`);
  const context = { author: "test", at: clock() };
  const customers = [...refs, "HUGE"].map((ref) => ({ ...NORDWIND, ref }));
  await putCustomers(services, customers, context);
  for (const ref of refs) await putInvoices(services, settled(ref, 700), context);
  await putInvoices(services, settled("HUGE", 5000), context);
  clock.advance({ days: 40 });
  const { most, dead } = await drainQueues(open, { deliveries: 1 });
  expect(dead).toEqual([]);
  expect(most.subrequests).toBeLessThan(250);
  const { rows } = await services.db.client.execute(
    `SELECT (SELECT count(*) FROM customers WHERE erased_at IS NULL) AS kept,
       (SELECT count(*) FROM invoices WHERE payment_url IS NOT NULL) AS told,
       (SELECT count(*) FROM ledger WHERE kind = 'personal_data_erased') AS erased`,
  );
  expect(rows).toMatchObject([{ kept: 0, told: 0, erased: EACH * 700 + 5000 }]);
});

/** Invoices with something personal in their ledgers. */
function settled(customerRef: string, count: number): InvoiceRecord[] {
  const today = Math.floor(clock() / DAY_MS);
  return Array.from({ length: count }, (_, i) =>
    invoice({
      number: `${customerRef}-${i}`,
      customerRef,
      issuedOn: today - 40,
      dueOn: today - 10,
      status: "void",
      paymentUrl: "https://pay.example/nordwind",
    }),
  );
}

function remindedOf(numbers: string[]): string[] {
  return numbers.filter((number) => world.ses.mails.some(({ to }) => to[0] === addressOf(number)));
}

function addressOf(number: string): string {
  return `bills@${number.slice(2).toLowerCase()}.example`;
}

/** Customers of account owners of their own, each with an invoice that is ten days overdue. Answers its numbers. */
async function owe(kind: string): Promise<string[]> {
  const context = { author: "test", at: clock() };
  const today = Math.floor(clock() / DAY_MS);
  const refs = Array.from({ length: EACH }, (_, i) => `${kind}-${i}`);
  for (const ref of refs) world.slack.users.set(`rep-${ref}@acme.example`, { id: `U${ref}` });
  const customers = refs.map((ref) => ({
    ...NORDWIND,
    ref,
    ownerEmail: `rep-${ref}@acme.example`,
    contact: { email: `bills@${ref.toLowerCase()}.example`, role: "billing" as const },
  }));
  const invoices = refs.map((ref) =>
    invoice({ number: `I-${ref}`, customerRef: ref, issuedOn: today - 40, dueOn: today - 10 }),
  );
  await putCustomers(services, customers, context);
  await putInvoices(services, invoices, context);
  return invoices.map(({ number }) => number);
}

async function promise(number: string): Promise<void> {
  const on = Math.floor(clock() / DAY_MS) + 5;
  await makePromise(services, { invoices: [{ number }], on, author: "test", by: "debtor" });
}

async function answer(number: string): Promise<void> {
  const raw = writtenMail({
    text: "Which order was this for?",
    subject: `Re: ${number}`,
    from: addressOf(number),
  });
  await takeMail(services, { raw, receivedAt: clock(), recipients: [], verdicts: PROVED });
}

async function pay(numbers: string[]): Promise<void> {
  const payments = numbers.map((invoiceNumber) => payment({ invoiceNumber, amountMinor: 100_000 }));
  await recordPayments(services, payments, { author: "test", at: clock() });
}

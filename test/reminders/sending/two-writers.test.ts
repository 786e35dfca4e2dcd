import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { recordPayments } from "../../../src/reminders/money/record-payments.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { invoice, payment } from "../../support/cast.ts";
import { makeServices, openAgain, testDatabaseUrl } from "../../support/database.ts";
import { creditOf, ledgerOf, storedInvoice } from "../../support/stored.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("../../support/paying-process.ts", import.meta.url));
const TIMES = 40;

test("two processes that pay one invoice lose no payment and break no chain", async () => {
  const url = await testDatabaseUrl();
  const services = await makeServices({ db: await openAgain(url) });
  const { number, ...rest } = invoice({ amountMinor: 7_000 });
  await putInvoices(services, [{ number, ...rest }], { author: "import", at: services.clock() });
  const pay = (name: string) => run(process.execPath, [script, url, number, name, String(TIMES)]);
  await Promise.all([pay("one"), pay("two")]);
  expect(await storedInvoice(services.db, number)).toMatchObject({
    balance_minor: 0,
    facts_version: 2 * TIMES,
  });
  expect(await creditOf(services.db, "NORDWIND")).toBe(1_000);
  const paid = (await ledgerOf(services.db, number)).filter((entry) => entry.kind === "payment_recorded");
  expect(paid).toHaveLength(2 * TIMES);
});

test("the same payment told by many at once is recorded once", async () => {
  const services = await makeServices();
  const { number, ...rest } = invoice();
  const context = { author: "api", at: services.clock() };
  await putInvoices(services, [{ number, ...rest }], context);
  const told = payment({ invoiceNumber: number, amountMinor: 100, reference: "TX-1" });
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => recordPayments(services, [told], context)),
  );
  expect(outcomes.flat().filter((outcome) => outcome.ok && outcome.changed)).toHaveLength(1);
  expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 99_900 });
});

import { expect, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { ACME } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { visitorOf } from "../../support/debtor-site.ts";
import { formOf, textOf } from "../../support/form.ts";

test("instalments for invoices in two currencies show the choice again with the mistake, and no sum of them", async () => {
  const services = await makeServices();
  await applyCreditor(services, ACME);
  const app = createApp(services, { isWorker: false, remoteAddress: () => "192.0.2.1" });
  const site = {
    services,
    request: async (path: string, init?: RequestInit) => app.request(path, init),
  };
  const visitor = await visitorOf(site, {
    invoices: [
      { amountMinor: 100_000, currency: "EUR" },
      { amountMinor: 50_000, currency: "CHF" },
    ],
  });
  const refused = await visitor.fillIn("plan", { invoice: visitor.numbers, count: "3" });
  expect(refused.status).toBe(422);
  expect(textOf(refused.body)).toContain("invoices in one currency");
  expect(textOf(refused.body)).not.toMatch(/1,?500/);
  const page = await visitor.send(formOf(refused.body), { invoice: visitor.numbers[0]!, count: "3" });
  expect(page.status).toBe(200);
  expect(textOf(page.body)).toContain("€1,000.00");
});

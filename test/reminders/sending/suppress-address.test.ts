import { expect, test } from "vitest";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { suppressAddress } from "../../../src/reminders/sending/suppress-address.ts";
import { NORDWIND, SILENT } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { storedCustomer } from "../../support/stored.ts";

const bounced = { address: "Bills@Nordwind.example", reason: "bounce" as const, source: "ses" };

test("suppresses an address once, and changes the facts of those who have it", async () => {
  const services = await makeServices();
  await putCustomers(services, [NORDWIND, SILENT], { author: "import", at: services.clock() });
  expect(await suppressAddress(services, bounced)).toEqual({ changed: true });
  expect(await suppressAddress(services, { ...bounced, reason: "manual" })).toEqual({ changed: false });
  const { rows } = await services.db.client.execute("SELECT address, reason, source FROM suppressions");
  expect(rows).toEqual([{ address: "bills@nordwind.example", reason: "bounce", source: "ses" }]);
  expect(await storedCustomer(services.db, "NORDWIND")).toMatchObject({ facts_version: 1 });
  expect(await storedCustomer(services.db, "SILENT")).toMatchObject({ facts_version: 0 });
});

test("a complaint stays on record whichever came first, it or a bounce", async () => {
  const services = await makeServices();
  const complaint = { ...bounced, reason: "complaint" as const };
  await suppressAddress(services, bounced);
  expect(await suppressAddress(services, complaint)).toEqual({ changed: true });
  expect(await suppressAddress(services, bounced)).toEqual({ changed: false });
  const { rows } = await services.db.client.execute("SELECT reason FROM suppressions");
  expect(rows).toEqual([{ reason: "complaint" }]);
});

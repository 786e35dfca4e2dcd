import { expect, test } from "vitest";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { NORDWIND } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { contactsOf, dump, storedCustomer } from "../../support/stored.ts";

const context = { author: "import", at: Date.parse("2026-03-02T10:00:00Z") };

test("stores a customer with its contact and its account owner", async () => {
  const services = await makeServices();
  expect(await putCustomers(services, [NORDWIND], context)).toEqual([{ ok: true, changed: true }]);
  expect(await storedCustomer(services.db, "NORDWIND")).toMatchObject({
    name: "Nordwind Handel",
    legal_name: "Nordwind Handels GmbH",
    kind: "company",
    owner_email: "rita.rep@acme.example",
    facts_version: 0,
  });
  expect(await contactsOf(services.db, "NORDWIND")).toEqual(["billing bills@nordwind.example Bela Buch"]);
});

test("a customer without a name is called by its reference", async () => {
  const services = await makeServices();
  await putCustomers(services, [{ ref: "0379-NEVHP" }], context);
  expect(await storedCustomer(services.db, "0379-NEVHP")).toMatchObject({ name: "0379-NEVHP" });
});

test("an identical record touches nothing", async () => {
  const services = await makeServices();
  await putCustomers(services, [NORDWIND], context);
  const before = await dump(services.db);
  const later = { ...context, at: context.at + 1000 };
  expect(await putCustomers(services, [NORDWIND], later)).toEqual([{ ok: true, changed: false }]);
  expect(await dump(services.db)).toBe(before);
});

test("an absent field leaves what is stored, a told one replaces it and counts as a change of facts", async () => {
  const services = await makeServices();
  await putCustomers(services, [NORDWIND], context);
  const moved = { ref: "NORDWIND", timezone: "Europe/Vienna" };
  expect(await putCustomers(services, [moved], context)).toEqual([{ ok: true, changed: true }]);
  expect(await storedCustomer(services.db, "NORDWIND")).toMatchObject({
    timezone: "Europe/Vienna",
    name: "Nordwind Handel",
    facts_version: 1,
  });
});

test("the contacts of one customer may come in several records", async () => {
  const services = await makeServices();
  const boss = { name: "Mia Chef", email: "mia@nordwind.example", role: "manager" as const };
  const records = [NORDWIND, { ref: "NORDWIND", contact: boss }, { ref: "NORDWIND", contact: boss }];
  const outcomes = await putCustomers(services, records, context);
  expect(outcomes.map((outcome) => outcome.ok && outcome.changed)).toEqual([true, true, false]);
  expect(await contactsOf(services.db, "NORDWIND")).toEqual([
    "billing bills@nordwind.example Bela Buch",
    "manager mia@nordwind.example Mia Chef",
  ]);
});

test("an address is the same however it is capitalised, and a contact may change the name", async () => {
  const services = await makeServices();
  await putCustomers(services, [NORDWIND], context);
  const contact = { email: "Bills@Nordwind.example", role: "billing" as const };
  expect(await putCustomers(services, [{ ref: "NORDWIND", contact }], context)).toEqual([
    { ok: true, changed: false },
  ]);
  const renamed = { ref: "NORDWIND", contact: { ...contact, name: "Bo Buch" } };
  expect(await putCustomers(services, [renamed], context)).toEqual([{ ok: true, changed: true }]);
  expect(await contactsOf(services.db, "NORDWIND")).toEqual(["billing bills@nordwind.example Bo Buch"]);
});

test("refuses a policy that nobody applied, and stores the others", async () => {
  const services = await makeServices();
  const outcomes = await putCustomers(
    services,
    [
      { ref: "ONE", policy: "gentle" },
      { ref: "TWO", policy: "standard" },
    ],
    context,
  );
  expect(outcomes).toEqual([
    { ok: false, column: "policy", value: "gentle", error: "no such policy; there is standard" },
    { ok: true, changed: true },
  ]);
  expect(await storedCustomer(services.db, "ONE")).toBeUndefined();
});

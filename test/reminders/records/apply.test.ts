import { describe, expect, test } from "vitest";
import { findCreditor, getCreditor } from "../../../src/db/creditor.ts";
import type { Db } from "../../../src/db/open.ts";
import { currentPolicies, policyVersionsQuery } from "../../../src/db/policies.ts";
import { STANDARD_POLICY } from "../../../src/domain/policy.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { applyPolicy } from "../../../src/reminders/records/apply-policy.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { ACME, invoice } from "../../support/cast.ts";
import { makeServices, type TestServices } from "../../support/database.ts";
import { dump, storedInvoice } from "../../support/stored.ts";

const GENTLE = { name: "gentle", minContactGapDays: 10 };

async function asleep(services: TestServices, ref: string, policy?: string) {
  const context = { author: "import", at: services.clock() };
  await putCustomers(services, [{ ref, policy }], context);
  const record = invoice({ customerRef: ref });
  await putInvoices(services, [record], context);
  await services.db.client.execute("UPDATE invoices SET next_look_at = 99");
  return record.number;
}

describe("applyCreditor", () => {
  test("stores who we are, once", async () => {
    const services = await makeServices();
    expect(await findCreditor(services.db)).toBeUndefined();
    await expect(getCreditor(services.db)).rejects.toThrow("creditor apply");
    expect(await applyCreditor(services, ACME)).toMatchObject({ changed: true, warnings: [] });
    expect(await getCreditor(services.db)).toMatchObject({ legalName: "Acme GmbH" });
    const before = await dump(services.db);
    expect(await applyCreditor(services, ACME)).toMatchObject({ changed: false });
    expect(await dump(services.db)).toBe(before);
  });

  test("another zone has everything looked at again", async () => {
    const services = await makeServices();
    await applyCreditor(services, ACME);
    const number = await asleep(services, "ONE");
    await applyCreditor(services, { ...ACME, legal_name: "Acme AG" });
    expect(await storedInvoice(services.db, number)).toMatchObject({ next_look_at: 99 });
    await applyCreditor(services, { ...ACME, timezone: "UTC" });
    expect(await storedInvoice(services.db, number)).toMatchObject({ next_look_at: 0 });
  });
});

describe("applyPolicy", () => {
  const bodyOf = async (db: Db, version: { name: string; version: number }) =>
    JSON.parse(String((await db.client.execute(policyVersionsQuery([version]))).rows[0]!.body));

  test("the standard policy is version 1 without being applied, and on record", async () => {
    const { db } = await makeServices();
    const standard = (await currentPolicies(db)).get("standard");
    expect(standard).toEqual({ policy: STANDARD_POLICY, version: 1 });
    expect(await bodyOf(db, { name: "standard", version: 1 })).toEqual(STANDARD_POLICY);
  });

  test("applying what is there already makes no version", async () => {
    const services = await makeServices();
    expect(await applyPolicy(services, { name: "standard" })).toMatchObject({ version: 1, changed: false });
    expect(await applyPolicy(services, GENTLE)).toMatchObject({ name: "gentle", version: 1, changed: true });
    expect(await applyPolicy(services, { ...GENTLE })).toMatchObject({ version: 1, changed: false });
  });

  test("a change makes the next version, and the former stays on record", async () => {
    const services = await makeServices();
    await applyPolicy(services, GENTLE);
    expect(await applyPolicy(services, { ...GENTLE, minContactGapDays: 14 })).toMatchObject({
      version: 2,
      changed: true,
    });
    const current = await currentPolicies(services.db);
    expect([...current.keys()].sort()).toEqual(["gentle", "standard"]);
    expect(current.get("gentle")).toMatchObject({ version: 2, policy: { minContactGapDays: 14 } });
    expect(await bodyOf(services.db, { name: "gentle", version: 1 })).toMatchObject({
      minContactGapDays: 10,
    });
  });

  test("wakes the customers that it governs; who names none is under the standard one", async () => {
    const services = await makeServices();
    await applyPolicy(services, GENTLE);
    const gentle = await asleep(services, "ONE", "gentle");
    const standard = await asleep(services, "TWO");
    await applyPolicy(services, { ...GENTLE, minContactGapDays: 14 });
    expect(await storedInvoice(services.db, gentle)).toMatchObject({ next_look_at: 0 });
    expect(await storedInvoice(services.db, standard)).toMatchObject({ next_look_at: 99 });
    await applyPolicy(services, { name: "standard", minContactGapDays: 14 });
    expect(await storedInvoice(services.db, standard)).toMatchObject({ next_look_at: 0 });
  });

  test("a wrong one stores nothing", async () => {
    const services = await makeServices();
    await expect(applyPolicy(services, { name: "x", stages: [] })).rejects.toMatchObject({ code: "invalid" });
    expect([...(await currentPolicies(services.db)).keys()]).toEqual(["standard"]);
  });
});

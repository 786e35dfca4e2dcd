import { describe, expect, test } from "vitest";
import { endHold } from "../../../src/reminders/decisions/end-hold.ts";
import { setHold } from "../../../src/reminders/decisions/set-hold.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { day, HUAYUE, invoice, NORDWIND } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { dump, ledgerOf, openHolds, storedInvoice } from "../../support/stored.ts";

const author = "api";
const told = { reason: "under review", until: day("2026-03-13"), author };

async function withInvoices() {
  const services = await makeServices();
  await putCustomers(services, [NORDWIND, HUAYUE], { author, at: services.clock() });
  const [open, paid] = [invoice(), invoice({ paidOn: day("2026-02-27") })];
  await putInvoices(services, [open, paid], { author, at: services.clock() });
  return { services, open: open.number, paid: paid.number };
}

describe("setHold", () => {
  test("holds one invoice, enters it in the ledger and changes the facts", async () => {
    const { services, open } = await withInvoices();
    const { changed } = await setHold(services, { invoiceNumber: open, ...told });
    expect(changed).toBe(true);
    expect(await openHolds(services.db, { number: open })).toMatchObject([
      { kind: "manual", reason: "under review", until: told.until, amount_minor: null, author: "api" },
    ]);
    expect((await ledgerOf(services.db, open)).at(-1)).toMatchObject({
      kind: "hold_set",
      data: { hold: "manual", on: "invoice", reason: "under review", until: "2026-03-13" },
    });
    expect(await storedInvoice(services.db, open)).toMatchObject({ facts_version: 2 });
  });

  test("holds a customer, and the ledger of each open invoice tells of it", async () => {
    const { services, open, paid } = await withInvoices();
    await setHold(services, { customerRef: "NORDWIND", ...told });
    expect(await openHolds(services.db, { ref: "NORDWIND" })).toHaveLength(1);
    expect((await ledgerOf(services.db, open)).at(-1)).toMatchObject({
      kind: "hold_set",
      data: { on: "customer" },
    });
    expect((await ledgerOf(services.db, paid)).at(-1)).not.toMatchObject({ kind: "hold_set" });
  });

  test("replaces the manual hold that is there", async () => {
    const { services, open } = await withInvoices();
    const first = await setHold(services, { invoiceNumber: open, ...told });
    const second = await setHold(services, { invoiceNumber: open, ...told, until: day("2026-03-20") });
    expect(second.id).not.toBe(first.id);
    expect(await openHolds(services.db, { number: open })).toMatchObject([{ id: second.id }]);
  });

  test("the same hold again touches nothing", async () => {
    const { services, open } = await withInvoices();
    const first = await setHold(services, { invoiceNumber: open, ...told });
    const before = await dump(services.db);
    expect(await setHold(services, { invoiceNumber: open, ...told })).toEqual({
      id: first.id,
      changed: false,
    });
    expect(await dump(services.db)).toBe(before);
  });

  test("a hold of the customer stands beside one of an invoice", async () => {
    const { services, open } = await withInvoices();
    await setHold(services, { invoiceNumber: open, ...told });
    await setHold(services, { customerRef: "NORDWIND", ...told });
    expect(await openHolds(services.db, { number: open })).toHaveLength(1);
  });

  test("today is the last day it may end on, in the customer's zone", async () => {
    const { services } = await withInvoices();
    services.clock.set("2026-03-02T20:00:00Z");
    const until = day("2026-03-02");
    await expect(setHold(services, { customerRef: "HUAYUE", ...told, until })).rejects.toThrow(
      /2026-03-02 is over/,
    );
    expect(await setHold(services, { customerRef: "NORDWIND", ...told, until })).toMatchObject({
      changed: true,
    });
  });

  test.each([
    ["an unknown invoice", { invoiceNumber: "NONE" }, "not_found"],
    ["an unknown customer", { customerRef: "NOBODY" }, "not_found"],
    ["no reason", { customerRef: "NORDWIND", reason: " " }, "invalid"],
  ])("refuses %s", async (_name, wrong, code) => {
    const { services } = await withInvoices();
    await expect(setHold(services, { ...told, ...wrong })).rejects.toMatchObject({ code });
  });
});

describe("endHold", () => {
  test("ends the hold and enters it in the ledger", async () => {
    const { services, open } = await withInvoices();
    await setHold(services, { invoiceNumber: open, ...told });
    await endHold(services, { invoiceNumber: open, author });
    expect(await openHolds(services.db, { number: open })).toEqual([]);
    expect((await ledgerOf(services.db, open)).at(-1)).toMatchObject({
      kind: "hold_ended",
      data: { hold: "manual" },
    });
    expect(await storedInvoice(services.db, open)).toMatchObject({ facts_version: 3 });
  });

  test("says so where there is none, also where only the customer is held", async () => {
    const { services, open } = await withInvoices();
    await setHold(services, { customerRef: "NORDWIND", ...told });
    const ended = endHold(services, { invoiceNumber: open, author });
    await expect(ended).rejects.toMatchObject({
      code: "not_found",
      message: `there is no manual hold on invoice ${open}`,
    });
  });
});

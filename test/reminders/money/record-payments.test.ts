import { describe, expect, test } from "vitest";
import type { PaymentRecord } from "../../../src/domain/records.ts";
import { recordPayments } from "../../../src/reminders/money/record-payments.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { day, invoice, payment } from "../../support/cast.ts";
import { makeServices, type TestServices } from "../../support/database.ts";
import { creditOf, dump, ledgerOf, openHolds, storedInvoice } from "../../support/stored.ts";

const context = { author: "import", at: Date.parse("2026-03-02T10:00:00Z") };
const record = (services: TestServices, ...records: PaymentRecord[]) =>
  recordPayments(services, records, context);
const changed = { ok: true, changed: true };
const unchanged = { ok: true, changed: false };

async function withInvoice(overrides: Parameters<typeof invoice>[0] = {}) {
  const services = await makeServices();
  const told = invoice(overrides);
  await putInvoices(services, [told], context);
  return { services, number: told.number };
}

async function dispute(services: TestServices, number: string, amountMinor: number | null) {
  await services.db.client.execute({
    sql: `INSERT INTO holds (id, customer_id, invoice_id, kind, reason, amount_minor, from_at, question_to, author)
          SELECT 'hld_' || id, customer_id, id, 'dispute', 'price', ?, 0, 'finance', 'debtor' FROM invoices WHERE number = ?`,
    args: [amountMinor, number],
  });
}

describe("a payment", () => {
  test("lowers the balance, is entered in the ledger and changes the facts", async () => {
    const { services, number } = await withInvoice();
    const told = payment({ invoiceNumber: number, amountMinor: 30_000, reference: "TX-1" });
    expect(await record(services, told)).toEqual([changed]);
    expect(await storedInvoice(services.db, number)).toMatchObject({
      balance_minor: 70_000,
      facts_version: 1,
    });
    expect((await ledgerOf(services.db, number)).at(-1)).toEqual({
      kind: "payment_recorded",
      author: "import",
      data: {
        kind: "payment",
        amount: "300.00",
        allocated: "300.00",
        balance: "700.00",
        currency: "EUR",
        paid_on: "2026-03-02",
        reference: "TX-1",
      },
    });
  });

  test("of the whole ends every hold of the invoice, and nothing looks at it again", async () => {
    const { services, number } = await withInvoice({ isDisputed: true });
    await record(services, payment({ invoiceNumber: number }));
    expect(await openHolds(services.db, { number })).toEqual([]);
    expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 0, next_look_at: null });
    expect((await ledgerOf(services.db, number)).at(-1)).toMatchObject({ kind: "dispute_closed" });
  });

  test("beyond the balance, or for the customer alone, is credit", async () => {
    const { services, number } = await withInvoice();
    const onAccount = payment({ customerRef: "NORDWIND", amountMinor: 5_000 });
    await record(services, payment({ invoiceNumber: number, amountMinor: 130_000 }), onAccount);
    expect(await creditOf(services.db, "NORDWIND")).toBe(35_000);
  });

  test.each(["void", "written_off"] as const)("for an invoice that is %s is credit", async (status) => {
    const { services, number } = await withInvoice({ status });
    expect(await record(services, payment({ invoiceNumber: number }))).toEqual([changed]);
    expect(await creditOf(services.db, "NORDWIND")).toBe(100_000);
  });

  test.each([
    ["an unknown invoice", { invoiceNumber: "NONE" }, "invoice_number"],
    ["an unknown customer", { customerRef: "NOBODY" }, "customer_ref"],
    ["neither invoice nor customer", {}, "invoice_number"],
    ["another currency", { invoiceNumber: "A-X", currency: "USD" }, "currency"],
    ["another customer's invoice", { invoiceNumber: "A-X", customerRef: "SILENT" }, "customer_ref"],
    ["no money", { invoiceNumber: "A-X", amountMinor: 0 }, "amount"],
    [
      "a refund of what was never paid",
      { invoiceNumber: "A-X", kind: "refund" as const, amountMinor: 1 },
      "amount",
    ],
    ["a refund of credit that is not there", { customerRef: "SILENT", kind: "refund" as const }, "amount"],
  ])("with %s is refused and touches nothing", async (_name, overrides, column) => {
    const { services } = await withInvoice({ number: "A-X" });
    await putInvoices(services, [invoice({ customerRef: "SILENT" })], context);
    const before = await dump(services.db);
    expect(await record(services, payment(overrides))).toMatchObject([{ ok: false, column }]);
    expect(await dump(services.db)).toBe(before);
  });
});

describe("told again", () => {
  test("with the same reference is the same payment", async () => {
    const { services, number } = await withInvoice();
    const told = payment({ invoiceNumber: number, amountMinor: 10_000, reference: "TX-1" });
    expect(await record(services, told, told)).toEqual([changed, unchanged]);
    const before = await dump(services.db);
    expect(await record(services, told)).toEqual([unchanged]);
    expect(await dump(services.db)).toBe(before);
  });

  test.each([
    ["amount", { amountMinor: 20_000 }, /100\.00 EUR of 2026-03-02.*200\.00 EUR of 2026-03-02/],
    ["day", { paidOn: day("2026-03-01") }, /2026-03-02.*2026-03-01/],
    ["invoice", { invoiceNumber: "A-Y" }, /another invoice or customer/],
  ])("with the same reference and another %s is refused, naming both", async (_name, overrides, error) => {
    const { services, number } = await withInvoice();
    await putInvoices(services, [invoice({ number: "A-Y" })], context);
    const told = payment({ invoiceNumber: number, amountMinor: 10_000, reference: "TX-1" });
    await record(services, told);
    expect(await record(services, { ...told, ...overrides })).toMatchObject([
      { ok: false, column: "reference", value: "TX-1", error: expect.stringMatching(error) },
    ]);
  });

  test("a refund may carry the reference of its payment", async () => {
    const { services, number } = await withInvoice();
    const told = payment({ invoiceNumber: number, amountMinor: 10_000, reference: "TX-1" });
    expect(await record(services, told, { ...told, kind: "refund" })).toEqual([changed, changed]);
    expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 100_000 });
  });

  test("without a reference it is the same at the same place in its file", async () => {
    const { services, number } = await withInvoice();
    const told = payment({ invoiceNumber: number, amountMinor: 10_000 });
    const batch = [told, { ...told, occurrence: 1 }];
    expect(await record(services, ...batch)).toEqual([changed, changed]);
    expect(await record(services, ...batch)).toEqual([unchanged, unchanged]);
    expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 80_000 });
  });

  test("an invoice and a customer of the same name are told apart", async () => {
    const { services } = await withInvoice({ number: "X", customerRef: "X" });
    const batch = [payment({ invoiceNumber: "X" }), payment({ customerRef: "X" })];
    expect(await record(services, ...batch)).toEqual([changed, changed]);
  });
});

describe("a refund", () => {
  test("raises the balance, and the next tick looks at the invoice again", async () => {
    const { services, number } = await withInvoice({ paidOn: day("2026-03-01") });
    await record(services, payment({ invoiceNumber: number, kind: "refund", amountMinor: 40_000 }));
    expect(await storedInvoice(services.db, number)).toMatchObject({
      balance_minor: 40_000,
      next_look_at: 0,
    });
  });

  test("of what was overpaid does not reopen a paid invoice", async () => {
    const { services, number } = await withInvoice();
    const paid = payment({ invoiceNumber: number, amountMinor: 120_000 });
    await record(services, paid, payment({ invoiceNumber: number, kind: "refund", amountMinor: 20_000 }));
    expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 0 });
    expect(await creditOf(services.db, "NORDWIND")).toBe(0);
  });

  test("cannot give back the same overpayment twice", async () => {
    const { services, number } = await withInvoice();
    const refund = payment({ kind: "refund", amountMinor: 20_000 });
    await record(services, payment({ invoiceNumber: number, amountMinor: 120_000 }));
    await record(services, { ...refund, customerRef: "NORDWIND" });
    await record(services, { ...refund, invoiceNumber: number });
    expect(await creditOf(services.db, "NORDWIND")).toBe(0);
    expect(await storedInvoice(services.db, number)).toMatchObject({ balance_minor: 20_000 });
  });

  test("for the customer comes off the credit, within one currency", async () => {
    const { services } = await withInvoice();
    const refund = payment({ customerRef: "NORDWIND", kind: "refund", amountMinor: 60_000 });
    await record(services, payment({ customerRef: "NORDWIND" }), refund);
    expect(await creditOf(services.db, "NORDWIND")).toBe(40_000);
    expect(await record(services, { ...refund, currency: "USD" })).toMatchObject([
      { ok: false, column: "amount" },
    ]);
  });
});

describe("a disputed share", () => {
  test("is reduced by a credit note first, and ended by one that covers it", async () => {
    const { services, number } = await withInvoice();
    await dispute(services, number, 40_000);
    const note = payment({ invoiceNumber: number, kind: "credit_note", amountMinor: 15_000 });
    await record(services, note);
    expect(await openHolds(services.db, { number })).toMatchObject([{ amount_minor: 25_000 }]);
    await record(services, { ...note, amountMinor: 25_000 });
    expect(await openHolds(services.db, { number })).toEqual([]);
    expect((await ledgerOf(services.db, number)).at(-1)).toMatchObject({ kind: "dispute_closed" });
  });

  test("is left alone by payments until less than the share is left to pay", async () => {
    const { services, number } = await withInvoice();
    await dispute(services, number, 40_000);
    const paid = payment({ invoiceNumber: number, amountMinor: 60_000 });
    await record(services, paid);
    expect(await openHolds(services.db, { number })).toMatchObject([{ amount_minor: 40_000 }]);
    await record(services, { ...paid, amountMinor: 10_000 });
    expect(await openHolds(services.db, { number })).toMatchObject([{ amount_minor: 30_000 }]);
  });

  test("of the whole stays whole", async () => {
    const { services, number } = await withInvoice();
    await dispute(services, number, null);
    await record(services, payment({ invoiceNumber: number, kind: "credit_note", amountMinor: 15_000 }));
    expect(await openHolds(services.db, { number })).toMatchObject([{ amount_minor: null }]);
  });
});

import { describe, expect, test } from "vitest";
import type { InvoiceRecord } from "../../../src/domain/records.ts";
import { recordPayments } from "../../../src/reminders/money/record-payments.ts";
import { applyCreditor } from "../../../src/reminders/records/apply-creditor.ts";
import { putCustomers } from "../../../src/reminders/records/put-customers.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { ACME, day, invoice, NORDWIND, payment, SILENT } from "../../support/cast.ts";
import { makeServices, type TestServices } from "../../support/database.ts";
import {
  contactsOf,
  creditOf,
  dump,
  ledgerOf,
  openHolds,
  storedCustomer,
  storedInvoice,
} from "../../support/stored.ts";

const context = { author: "import", at: Date.parse("2026-03-02T10:00:00Z") };
const put = (services: TestServices, ...records: InvoiceRecord[]) => putInvoices(services, records, context);
const kinds = async (services: TestServices, number: string) =>
  (await ledgerOf(services.db, number)).map((entry) => entry.kind);
const changed = [{ ok: true, changed: true }];
const unchanged = [{ ok: true, changed: false }];

describe("a new invoice", () => {
  test("is stored, entered in its ledger and looked at by the next tick", async () => {
    const services = await makeServices();
    const record = invoice({ poNumber: "PO 7" });
    expect(await put(services, record)).toEqual(changed);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({
      amount_minor: 100_000,
      balance_minor: 100_000,
      due_on: day("2026-03-04"),
      status: "open",
      next_look_at: 0,
      po_number: "PO 7",
    });
    expect(await ledgerOf(services.db, record.number)).toEqual([
      {
        kind: "invoice_imported",
        author: "import",
        data: {
          amount: "1000.00",
          currency: "EUR",
          customer_ref: "NORDWIND",
          due_on: "2026-03-04",
          invoice_number: record.number,
          issued_on: "2026-02-02",
          po_number: "PO 7",
          status: "open",
        },
      },
    ]);
  });

  test("creates the customer that it names", async () => {
    const services = await makeServices();
    await put(
      services,
      invoice({ customerRef: "NEW", customerEmail: "AP@new.example", ownerEmail: "rita@acme.example" }),
    );
    expect(await storedCustomer(services.db, "NEW")).toMatchObject({
      name: "NEW",
      owner_email: "rita@acme.example",
    });
    expect(await contactsOf(services.db, "NEW")).toEqual(["billing ap@new.example"]);
  });

  test("fills what was missing about its customer and overwrites nothing", async () => {
    const services = await makeServices();
    await putCustomers(services, [NORDWIND, SILENT], context);
    const told = {
      customerName: "Other",
      customerEmail: "other@other.example",
      ownerEmail: "otto@acme.example",
    };
    await put(services, invoice(told), invoice({ ...told, customerRef: "SILENT" }));
    expect(await storedCustomer(services.db, "NORDWIND")).toMatchObject({
      name: NORDWIND.name,
      owner_email: "rita.rep@acme.example",
    });
    expect(await contactsOf(services.db, "NORDWIND")).toEqual(["billing bills@nordwind.example Bela Buch"]);
    expect(await storedCustomer(services.db, "SILENT")).toMatchObject({
      name: SILENT.name,
      owner_email: "otto@acme.example",
    });
    expect(await contactsOf(services.db, "SILENT")).toEqual(["billing other@other.example"]);
  });

  test("needs a currency and an amount", async () => {
    const services = await makeServices();
    const outcomes = await put(
      services,
      invoice({ currency: undefined }),
      invoice({ amountMinor: undefined }),
    );
    expect(outcomes).toMatchObject([
      { ok: false, column: "currency" },
      { ok: false, column: "amount" },
    ]);
    expect(await storedCustomer(services.db, "NORDWIND")).toBeUndefined();
  });

  test.each(["void", "written_off"] as const)("that is %s already is never looked at", async (status) => {
    const services = await makeServices();
    const record = invoice({ status });
    await put(services, record);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ status, next_look_at: null });
  });
});

describe("told again", () => {
  test("the same touches nothing", async () => {
    const services = await makeServices();
    const record = invoice({
      isDisputed: true,
      paidOn: day("2026-03-01"),
      paidMinor: 40_000,
      status: "open",
    });
    const paid = invoice({ paidOn: day("2026-03-01"), isDisputed: true });
    const voided = invoice({ paidMinor: 5_000, status: "void" });
    await put(services, record, paid, voided);
    const before = await dump(services.db);
    const again = { ...context, at: context.at + 86_400_000 };
    expect(await putInvoices(services, [record, paid, voided], again)).toEqual([
      ...unchanged,
      ...unchanged,
      ...unchanged,
    ]);
    expect(await dump(services.db)).toBe(before);
  });

  test("a changed field is entered with what it was and what it is", async () => {
    const services = await makeServices();
    const record = invoice();
    await put(services, record);
    const { number, customerRef } = record;
    expect(await put(services, { number, customerRef, dueOn: day("2026-04-01"), poNumber: "PO 8" })).toEqual(
      changed,
    );
    expect((await ledgerOf(services.db, number)).at(-1)).toMatchObject({
      kind: "invoice_changed",
      data: { due_on: { from: "2026-03-04", to: "2026-04-01" }, po_number: { from: null, to: "PO 8" } },
    });
    expect(await storedInvoice(services.db, number)).toMatchObject({
      issued_on: day("2026-02-02"),
      facts_version: 1,
    });
  });

  test("another amount moves the balance by the difference", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 30_000 });
    await put(services, record);
    await put(services, { ...record, amountMinor: 120_000 });
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ balance_minor: 90_000 });
  });

  test.each([
    ["an amount below what is paid", { amountMinor: 20_000 }, "amount", "300.00 EUR is already paid"],
    ["another currency", { currency: "USD" }, "currency", "is in EUR"],
    ["another customer", { customerRef: "SILENT" }, "customer_ref", "belongs to customer NORDWIND"],
    ["a due date before the stored issue date", { dueOn: day("2026-02-01") }, "due_on", "2026-02-02"],
    ["an issue date after the stored due date", { issuedOn: day("2026-03-05") }, "issued_on", "2026-03-04"],
  ])("refuses %s, and leaves everything as it was", async (_name, wrong, column, error) => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 30_000 });
    await put(services, record);
    const before = await dump(services.db);
    const bare = { number: record.number, customerRef: record.customerRef };
    const outcomes = await put(services, { ...bare, ...wrong, customerName: "Other" });
    expect(outcomes).toMatchObject([{ ok: false, column, error: expect.stringContaining(error) }]);
    expect(await dump(services.db)).toBe(before);
  });

  test("an invoice that was missing from a complete import is no longer missing", async () => {
    const services = await makeServices();
    const record = invoice();
    await put(services, record);
    await services.db.client.execute("UPDATE invoices SET missing_since = 5");
    expect(await put(services, record)).toEqual(changed);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ missing_since: null });
  });

  test("twice in one batch, the second sees the first", async () => {
    const services = await makeServices();
    const record = invoice();
    const outcomes = await put(services, record, record, { ...record, amountMinor: 90_000 });
    expect(outcomes.map((outcome) => outcome.ok && outcome.changed)).toEqual([true, false, true]);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ balance_minor: 90_000 });
  });

  test("only the customers concerned are touched", async () => {
    const services = await makeServices();
    const [one, two] = [invoice(), invoice({ customerRef: "SILENT" })];
    await put(services, one, two);
    await services.db.client.execute("UPDATE invoices SET next_look_at = 99");
    await put(services, { ...one, dueOn: day("2026-03-09") }, two);
    expect(await storedInvoice(services.db, one.number)).toMatchObject({ next_look_at: 0, facts_version: 1 });
    expect(await storedInvoice(services.db, two.number)).toMatchObject({
      next_look_at: 99,
      facts_version: 0,
    });
  });
});

describe("what was paid", () => {
  test("a date alone means the whole was paid that day", async () => {
    const services = await makeServices();
    const record = invoice({ paidOn: day("2026-03-01") });
    await put(services, record);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({
      balance_minor: 0,
      next_look_at: null,
    });
    expect((await ledgerOf(services.db, record.number)).at(-1)).toMatchObject({
      kind: "payment_recorded",
      data: { amount: "1000.00", balance: "0.00", paid_on: "2026-03-01", kind: "payment" },
    });
  });

  test("a total records what is missing, dated today at the creditor", async () => {
    const services = await makeServices();
    await applyCreditor(services, { ...ACME, timezone: "Asia/Tokyo" });
    const record = invoice();
    await put(services, record);
    await recordPayments(services, [payment({ invoiceNumber: record.number, amountMinor: 25_000 })], context);
    const lateInBerlin = { ...context, at: Date.parse("2026-03-02T20:00:00Z") };
    await putInvoices(services, [{ ...record, paidMinor: 60_000 }], lateInBerlin);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ balance_minor: 40_000 });
    expect((await ledgerOf(services.db, record.number)).at(-1)).toMatchObject({
      data: { amount: "350.00", paid_on: "2026-03-03" },
    });
  });

  test("more than the amount is credit of the customer", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 120_000 });
    expect(await put(services, record)).toEqual(changed);
    expect(await creditOf(services.db, "NORDWIND")).toBe(20_000);
    expect(await put(services, record)).toEqual(unchanged);
  });

  test("credit notes are no payments", async () => {
    const services = await makeServices();
    const record = invoice();
    await put(services, record);
    const note = payment({ invoiceNumber: record.number, kind: "credit_note", amountMinor: 40_000 });
    await recordPayments(services, [note], context);
    await put(services, { ...record, paidMinor: 60_000 });
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ balance_minor: 0 });
    expect(await creditOf(services.db, "NORDWIND")).toBe(0);
  });

  test("a total that is behind what is recorded records nothing, and the rest of the row counts", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 40_000 });
    await put(services, record);
    await recordPayments(services, [payment({ invoiceNumber: record.number, amountMinor: 30_000 })], context);
    expect(await put(services, record)).toEqual(unchanged);
    expect(await put(services, { ...record, poNumber: "PO 9" })).toEqual(changed);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({
      balance_minor: 30_000,
      po_number: "PO 9",
    });
  });

  test("the same total after a refund is recorded again, under an identity of its own", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 60_000 });
    for (let round = 1; round <= 3; round++) {
      expect(await put(services, record)).toEqual(changed);
      const refund = payment({
        invoiceNumber: record.number,
        kind: "refund",
        amountMinor: 60_000,
        occurrence: round,
      });
      expect(await recordPayments(services, [refund], context)).toEqual(changed);
    }
    expect(await storedInvoice(services.db, record.number)).toMatchObject({ balance_minor: 100_000 });
  });
});

describe("what is no claim any more", () => {
  test("voiding turns what was paid into credit and ends the holds", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 30_000, isDisputed: true });
    await put(services, record);
    expect(await put(services, { ...record, status: "void" })).toEqual(changed);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({
      status: "void",
      next_look_at: null,
    });
    expect(await creditOf(services.db, "NORDWIND")).toBe(30_000);
    expect(await openHolds(services.db, { number: record.number })).toEqual([]);
    expect(await put(services, { ...record, status: "void" })).toEqual(unchanged);
  });

  test("voiding leaves a credit note where it is", async () => {
    const services = await makeServices();
    const record = invoice();
    await put(services, record);
    const note = payment({ invoiceNumber: record.number, kind: "credit_note" });
    await recordPayments(services, [note], context);
    await put(services, { ...record, status: "void" });
    expect(await creditOf(services.db, "NORDWIND")).toBe(0);
  });

  test("writing off keeps what was paid on it", async () => {
    const services = await makeServices();
    const record = invoice({ paidMinor: 30_000, status: "written_off" });
    await put(services, record);
    expect(await storedInvoice(services.db, record.number)).toMatchObject({
      balance_minor: 70_000,
      status: "written_off",
    });
    expect(await creditOf(services.db, "NORDWIND")).toBe(0);
  });
});

describe("disputes in invoice data", () => {
  test("open a hold on the whole invoice, with a question to the account owner", async () => {
    const services = await makeServices();
    await putCustomers(services, [NORDWIND], context);
    const record = invoice({ isDisputed: true });
    await put(services, record);
    expect(await openHolds(services.db, { number: record.number })).toMatchObject([
      { kind: "dispute", amount_minor: null, until: null, question_to: "rita.rep@acme.example" },
    ]);
    expect(await kinds(services, record.number)).toEqual(["invoice_imported", "dispute_opened"]);
  });

  test("ask the finance owner where there is no account owner", async () => {
    const services = await makeServices();
    const [before, after] = [invoice({ isDisputed: true }), invoice({ isDisputed: true })];
    await put(services, before);
    await applyCreditor(services, ACME);
    await put(services, after);
    expect(await openHolds(services.db, { number: before.number })).toMatchObject([
      { question_to: "finance" },
    ]);
    expect(await openHolds(services.db, { number: after.number })).toMatchObject([
      { question_to: "fin@acme.example" },
    ]);
  });

  test("are ended by the same data, which leaves a debtor's own dispute open", async () => {
    const services = await makeServices();
    const [ours, theirs] = [invoice({ isDisputed: true }), invoice({ isDisputed: true })];
    await put(services, ours, theirs);
    await services.db.client.execute({
      sql: "UPDATE holds SET reason = 'goods damaged' WHERE invoice_id = (SELECT id FROM invoices WHERE number = ?)",
      args: [theirs.number],
    });
    const outcomes = await put(services, { ...ours, isDisputed: false }, { ...theirs, isDisputed: false });
    expect(outcomes).toEqual([...changed, ...unchanged]);
    expect(await openHolds(services.db, { number: ours.number })).toEqual([]);
    expect(await openHolds(services.db, { number: theirs.number })).toHaveLength(1);
    expect((await kinds(services, ours.number)).at(-1)).toBe("dispute_closed");
  });
});

test("a batch that dies before its end leaves nothing, and repeating it completes it", async () => {
  const services = await makeServices();
  const records = [invoice({ paidMinor: 100 }), invoice({ isDisputed: true, customerRef: "SILENT" })];
  const before = await dump(services.db);
  const { db } = services;
  const dying = {
    ...db,
    write: <T>(work: Parameters<typeof db.write<T>>[0]) =>
      db.write<T>(async (tx) => {
        await work(tx);
        throw new Error("killed");
      }),
  };
  await expect(putInvoices({ ...services, db: dying }, records, context)).rejects.toThrow("killed");
  expect(await dump(db)).toBe(before);
  expect(await putInvoices(services, records, context)).toEqual([...changed, ...changed]);
});

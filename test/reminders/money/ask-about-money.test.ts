import { describe, expect, test } from "vitest";
import type { PaymentRecord } from "../../../src/domain/records.ts";
import { endHold } from "../../../src/reminders/decisions/end-hold.ts";
import { acceptSuggestion } from "../../../src/reminders/money/accept-suggestion.ts";
import { takePaymentEvent } from "../../../src/reminders/money/take-payment-event.ts";
import { createRowImporter } from "../../../src/reminders/records/import-rows.ts";
import { day, invoice } from "../../support/cast.ts";
import { type Story, tellStory } from "../../support/story.ts";

const money = (over: Partial<PaymentRecord>): PaymentRecord => ({
  amountMinor: 100_00,
  currency: "EUR",
  paidOn: day("2026-03-02"),
  kind: "payment",
  occurrence: 0,
  ...over,
});
const nameless = { amount: "300.00", currency: "EUR", paid_on: "2026-03-02", reference: "BANK-1" };
const told = (row: Record<string, string>, id = "msg_1") => ({
  id,
  source: "payments" as const,
  event: { row },
});

async function owing(): Promise<Story & { rows(sql: string): Promise<Record<string, unknown>[]> }> {
  const story = await tellStory();
  await story.invoices(
    invoice({ number: "A", amountMinor: 1000_00, dueOn: day("2026-02-26") }),
    invoice({ number: "B", amountMinor: 300_00, dueOn: day("2026-02-26") }),
  );
  return { ...story, rows: async (sql) => (await story.db.client.execute(sql)).rows };
}

async function alertsOf(story: Story, kind: string) {
  const { rows } = await story.db.client.execute({
    sql: "SELECT to_email, payload FROM alerts WHERE kind = ? ORDER BY id",
    args: [kind],
  });
  return rows.map(({ to_email: to, payload }) => {
    const { invoices, note } = JSON.parse(String(payload));
    return { to, invoices: invoices.map(({ number }: { number: string }) => number), note };
  });
}

describe("money that names neither invoice nor customer", () => {
  test("is kept, and suggested for what it would settle to the cent, in its currency, changing nothing by itself", async () => {
    const story = await owing();
    await story.invoices(invoice({ number: "U", amountMinor: 300_00, currency: "USD" }));
    expect(await takePaymentEvent(story, told(nameless))).toBe("kept");
    expect(await alertsOf(story, "payment_kept")).toMatchObject([
      { to: "fin@acme.example", invoices: ["B"] },
    ]);
    expect(await story.rows("SELECT * FROM payments")).toEqual([]);
    await takePaymentEvent(story, told({ ...nameless, amount: "299.99" }, "msg_2"));
    expect((await alertsOf(story, "payment_kept"))[1]).toMatchObject({ invoices: [] });
  });

  test("is recorded once finance says for what, and stays recorded when it comes again", async () => {
    const story = await owing();
    await takePaymentEvent(story, told(nameless));
    await acceptSuggestion(story, { id: "payments msg_1", invoiceNumber: "B", author: "cli:frieda" });
    expect(await story.rows("SELECT balance_minor FROM invoices WHERE number = 'B'")).toMatchObject([
      { balance_minor: 0 },
    ]);
    expect(await story.rows("SELECT author FROM ledger WHERE kind = 'payment_recorded'")).toMatchObject([
      { author: "cli:frieda" },
    ]);
    expect(await story.rows("SELECT * FROM kept_webhooks")).toEqual([]);
    await expect(
      acceptSuggestion(story, { id: "payments msg_1", invoiceNumber: "B", author: "cli" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  test("stays kept where the invoice is not there or of another currency", async () => {
    const story = await owing();
    await story.invoices(invoice({ number: "U", amountMinor: 300_00, currency: "USD" }));
    await takePaymentEvent(story, told(nameless));
    for (const invoiceNumber of ["Z", "U"]) {
      const accepted = acceptSuggestion(story, { id: "payments msg_1", invoiceNumber, author: "cli" });
      await expect(accepted).rejects.toMatchObject({ code: "conflict" });
    }
    expect(await story.rows("SELECT id FROM kept_webhooks")).toHaveLength(1);
  });
});

describe("money of a customer that names no invoice", () => {
  test("is credit, of which finance is asked what it was for, with what it would settle exactly", async () => {
    const story = await owing();
    await story.pay(money({ customerRef: "NORDWIND", amountMinor: 300_00, reference: "P" }));
    const [asked] = await alertsOf(story, "credit_received");
    expect(asked).toMatchObject({ to: "fin@acme.example", invoices: ["B"] });
    expect(asked!.note).toBe("EUR 300.00");
  });

  test("is not asked about where it is of long ago", async () => {
    const story = await owing();
    await story.pay(money({ customerRef: "NORDWIND", paidOn: day("2026-01-02") }));
    expect(await alertsOf(story, "credit_received")).toEqual([]);
  });

  test("goes to the invoice that finance names, what is over stays credit, and the bank's file may come again", async () => {
    const story = await owing();
    const credit = money({ customerRef: "NORDWIND", amountMinor: 350_00, reference: "P" });
    await story.pay(credit);
    const id = String((await story.rows("SELECT id FROM payments"))[0]!.id);
    await acceptSuggestion(story, { id, invoiceNumber: "B", author: "cli" });
    const money350 = { amount_minor: 350_00, allocated_minor: 300_00 };
    expect(await story.rows("SELECT amount_minor, allocated_minor FROM payments")).toMatchObject([money350]);
    expect(await story.rows("SELECT balance_minor FROM invoices ORDER BY number")).toMatchObject([
      { balance_minor: 1000_00 },
      { balance_minor: 0 },
    ]);
    await story.pay(credit);
    expect(await story.rows("SELECT amount_minor, allocated_minor FROM payments")).toMatchObject([money350]);
    await expect(acceptSuggestion(story, { id, invoiceNumber: "A", author: "cli" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("goes to nobody else's invoice", async () => {
    const story = await owing();
    await story.customers({ ref: "OTHER", name: "Other" });
    await story.pay(money({ customerRef: "OTHER" }));
    const id = String((await story.rows("SELECT id FROM payments"))[0]!.id);
    await expect(acceptSuggestion(story, { id, invoiceNumber: "B", author: "cli" })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a small rest after a payment", () => {
  const HOLDS = "SELECT kind, question_to FROM holds WHERE ended_at IS NULL";
  const short = money({ invoiceNumber: "A", amountMinor: 985_00, reference: "P" });

  test("is a question to finance, and no reminder asks the debtor for it", async () => {
    const story = await owing();
    await story.pay(short);
    expect(await alertsOf(story, "residue_left")).toMatchObject([
      { to: "fin@acme.example", invoices: ["A"] },
    ]);
    expect(await story.rows(HOLDS)).toMatchObject([{ kind: "manual", question_to: "fin@acme.example" }]);
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 B"]);
    expect(story.mailer.mails.length).toBe(1);
  });

  test("is asked for where finance ends the hold", async () => {
    const story = await owing();
    await story.pay(short);
    await endHold(story, { invoiceNumber: "A", author: "cli" });
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A", "NORDWIND overdue_3 B"]);
  });

  test("ends with a credit note over it, and where the payment is taken back", async () => {
    for (const next of [
      money({ invoiceNumber: "A", amountMinor: 15_00, kind: "credit_note" }),
      money({ invoiceNumber: "A", amountMinor: 985_00, kind: "refund" }),
    ]) {
      const story = await owing();
      await story.pay(short);
      await story.pay(next);
      expect(await story.rows(HOLDS)).toEqual([]);
    }
  });

  test("is a question too where invoice data tell what was paid, of a customer that came with them as well", async () => {
    const story = await owing();
    const paid = { number: "A", paidMinor: 985_00, paidOn: day("2026-03-02") };
    await story.invoices(
      invoice(paid),
      invoice({ ...paid, number: "N", amountMinor: 1000_00, customerRef: "NEW" }),
    );
    await story.invoices(invoice({ ...paid, number: "V", amountMinor: 1000_00, status: "written_off" }));
    expect(await story.rows(HOLDS)).toHaveLength(2);
    expect(await alertsOf(story, "residue_left")).toMatchObject([{ invoices: ["A"] }, { invoices: ["N"] }]);
    await story.invoices(invoice(paid));
    expect(await story.rows(HOLDS)).toHaveLength(2);
  });

  test("is the debtor's where it is no smaller than the policy's minimum, or than a twentieth", async () => {
    for (const paid of [
      money({ invoiceNumber: "A", amountMinor: 975_00 }),
      money({ invoiceNumber: "B", amountMinor: 284_00 }),
    ]) {
      const story = await owing();
      await story.pay(paid);
      expect(await story.rows(HOLDS)).toEqual([]);
      expect(await alertsOf(story, "residue_left")).toEqual([]);
    }
  });
});

describe("money beyond its invoice", () => {
  test("is credit, of which finance is told once how much it is, and not of long ago", async () => {
    const story = await owing();
    const twice = (reference: string) => money({ invoiceNumber: "B", amountMinor: 200_00, reference });
    for (const reference of ["P", "Q", "Q"]) await story.pay(twice(reference));
    expect(await alertsOf(story, "overpaid")).toMatchObject([{ to: "fin@acme.example", invoices: ["B"] }]);
    const [{ payload }] = (await story.rows("SELECT payload FROM alerts WHERE kind = 'overpaid'")) as [
      { payload: string },
    ];
    expect(JSON.parse(payload).invoices[0].amount).toBe("EUR 100.00");
    await story.pay(money({ invoiceNumber: "B", reference: "R", paidOn: day("2026-01-02") }));
    expect(await alertsOf(story, "overpaid")).toHaveLength(1);
  });
});

describe("a payment in full", () => {
  const whole = money({ invoiceNumber: "A", amountMinor: 1000_00, reference: "P" });

  test("of what was overdue is told to the account owner", async () => {
    const story = await owing();
    await story.customers({ ref: "NORDWIND", ownerEmail: "owner@acme.example" });
    await story.pay(whole);
    await story.pay(whole);
    expect(await alertsOf(story, "payment_received")).toEqual([
      { to: "owner@acme.example", invoices: ["A"], note: null },
    ]);
  });

  test("before it was due is no news", async () => {
    const story = await owing();
    await story.invoices(invoice({ number: "C", amountMinor: 10_00, dueOn: day("2026-03-30") }));
    await story.pay(money({ invoiceNumber: "C", amountMinor: 10_00 }));
    expect(await alertsOf(story, "payment_received")).toEqual([]);
  });

  test("that is taken back opens the invoice, tells finance, and the ladder goes on at its next stage", async () => {
    const story = await owing();
    await story.bankFile();
    expect(await story.tickOnce()).toEqual(["NORDWIND overdue_3 A", "NORDWIND overdue_3 B"]);
    await story.pay(whole, money({ invoiceNumber: "B", amountMinor: 300_00, reference: "Q" }));
    expect(await story.walk("2026-03-26")).toEqual({});
    await story.pay({ ...whole, kind: "refund" });
    expect(await alertsOf(story, "payment_reversed")).toMatchObject([
      { to: "fin@acme.example", invoices: ["A"] },
    ]);
    expect(await story.walk("2026-03-31")).toEqual({ "2026-03-30": ["NORDWIND overdue_30 A"] });
  });
});

test("a line of a bank's file that names nobody is refused, naming what it would settle exactly", async () => {
  const story = await owing();
  const context = { author: "import", at: story.clock() };
  const input = { kind: "payments" as const, options: {}, context, isDryRun: false };
  const row = (line: number, amount: string, invoice_number = "") => ({
    line,
    row: { invoice_number, amount, currency: "EUR", paid_on: "2026-03-02" },
  });
  const outcomes = await createRowImporter(story, input).put([
    row(2, "300.00"),
    row(3, "300.00", "Z-9"),
    row(4, "299.00"),
    row(5, "100.00", "A"),
  ]);
  expect(outcomes).toMatchObject([
    { ok: false, column: "invoice_number", error: expect.stringMatching(/; exactly so much is left of B$/) },
    {
      ok: false,
      value: "Z-9",
      error: expect.stringMatching(/no such invoice.*; exactly so much is left of B$/),
    },
    { ok: false, error: expect.not.stringContaining("exactly so much") },
    { ok: true },
  ]);
});

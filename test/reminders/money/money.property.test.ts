import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Db } from "../../../src/db/open.ts";
import { canonicalData, canonicalLine } from "../../../src/domain/ledger.ts";
import type { InvoiceRecord, PaymentRecord } from "../../../src/domain/records.ts";
import { recordPayments } from "../../../src/reminders/money/record-payments.ts";
import { putInvoices } from "../../../src/reminders/records/put-invoices.ts";
import { day } from "../../support/cast.ts";
import { makeServices } from "../../support/database.ts";
import { dump } from "../../support/stored.ts";

const START = Date.parse("2026-03-02T10:00:00Z");
const numbers = fc.constantFrom("A", "B", "C");
const amounts = fc.integer({ min: 1, max: 150 });
// Each invoice number belongs to one customer: A and B to ONE, C to TWO.
const owner = (number: string) => (number === "C" ? "TWO" : "ONE");

const told: fc.Arbitrary<InvoiceRecord> = fc
  .record(
    {
      number: numbers,
      amountMinor: fc.integer({ min: 0, max: 150 }),
      paidMinor: fc.integer({ min: 0, max: 200 }),
      paidOn: fc.constant(day("2026-03-01")),
      isDisputed: fc.boolean(),
      status: fc.constantFrom("open" as const, "void" as const, "written_off" as const),
    },
    { requiredKeys: ["number"] },
  )
  .map((record) => ({ ...record, customerRef: owner(record.number), currency: "EUR" }));

const paid: fc.Arbitrary<PaymentRecord> = fc
  .record(
    {
      invoiceNumber: numbers,
      customerRef: fc.constantFrom("ONE", "TWO"),
      amountMinor: amounts,
      kind: fc.constantFrom(
        "payment" as const,
        "payment" as const,
        "credit_note" as const,
        "refund" as const,
      ),
      reference: fc.constantFrom("R1", "R2", "R3"),
      occurrence: fc.integer({ min: 0, max: 3 }),
    },
    { requiredKeys: ["amountMinor", "kind", "occurrence"] },
  )
  .map((record) => ({ ...record, currency: "EUR", paidOn: day("2026-03-02") }));

const steps = fc.array(
  fc.oneof(
    fc.array(told, { minLength: 1, maxLength: 4 }).map((invoices) => ({ invoices })),
    fc.array(paid, { minLength: 1, maxLength: 4 }).map((payments) => ({ payments })),
  ),
  { minLength: 1, maxLength: 12 },
);

/** Paid, void, open again and paid once more, in one file. */
const VOID_AND_BACK = {
  invoices: [
    { amountMinor: 1, paidOn: day("2026-03-01"), status: "void" as const },
    { status: "open" as const },
    { paidMinor: 2 },
  ].map((row) => ({ number: "A", customerRef: "ONE", currency: "EUR", ...row })),
};

test("the balance is the amount less what is allocated, and credit is never negative, whatever is told", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const services = await makeServices();
      for (const [i, step] of history.entries()) {
        const context = { author: "import", at: START + i };
        if ("invoices" in step) await putInvoices(services, step.invoices, context);
        else await recordPayments(services, step.payments, context);
        await expectSoundMoney(services.db);
      }
      await expectSoundLedger(services.db);
    }),
    { numRuns: 60, examples: [[[VOID_AND_BACK]]] },
  );
});

test("a batch told twice in a row changes nothing the second time", async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(told, { minLength: 1, maxLength: 1 }), async (history, again) => {
      const services = await makeServices();
      const context = { author: "import", at: START };
      for (const step of history) {
        if ("invoices" in step) await putInvoices(services, step.invoices, context);
        else await recordPayments(services, step.payments, context);
      }
      await putInvoices(services, again, context);
      const before = await dump(services.db);
      const outcomes = await putInvoices(services, again, { ...context, at: START + 1 });
      expect(outcomes.every((outcome) => !outcome.ok || !outcome.changed)).toBe(true);
      expect(await dump(services.db)).toBe(before);
    }),
    { numRuns: 40 },
  );
});

async function expectSoundMoney(db: Db) {
  const [balances, payments, credit, holds] = await db.batch(
    [
      `SELECT i.number FROM invoices i LEFT JOIN allocations a ON a.invoice_id = i.id GROUP BY i.id
       HAVING i.balance_minor <> i.amount_minor - coalesce(sum(a.amount_minor), 0)`,
      `SELECT p.id FROM payments p LEFT JOIN allocations a ON a.payment_id = p.id GROUP BY p.id
       HAVING p.allocated_minor <> coalesce(sum(a.amount_minor), 0) OR abs(p.allocated_minor) > p.amount_minor`,
      `SELECT customer_id FROM payments GROUP BY customer_id, currency
       HAVING sum(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END - allocated_minor) < 0`,
      `SELECT h.id FROM holds h JOIN invoices i ON i.id = h.invoice_id
       WHERE h.ended_at IS NULL AND (i.balance_minor = 0 OR i.status <> 'open')`,
    ],
    "read",
  );
  expect([balances!.rows, payments!.rows, credit!.rows, holds!.rows]).toEqual([[], [], [], []]);
}

async function expectSoundLedger(db: Db) {
  const { rows } = await db.client.execute("SELECT * FROM ledger ORDER BY invoice_id, seq");
  const last = new Map<string, { seq: number; hash: string }>();
  for (const row of rows) {
    const invoiceId = String(row.invoice_id);
    const head = last.get(invoiceId) ?? { seq: 0, hash: "" };
    const entry = {
      at: Number(row.at),
      kind: row.kind as "invoice_changed",
      author: String(row.author),
      data: JSON.parse(String(row.data)),
    };
    const text = canonicalLine(invoiceId, head.seq + 1, head.hash, entry, canonicalData(entry.data));
    const hash = createHash("sha256").update(text).digest("hex");
    expect([row.seq, row.prev_hash, row.hash]).toEqual([head.seq + 1, head.hash, hash]);
    last.set(invoiceId, { seq: head.seq + 1, hash });
  }
}

import fc from "fast-check";
import type { CustomerFacts, Hold, InvoiceFacts, StageStep } from "../../src/domain/facts.ts";
import { HOLD_KINDS } from "../../src/domain/facts.ts";
import { type Policy, parsePolicy } from "../../src/domain/policy.ts";
import { day } from "./cast.ts";
import { aCustomer, anInvoice } from "./facts.ts";

const START = day("2026-01-01");
const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Shanghai",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  null,
];

export const someDay = fc.integer({ min: START, max: START + 150 });
export const someMoment = fc
  .integer({ min: 0, max: 120 * 24 * 4 })
  .map((quarters) => (START + 20) * 86_400_000 + quarters * 900_000);

const someHold: fc.Arbitrary<Hold> = fc.record({
  kind: fc.constantFrom(...HOLD_KINDS),
  from: someMoment,
  until: fc.option(someDay, { freq: 4 }),
  amountMinor: fc.option(fc.integer({ min: 1, max: 60_000 })),
  endedAt: fc.option(someMoment, { freq: 2 }),
});

const LADDER = ["pre_due", "overdue_3", "overdue_30", "formal_notice"];

function stepsOf(days: number[]): StageStep[] {
  const inOrder = [...days].sort((a, b) => a - b);
  return inOrder.map((on, i) => ({ stage: LADDER[i]!, kind: "sent", on }));
}

const someInvoice: fc.Arbitrary<InvoiceFacts> = fc
  .record({
    amountMinor: fc.integer({ min: 1, max: 200_000 }),
    currency: fc.constantFrom("EUR", "JPY"),
    issuedOn: fc.option(someDay, { freq: 5 }),
    term: fc.integer({ min: 0, max: 60 }),
    hasDueDate: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    status: fc.constantFrom<InvoiceFacts["status"]>("open", "open", "open", "void"),
    holds: fc.array(someHold, { maxLength: 2 }),
    sentOn: fc.array(someDay, { maxLength: 3 }),
  })
  .map(({ term, hasDueDate, sentOn, issuedOn, ...invoice }) => ({
    ...anInvoice(invoice),
    issuedOn,
    dueOn: hasDueDate ? (issuedOn ?? START + 60) + term : null,
    steps: stepsOf(sentOn),
  }));

export const someCustomer: fc.Arbitrary<CustomerFacts> = fc
  .record({
    timezone: fc.constantFrom(...ZONES),
    country: fc.constantFrom("DE", "CN", "US", null),
    invoices: fc.array(someInvoice, { minLength: 1, maxLength: 4 }),
    holds: fc.array(someHold, { maxLength: 1 }),
    callDays: fc.array(someDay, { maxLength: 3 }),
    credit: fc.integer({ min: 0, max: 50_000 }),
  })
  .map(({ invoices, credit, ...customer }) => {
    const numbered = invoices.map((invoice, i) => ({ ...invoice, id: `inv_${i}`, number: `INV-${i}` }));
    const reminderDays = [...new Set(numbered.flatMap(({ steps }) => steps.map(({ on }) => on)))];
    return aCustomer({
      ...customer,
      invoices: numbered,
      reminderDays,
      unallocatedCreditMinor: { EUR: credit },
    });
  });

/** The standard ladder under other guards, hours and gaps. */
export const somePolicy: fc.Arbitrary<Policy> = fc
  .record({
    minContactGapDays: fc.constantFrom(0, 5),
    maxContactsPer30Days: fc.constantFrom(null, 2, 4),
    freshnessDays: fc.constant(null),
    backlog: fc.constantFrom({ mode: "send" }, { mode: "spread", perDay: 10 }),
    calendar: fc.constantFrom(
      {
        days: ["mon", "tue", "wed", "thu", "fri"],
        from: "09:00",
        until: "17:00",
        holidays: true,
        rollDueDate: true,
      },
      { days: ["mon", "wed", "sat"], from: "00:00", until: "24:00" },
      { days: ["tue", "thu"], from: "22:00", until: "23:30", holidays: true },
    ),
  })
  .map((parts) => parsePolicy({ name: "generated", ...parts }).policy);

import type { CustomerFacts, Hold, InvoiceFacts, WorldFacts } from "../../src/domain/facts.ts";
import { day } from "./cast.ts";

/** A Berlin company with somebody for bills and nothing owed. */
export function aCustomer(overrides: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    id: "cus_nordwind",
    ref: "NORDWIND",
    name: "Nordwind Handel",
    kind: "company",
    country: "DE",
    timezone: "Europe/Berlin",
    contacts: [{ role: "billing", name: "Bela Buch", email: "bills@nordwind.example", isSuppressed: false }],
    holds: [],
    invoices: [],
    reminderDays: [],
    callDays: [],
    unallocatedCreditMinor: {},
    ...overrides,
  };
}

/** 1,000.00 EUR, due on Wednesday 4 March 2026, with the pre-due stage behind it. */
export function anInvoice(overrides: Partial<InvoiceFacts> = {}): InvoiceFacts {
  const amountMinor = overrides.amountMinor ?? 100_000;
  return {
    id: "inv_1",
    number: "INV-1",
    currency: "EUR",
    amountMinor,
    balanceMinor: amountMinor,
    issuedOn: day("2026-02-02"),
    dueOn: day("2026-03-04"),
    status: "open",
    isMissing: false,
    wasKnownAtRelease: true,
    steps: [],
    holds: [],
    approvals: [],
    hasUnknownOutcome: false,
    alertsRaised: [],
    poNumber: null,
    paymentUrl: null,
    invoiceUrl: null,
    ...overrides,
  };
}

/** A pause by a person, without an end unless one is given. */
export function aHold(overrides: Partial<Hold> = {}): Hold {
  return {
    kind: "manual",
    from: Date.parse("2026-03-02T09:00:00Z"),
    until: null,
    amountMinor: null,
    endedAt: null,
    ...overrides,
  };
}

export function aWorld(overrides: Partial<WorldFacts> = {}): WorldFacts {
  return {
    creditorTimezone: "Europe/Berlin",
    freshThrough: null,
    backlogReleasedAt: null,
    backlogOpensOn: 0,
    isSendingLimitReached: false,
    assumed: { approvals: false, freshLedger: false, noBacklog: false },
    ...overrides,
  };
}

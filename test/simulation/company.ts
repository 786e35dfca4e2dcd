import { allocate, reduceDisputes } from "../../src/domain/allocation.ts";
import type { CustomerFacts, InvoiceFacts, StageStep, WorldFacts } from "../../src/domain/facts.ts";
import type { PlannedReminder } from "../../src/domain/group.ts";
import type { Policy } from "../../src/domain/policy.ts";
import type { PaymentKind } from "../../src/domain/records.ts";
import { aWorld } from "../support/facts.ts";
import { promise } from "./promise.ts";

/** A company's receivables in memory: what the database would hold, and the history that the judges read. */
export type Company = {
  policy: Policy;
  customers: Customer[];
  freshThrough: number | null;
  releasedAt: number | null;
  sends: Send[];
};

export type Customer = {
  facts: CustomerFacts;
  invoices: Invoice[];
  /** Not tried again before this: the mail service put it off or refused it. */
  retryAt: number;
};

export type Invoice = {
  facts: InvoiceFacts;
  nextLookAt: number | null;
  waitsFor: "fresh_ledger" | "backlog" | null;
  stageDueOn: number | null;
  money: { kind: PaymentKind; on: number; allocatedMinor: number }[];
  /** Whatever makes an approval given before it void. */
  words: number[];
};

export type Outcome = "accepted" | "unknown" | "refused" | "deferred";

export type Send = {
  customer: Customer;
  at: number;
  on: number;
  reminder: PlannedReminder;
  items: { invoice: Invoice; stage: string; askedMinor: number }[];
  outcome: Outcome;
  /** It reached nobody after all. */
  isTakenBack: boolean;
};

export function worldOf(company: Company, backlogOpensOn: number | null): WorldFacts {
  return aWorld({
    freshThrough: company.freshThrough,
    backlogReleasedAt: company.releasedAt,
    backlogOpensOn,
  });
}

/** The zone of a customer's days; the creditor is in Berlin. */
export function zoneOf(customer: CustomerFacts): string {
  return customer.timezone ?? "Europe/Berlin";
}

/** What a tick loads: invoices that are open and have something left to pay. */
export function factsOf({ facts, invoices }: Customer): CustomerFacts {
  const open = invoices.filter(
    ({ facts: { status, balanceMinor } }) => status === "open" && balanceMinor > 0,
  );
  return { ...facts, invoices: open.map((invoice) => invoice.facts) };
}

/** Every change of what is decided upon has the next tick look at all the customer owes; what is closed is not looked at. */
export function touch(customer: Customer): void {
  for (const invoice of customer.invoices) {
    const { status, balanceMinor } = invoice.facts;
    const isOpen = status === "open" && balanceMinor > 0;
    Object.assign(invoice, { nextLookAt: isOpen ? 0 : null, waitsFor: null, stageDueOn: null });
  }
}

/** Money on an invoice; what it cannot take is credit of the customer. */
export function putMoney(
  customer: Customer,
  invoice: Invoice,
  money: { kind: PaymentKind; amountMinor: number; on: number; at: number },
): void {
  const { facts } = invoice;
  const { kind, amountMinor, on, at } = money;
  const claim = { ...facts, restMinor: 0 };
  const allocated = allocate({ kind, amountMinor, claim, creditMinor: 0 });
  if (allocated === null) return;
  const expected = kind === "refund" ? -amountMinor : Math.min(amountMinor, facts.balanceMinor);
  promise(allocated === expected, "an invoice takes no more than it is owed", { facts, money, allocated });
  facts.balanceMinor -= allocated;
  if (kind !== "refund") addCredit(customer, facts.currency, amountMinor - allocated);
  invoice.money.push({ kind, on, allocatedMinor: allocated });
  reduceDisputedShares(facts, kind, allocated);
  voidApprovals(invoice, at);
  touch(customer);
}

function reduceDisputedShares(facts: InvoiceFacts, kind: PaymentKind, allocatedMinor: number): void {
  const open = facts.holds.filter((hold) => hold.kind === "dispute" && hold.endedAt === null);
  const before = open.map(({ amountMinor }, i) => ({ id: String(i), amountMinor }));
  const { balanceMinor } = facts;
  for (const { id, amountMinor } of reduceDisputes(before, { kind, allocatedMinor, balanceMinor })) {
    open[Number(id)]!.amountMinor = amountMinor;
  }
  if (before.some(({ amountMinor }) => amountMinor === null)) return;
  const disputed = before.reduce((sum, { amountMinor }) => sum + amountMinor!, 0);
  const credited = kind === "credit_note" ? allocatedMinor : 0;
  const expected = Math.min(Math.max(0, disputed - credited), balanceMinor);
  const left = open.reduce((sum, { amountMinor }) => sum + amountMinor!, 0);
  promise(left === expected, "credit notes reduce what is disputed, payments the rest", {
    before,
    open,
    facts,
  });
}

export function addCredit(customer: Customer, currency: string, amountMinor: number): void {
  const { unallocatedCreditMinor: credit } = customer.facts;
  if (amountMinor > 0) credit[currency] = (credit[currency] ?? 0) + amountMinor;
}

/** A payment, a promise, a reply or a dispute makes an approval void. */
export function voidApprovals(invoice: Invoice, at: number): void {
  invoice.words.push(at);
  for (const approval of invoice.facts.approvals) {
    if (approval.approvedAt !== null) approval.endedAt ??= at;
  }
}

/** A stage that reached nobody after all, or that a person takes back, may come once more. */
export function takeBack(customer: Customer, invoice: Invoice, step: StageStep): void {
  const { steps } = invoice.facts;
  const index = steps.findLastIndex(({ stage, on }) => stage === step.stage && on === step.on);
  if (index < 0) return;
  steps.splice(index, 1);
  touch(customer);
}

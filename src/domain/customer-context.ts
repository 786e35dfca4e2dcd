import { type Calendar, createCalendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import type { CustomerFacts, Hold, InvoiceFacts, WorldFacts } from "./facts.ts";
import { heldShare, isActive } from "./holds.ts";
import type { Policy } from "./policy.ts";
import { CAP_DAYS, type QuietDays, quietDays } from "./quiet-days.ts";
import { civilDayAt, type Instant } from "./zone.ts";

/** What an invoice comes to at this moment, minor units. `askedMinor` is the balance less credit and the held share. */
export type Dues = { netMinor: number; heldMinor: number; askedMinor: number };

/** A customer at one moment under one policy: what every decision on its invoices shares. */
export type CustomerContext = {
  customer: CustomerFacts;
  policy: Policy;
  world: WorldFacts;
  at: Instant;
  today: CivilDay;
  calendar: Calendar;
  /** By invoice id; invoices not yet issued stand with their full balance. */
  dues: Map<string, Dues>;
  /** Open, undisputed and unpromised total of issued invoices, by currency. */
  openMinor: Map<string, number>;
  /** Holds on everything the customer owes, active now. */
  activeHolds: Hold[];
  /** The sternest unsettled stage that silences the customer, and the last day it does (null: until settled). */
  escalation: { stageIndex: number; until: CivilDay | null } | null;
  /** The first day on which the contact gap and the cap of contacts allow a reminder. */
  contactFrom: CivilDay;
  /** Days, past ones above all, that its reminders are spaced out or silenced. */
  quietDays: QuietDays[];
};

/** Prepares what the decisions on one customer's invoices share. Pure; `at` is the present moment. */
export function createContext(input: {
  customer: CustomerFacts;
  policy: Policy;
  world: WorldFacts;
  at: Instant;
}): CustomerContext {
  const { customer, policy, at } = input;
  const world = asOf(input.world, at);
  const calendar = calendarFor(customer, policy, world);
  const today = civilDayAt(at, calendar.zone);
  const activeHolds = customer.holds.filter((hold) => isActive(hold, today));
  const dues = duesOf(customer, activeHolds, today);
  return {
    customer,
    policy,
    world,
    at,
    today,
    calendar,
    dues,
    openMinor: openTotals(customer, dues, today),
    activeHolds,
    escalation: findEscalation(customer, policy, dues, activeHolds, today),
    contactFrom: contactFrom(customer, policy, today),
    quietDays: quietDays(customer, policy),
  };
}

/** Payment data can be complete up to now at the latest: a later word is of a clock that was wrong. */
function asOf(world: WorldFacts, at: Instant): WorldFacts {
  return world.freshThrough !== null && world.freshThrough > at ? { ...world, freshThrough: at } : world;
}

/** The customer's zone, else the policy's, else the creditor's, else UTC; holidays of the customer's country. */
export function calendarFor(
  customer: Pick<CustomerFacts, "timezone" | "country">,
  policy: Policy,
  world: Pick<WorldFacts, "creditorTimezone">,
): Calendar {
  const zone = customer.timezone ?? policy.calendar.timezone ?? world.creditorTimezone ?? "UTC";
  return createCalendar({ rules: policy.calendar, zone, country: customer.country });
}

export function isIssued(invoice: InvoiceFacts, today: CivilDay): boolean {
  return invoice.issuedOn === null || invoice.issuedOn <= today;
}

function duesOf(customer: CustomerFacts, activeHolds: Hold[], today: CivilDay): Map<string, Dues> {
  const credit = new Map(Object.entries(customer.unallocatedCreditMinor));
  const invoices = credit.size === 0 ? customer.invoices : [...customer.invoices].sort(byDueDate);
  const dues = new Map<string, Dues>();
  for (const invoice of invoices) {
    const available =
      (invoice.status === "open" && isIssued(invoice, today) && credit.get(invoice.currency)) || 0;
    const netted = Math.min(available, invoice.balanceMinor);
    if (netted > 0) credit.set(invoice.currency, available - netted);
    const netMinor = invoice.balanceMinor - netted;
    const holds = invoice.holds.filter((hold) => isActive(hold, today));
    const heldMinor = heldShare([...holds, ...activeHolds], netMinor);
    dues.set(invoice.id, { netMinor, heldMinor, askedMinor: netMinor - heldMinor });
  }
  return dues;
}

function byDueDate(a: InvoiceFacts, b: InvoiceFacts): number {
  const order = (a.dueOn ?? Number.POSITIVE_INFINITY) - (b.dueOn ?? Number.POSITIVE_INFINITY);
  if (order) return order;
  return a.number < b.number ? -1 : 1;
}

function openTotals(customer: CustomerFacts, dues: Map<string, Dues>, today: CivilDay): Map<string, number> {
  const totals = new Map<string, number>();
  for (const invoice of customer.invoices) {
    if (invoice.status !== "open" || !isIssued(invoice, today)) continue;
    const { askedMinor } = dues.get(invoice.id)!;
    totals.set(invoice.currency, (totals.get(invoice.currency) ?? 0) + askedMinor);
  }
  return totals;
}

function findEscalation(
  customer: CustomerFacts,
  policy: Policy,
  dues: Map<string, Dues>,
  customerHolds: Hold[],
  today: CivilDay,
): CustomerContext["escalation"] {
  let found: CustomerContext["escalation"] = null;
  for (const invoice of customer.invoices) {
    if (invoice.steps.length === 0 || dues.get(invoice.id)!.netMinor === 0 || invoice.status !== "open")
      continue;
    const holds = [...invoice.holds.filter((hold) => isActive(hold, today)), ...customerHolds];
    if (holds.some((hold) => hold.kind === "plan" || hold.kind === "promise")) continue;
    for (const step of invoice.steps) {
      const stageIndex = policy.stages.findIndex((stage) => stage.key === step.stage);
      const stage = policy.stages[stageIndex];
      if (!stage?.silencesCustomer || step.kind !== "sent") continue;
      const until = stage.finalDeadlineDays === null ? null : step.on + stage.finalDeadlineDays;
      if (until !== null && until < today) continue;
      found = sterner(found, { stageIndex, until });
    }
  }
  return found;
}

function sterner(a: CustomerContext["escalation"], b: { stageIndex: number; until: CivilDay | null }) {
  if (!a || b.stageIndex > a.stageIndex) return b;
  if (b.stageIndex < a.stageIndex || a.until === null) return a;
  return b.until === null || b.until > a.until ? b : a;
}

function contactFrom(customer: CustomerFacts, policy: Policy, today: CivilDay): CivilDay {
  const { reminderDays, callDays } = customer;
  const last = reminderDays.length ? Math.max(...reminderDays) : Number.NEGATIVE_INFINITY;
  const afterGap = last + policy.minContactGapDays;
  const cap = policy.maxContactsPer30Days;
  if (cap === null) return afterGap;
  const recent = [...reminderDays, ...callDays].filter((day) => day > today - CAP_DAYS).sort((a, b) => b - a);
  const oldestInCap = recent[cap - 1];
  return oldestInCap === undefined ? afterGap : Math.max(afterGap, oldestInCap + CAP_DAYS);
}

import { loadPage } from "../../db/due.ts";
import { loadMoney, type MoneyMove } from "../../db/money-moves.ts";
import { policyOf } from "../../db/world.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { calendarFor } from "../../domain/customer-context.ts";
import type { CustomerFacts, InvoiceFacts, WorldFacts } from "../../domain/facts.ts";
import type { Policy } from "../../domain/policy.ts";
import { type ProjectedReminder, projectCustomer } from "../../domain/project.ts";
import type { Services } from "../../services.ts";
import { worldFacts } from "../sending/plan-customer.ts";
import type { Send } from "../sending/send-line.ts";
import { toLines } from "./projection-lines.ts";

const CUSTOMERS_A_PAGE = 200;

/**
 * Replays the days from `from` through `to` over the imported history: no reminder sent before, holds ignored, an invoice there from its
 * issue date, a payment from its date, approvals and fresh payment data taken as given, no backlog guard. Touches nothing.
 * `policy` stands in for every customer's own.
 */
export async function simulate(
  services: Pick<Services, "db">,
  input: { from: CivilDay; to: CivilDay; policy?: Policy; onProgress?: (customers: number) => void },
): Promise<Send[]> {
  const projected: ProjectedReminder[] = [];
  let done = 0;
  for (let after = ""; ; ) {
    const { world, customers } = await loadPage(services.db, { after, limit: CUSTOMERS_A_PAGE });
    if (customers.length === 0) return toLines(projected);
    after = customers.at(-1)!.facts.id;
    done += customers.length;
    input.onProgress?.(done);
    const moves = await loadMoney(
      services.db,
      customers.map(({ facts }) => facts.id),
    );
    const assumed = { approvals: true, freshLedger: true, noBacklog: true };
    const known: WorldFacts = { ...worldFacts(world, null), assumed };
    for (const { facts, policyName } of customers) {
      const policy = input.policy ?? policyOf(world, policyName).policy;
      projected.push(...replay({ ...input, facts, moves: moves.get(facts.id) ?? [], policy, world: known }));
    }
  }
}

function replay(input: {
  facts: CustomerFacts;
  moves: MoneyMove[];
  policy: Policy;
  world: WorldFacts;
  from: CivilDay;
  to: CivilDay;
}): Generator<ProjectedReminder> {
  const { facts, moves, policy, world, from, to } = input;
  const calendar = calendarFor(facts, policy, world);
  const byInvoice = Map.groupBy(moves, ({ invoiceId }) => invoiceId);
  const factsOn = (day: CivilDay): CustomerFacts => ({
    ...facts,
    holds: [],
    reminderDays: [],
    callDays: [],
    unallocatedCreditMinor: creditOn(facts.invoices, byInvoice, day),
    invoices: facts.invoices.flatMap((invoice) => {
      const balanceMinor = Math.max(0, invoice.amountMinor - paidOn(byInvoice.get(invoice.id) ?? [], day));
      return balanceMinor > 0 && invoice.status === "open" ? [unreminded(invoice, balanceMinor)] : [];
    }),
  });
  const issues = facts.invoices.flatMap(({ issuedOn }) => (issuedOn === null ? [] : [issuedOn]));
  return projectCustomer({
    factsOn,
    eventDays: [...issues, ...moves.map(({ on }) => on)],
    calendar,
    policy,
    world,
    startAt: calendar.opensAt(calendar.next(from)),
    through: to,
  });
}

/** What was paid for an invoice by the end of a day, whatever the order in which it became known. */
function paidOn(moves: MoneyMove[], day: CivilDay): number {
  return moves.reduce((paid, { on, amountMinor }) => (on <= day ? paid + amountMinor : paid), 0);
}

/** Money without an invoice, and what invoices got beyond their amount; a void one keeps its credit notes alone. */
function creditOn(
  invoices: InvoiceFacts[],
  byInvoice: Map<string | null, MoneyMove[]>,
  day: CivilDay,
): Record<string, number> {
  const credit: Record<string, number> = {};
  const add = (currency: string, amountMinor: number) => {
    credit[currency] = (credit[currency] ?? 0) + amountMinor;
  };
  for (const move of byInvoice.get(null) ?? []) if (move.on <= day) add(move.currency, move.amountMinor);
  for (const { id, status, currency, amountMinor } of invoices) {
    const moves = byInvoice.get(id);
    if (!moves) continue;
    const isVoid = status === "void";
    const paid = paidOn(isVoid ? moves.filter(({ isCreditNote }) => !isCreditNote) : moves, day);
    add(currency, Math.max(0, isVoid ? paid : paid - amountMinor));
  }
  return credit;
}

function unreminded(invoice: InvoiceFacts, balanceMinor: number): InvoiceFacts {
  return {
    ...invoice,
    balanceMinor,
    isMissing: false,
    wasKnownAtRelease: false,
    steps: [],
    holds: [],
    approvals: [],
    hasUnknownOutcome: false,
    alertsRaised: [],
  };
}

import { loadByInvoice } from "../../db/due.ts";
import { policyOf, type World } from "../../db/world.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { type CustomerContext, calendarFor, createContext } from "../../domain/customer-context.ts";
import { decide } from "../../domain/decide.ts";
import { explain } from "../../domain/explain.ts";
import type { CustomerFacts, InvoiceFacts } from "../../domain/facts.ts";
import type { Reason } from "../../domain/reasons.ts";
import { phaseOf } from "../../domain/sending.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { describeStop } from "../decisions/stop-all.ts";
import { backlogShares } from "../sending/backlog-shares.ts";
import { worldFacts, worldFactsAt } from "../sending/plan-customer.ts";
import { describeCircuit } from "../sending/sending-limits.ts";

export type WhyAnswer = {
  invoice: string;
  stage: string | null;
  action: "send" | "wait" | "none";
  reason: Reason | null;
  /** ISO date on which it goes out if nothing changes. */
  on: string | null;
  /** Sentences for a person: what it is waiting for and what would change it. */
  explanation: string[];
};

/** The decision for this invoice now, its reason and what would change it. Throws `not_found`. */
export async function why(
  services: Pick<Services, "db" | "clock">,
  { invoiceNumber }: { invoiceNumber: string },
): Promise<WhyAnswer> {
  const { world, customers } = await loadByInvoice(services.db, invoiceNumber);
  const stored = customers[0];
  const invoice = stored?.facts.invoices.find(({ number }) => number === invoiceNumber);
  if (!stored || !invoice)
    throw new AppError("not_found", `there is no invoice ${JSON.stringify(invoiceNumber)}`);
  const isOwing = (other: typeof invoice) =>
    other === invoice || (other.status === "open" && other.balanceMinor > 0);
  const customer = { ...stored.facts, invoices: stored.facts.invoices.filter(isOwing) };
  const context = await contextNow(services, { world, customer, policyName: stored.policyName });
  return whyOf(world, context, invoice);
}

/** What the decisions on a customer's invoices share at this moment, with the day's share of released backlog. */
export async function contextNow(
  { db, clock }: Pick<Services, "db" | "clock">,
  { world, customer, policyName }: { world: World; customer: CustomerFacts; policyName: string | null },
): Promise<CustomerContext> {
  const at = clock();
  const { policy } = policyOf(world, policyName);
  const shares = await backlogShares(db, { world, at });
  const today = civilDayAt(at, calendarFor(customer, policy, worldFacts(world, null)).zone);
  const backlogOpensOn = shares.get(policy.name)! > 0 ? today : today + 1;
  return createContext({ customer, policy, world: worldFactsAt(world, backlogOpensOn, at), at });
}

/** The decision for one invoice of the context's customer, for a person to read. */
export function whyOf(world: World, context: CustomerContext, invoice: InvoiceFacts): WhyAnswer {
  const decision = decide(context, invoice);
  return {
    invoice: invoice.number,
    stage: decision.stage?.key ?? null,
    action: decision.action,
    reason: decision.reason,
    on: decision.on === null ? null : formatCivilDay(decision.on),
    explanation: [
      ...(world.stop ? [`Nothing leaves now: ${describeStop(world.stop)}.`] : []),
      ...(phaseOf(world.sending.circuit, context.at) === "open"
        ? [`Nothing leaves now: ${describeCircuit(world.sending.circuit)}.`]
        : []),
      ...explain(context, decision),
    ],
  };
}

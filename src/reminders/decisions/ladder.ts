import type { Transaction } from "@libsql/client";
import { customerQueries, readCustomers } from "../../db/facts.ts";
import { policyOf, readWorld, worldQueries } from "../../db/world.ts";
import { type CustomerContext, createContext } from "../../domain/customer-context.ts";
import type { InvoiceFacts } from "../../domain/facts.ts";
import type { LedgerHead } from "../../domain/ledger.ts";
import { effectiveDueOn, type NextStage, nextStage } from "../../domain/stage-due.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import { worldFacts } from "../sending/plan-customer.ts";

/** Where an invoice stands on its ladder; `index` is the place of the stage that is asked about. */
export type LadderPlace = {
  invoice: InvoiceFacts;
  context: CustomerContext;
  index: number;
  next: NextStage | null;
  heads: Map<string, LedgerHead>;
};

/** Where an invoice stands, and the place of a stage on its ladder. Throws `not_found` for either that is not there. */
export async function loadLadder(
  tx: Transaction,
  wanted: { invoiceNumber: string; stage: string },
  at: Instant,
): Promise<LadderPlace> {
  const { invoiceNumber, stage } = wanted;
  const source = { sql: "SELECT customer_id FROM invoices WHERE number = ?", args: [invoiceNumber] };
  const shared = worldQueries();
  const results = await tx.batch([...shared, ...customerQueries(source, true)]);
  const world = readWorld(results.slice(0, shared.length));
  const [stored] = readCustomers(results.slice(shared.length));
  const invoice = stored?.facts.invoices.find(({ number }) => number === invoiceNumber);
  if (!stored || !invoice) throw new AppError("not_found", `there is no invoice ${invoiceNumber}`);
  const { policy } = policyOf(world, stored.policyName);
  const index = policy.stages.findIndex(({ key }) => key === stage);
  if (index < 0) {
    const keys = policy.stages.map(({ key }) => key).join(", ");
    throw new AppError("not_found", `policy "${policy.name}" has no stage ${stage}; it has ${keys}`);
  }
  const context = createContext({ customer: stored.facts, policy, world: worldFacts(world, null), at });
  return { invoice, context, index, next: nextOf(context, invoice), heads: stored.heads };
}

/** The stage that comes next for an invoice; null after the last one, and without a due date. */
export function nextOf(
  { policy, calendar, today }: CustomerContext,
  invoice: InvoiceFacts,
): NextStage | null {
  if (invoice.dueOn === null) return null;
  return nextStage(invoice, effectiveDueOn(invoice.dueOn, calendar), policy, calendar, today);
}

/** Throws `conflict` while a letter about this invoice is under way: what becomes of its stage is not known yet. */
export function refuseUnderWay({ number, hasUnknownOutcome }: InvoiceFacts): void {
  if (hasUnknownOutcome) {
    throw new AppError("conflict", `a reminder of invoice ${number} is on its way; its outcome comes first`);
  }
}

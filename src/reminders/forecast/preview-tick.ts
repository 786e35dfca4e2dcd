import { loadDuePage } from "../../db/due.ts";
import { policyOf } from "../../db/world.ts";
import type { Decision } from "../../domain/decide.ts";
import type { CustomerFacts } from "../../domain/facts.ts";
import { drain, type ProjectedReminder } from "../../domain/project.ts";
import { phaseOf } from "../../domain/sending.ts";
import type { Services } from "../../services.ts";
import { backlogShares } from "../sending/backlog-shares.ts";
import { requireCreditor } from "../sending/drain-due.ts";
import { worldFactsAt } from "../sending/plan-customer.ts";
import type { Send } from "../sending/send-line.ts";
import { toLines } from "./projection-lines.ts";

const CUSTOMERS_A_PAGE = 500;
const ALWAYS = Number.NEGATIVE_INFINITY;

export type TickPreview = {
  lines: Send[];
  /** By reason, invoices that were looked at and would not be reminded. */
  counts: Record<string, number>;
  /** Invoices that would still wait as backlog. */
  backlog: number;
};

/**
 * Decides what a tick would send now, and sends and stores nothing. With `confirmBacklog` as if the backlog were released now;
 * each policy's share a day is then kept, the oldest first. Nothing would be sent while everything is stopped. Throws `invalid` while nobody said who the creditor is.
 */
export async function previewTick(
  services: Pick<Services, "db" | "clock">,
  options: { confirmBacklog: boolean },
): Promise<TickPreview> {
  const at = services.clock();
  const sends: ProjectedReminder[] = [];
  const backlog: ProjectedReminder[] = [];
  const counts: Record<string, number> = {};
  let shares = new Map<string, number>();
  for (let after = ""; ; ) {
    const loaded = await loadDuePage(services.db, { at, after, limit: CUSTOMERS_A_PAGE });
    requireCreditor(loaded);
    const { world, customers } = loaded;
    if (customers.length === 0 || world.stop || phaseOf(world.sending.circuit, at) === "open") break;
    if (after === "") shares = await backlogShares(services.db, { world, at });
    after = customers.at(-1)!.facts.id;
    for (const { facts, policyName } of customers) {
      const { policy } = policyOf(world, policyName);
      const known = worldFactsAt(world, ALWAYS, at);
      if (options.confirmBacklog) known.backlogReleasedAt = at;
      const customer = options.confirmBacklog ? releasedNow(facts) : facts;
      const { sends: leaving, decisions } = drain({ customer, policy, world: known, at });
      for (const send of leaving) (send.reminder.isBacklog ? backlog : sends).push(send);
      countWaiting(counts, decisions, leaving);
    }
  }
  const share = withinShares(backlog, shares);
  return {
    lines: toLines([...sends, ...share]),
    counts,
    backlog: (counts.backlog ?? 0) + countInvoices(backlog) - countInvoices(share),
  };
}

/** What leaves is decided on once more for its next stage, which is not why anything waits now. */
function countWaiting(
  counts: Record<string, number>,
  decisions: Decision[],
  leaving: ProjectedReminder[],
): void {
  const left = new Set(leaving.flatMap(({ reminder }) => reminder.items.map(({ invoice }) => invoice.id)));
  for (const { reason, invoice } of decisions) {
    if (reason && !left.has(invoice.id)) counts[reason] = (counts[reason] ?? 0) + 1;
  }
}

function releasedNow(customer: CustomerFacts): CustomerFacts {
  return {
    ...customer,
    invoices: customer.invoices.map((invoice) => ({ ...invoice, wasKnownAtRelease: true })),
  };
}

function countInvoices(projected: ProjectedReminder[]): number {
  return projected.reduce((sum, { reminder }) => sum + reminder.items.length, 0);
}

function withinShares(backlog: ProjectedReminder[], shares: Map<string, number>): ProjectedReminder[] {
  const left = new Map(shares);
  return [...backlog]
    .sort((a, b) => a.reminder.dueSince - b.reminder.dueSince)
    .filter(({ context: { policy } }) => {
      const share = left.get(policy.name) ?? 0;
      left.set(policy.name, share - 1);
      return share > 0;
    });
}

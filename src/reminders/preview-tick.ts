import { loadDuePage } from "../db/due.ts";
import { policyOf } from "../db/world.ts";
import { drain, type ProjectedReminder } from "../domain/project.ts";
import type { Services } from "../services.ts";
import { worldFacts } from "./plan-customer.ts";
import { toLines } from "./projection-lines.ts";
import { requireCreditor, type SendLine } from "./tick.ts";

const CUSTOMERS_A_PAGE = 500;

/**
 * Decides what a tick would send now, and sends and stores nothing. With `confirmBacklog` as if the backlog were released now;
 * each policy's share a day is then kept, the oldest first. Nothing would be sent while everything is stopped. Throws `invalid` while nobody said who the creditor is.
 */
export async function previewTick(
  services: Pick<Services, "db" | "clock">,
  options: { confirmBacklog: boolean },
): Promise<SendLine[]> {
  const at = services.clock();
  const sends: ProjectedReminder[] = [];
  const backlog: ProjectedReminder[] = [];
  for (let after = ""; ; ) {
    const loaded = await loadDuePage(services.db, { at, after, limit: CUSTOMERS_A_PAGE });
    requireCreditor(loaded);
    const { world, customers } = loaded;
    if (customers.length === 0 || world.stop) break;
    after = customers.at(-1)!.facts.id;
    for (const { facts, policyName } of customers) {
      const { policy } = policyOf(world, policyName);
      const known = worldFacts(world, true);
      if (options.confirmBacklog) known.backlogReleasedAt = at;
      for (const send of drain({ customer: facts, policy, world: known, at }).sends) {
        (send.reminder.isBacklog ? backlog : sends).push(send);
      }
    }
  }
  return toLines([...sends, ...withinShare(backlog)]);
}

function withinShare(backlog: ProjectedReminder[]): ProjectedReminder[] {
  const oldest = ({ reminder }: ProjectedReminder) =>
    Math.min(...reminder.items.map(({ invoice }) => invoice.dueOn!));
  const inOrder = [...backlog].sort((a, b) => oldest(a) - oldest(b));
  const share = inOrder[0]?.context.policy.backlog;
  return share && share.mode !== "send" ? inOrder.slice(0, share.perDay) : inOrder;
}

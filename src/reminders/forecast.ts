import { loadOwingPage } from "../db/due.ts";
import { policyOf } from "../db/world.ts";
import { calendarFor } from "../domain/customer-context.ts";
import { type ProjectedReminder, projectCustomer } from "../domain/project.ts";
import { civilDayAt } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { worldFacts } from "./plan-customer.ts";
import { toLines } from "./projection-lines.ts";
import type { SendLine } from "./tick.ts";

const CUSTOMERS_A_PAGE = 500;

/**
 * What will be sent from now through `days` days from today, if nothing changes: recorded holds and reminders count, approvals
 * are taken as given the same day, payment data as arriving daily. In the order in which it leaves.
 */
export async function forecast(
  services: Pick<Services, "db" | "clock">,
  { days, onProgress }: { days: number; onProgress?: (customers: number) => void },
): Promise<SendLine[]> {
  const at = services.clock();
  const projected: ProjectedReminder[] = [];
  let done = 0;
  for (let after = ""; ; ) {
    const { world, customers } = await loadOwingPage(services.db, { after, limit: CUSTOMERS_A_PAGE });
    if (customers.length === 0) return toLines(projected);
    after = customers.at(-1)!.facts.id;
    done += customers.length;
    onProgress?.(done);
    for (const { facts, policyName } of customers) {
      const { policy } = policyOf(world, policyName);
      const known = {
        ...worldFacts(world, true),
        assumed: { approvals: true, freshLedger: true, noBacklog: false },
      };
      const calendar = calendarFor(facts, policy, known);
      const through = civilDayAt(at, calendar.zone) + days;
      const eventDays = facts.invoices.flatMap(({ issuedOn }) => (issuedOn === null ? [] : [issuedOn]));
      projected.push(
        ...projectCustomer({
          factsOn: () => facts,
          eventDays,
          calendar,
          policy,
          world: known,
          startAt: at,
          through,
        }),
      );
    }
  }
}

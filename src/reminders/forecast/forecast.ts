import { loadOwingPage } from "../../db/due.ts";
import type { StoredCustomer } from "../../db/facts.ts";
import { policyOf, type World } from "../../db/world.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { calendarFor } from "../../domain/customer-context.ts";
import { type ProjectedReminder, projectCustomer } from "../../domain/project.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { backlogShares } from "../sending/backlog-shares.ts";
import { worldFacts } from "../sending/plan-customer.ts";
import type { Send } from "../sending/send-line.ts";
import { toLines } from "./projection-lines.ts";

const CUSTOMERS_A_PAGE = 500;
const ALWAYS = Number.NEGATIVE_INFINITY;

/**
 * What will be sent from now through `days` days from today, if nothing changes: recorded holds and reminders count, approvals
 * are taken as given the same day, payment data as arriving daily; released backlog keeps to each policy's share a day, the oldest
 * first. In the order in which it leaves. With `ownerEmail` to that account owner's customers alone.
 */
export async function forecast(
  services: Pick<Services, "db" | "clock">,
  {
    days,
    ownerEmail,
    onProgress,
  }: { days: number; ownerEmail?: string; onProgress?: (customers: number) => void },
): Promise<Send[]> {
  const at = services.clock();
  const projected: ProjectedReminder[] = [];
  const queued: Queued[] = [];
  let shares = new Map<string, number>();
  let done = 0;
  for (let after = ""; ; ) {
    const { world, customers } = await loadOwingPage(services.db, {
      after,
      limit: CUSTOMERS_A_PAGE,
      ownerEmail,
    });
    if (customers.length === 0) return toLines([...projected, ...spread(queued, shares, at)]);
    if (after === "") shares = await backlogShares(services.db, { world, at });
    after = customers.at(-1)!.facts.id;
    done += customers.length;
    onProgress?.(done);
    for (const stored of customers) {
      const project = (opensOn: CivilDay) => [...projectStored({ stored, world, at, days, opensOn })];
      const reminders = project(ALWAYS);
      const first = reminders.find(({ reminder }) => reminder.isBacklog);
      if (first) queued.push({ first, reminders, project });
      else projected.push(...reminders);
    }
  }
}

/** A customer with released backlog, and what leaves to it if its backlog may leave from a day on. */
type Queued = {
  first: ProjectedReminder;
  reminders: ProjectedReminder[];
  project: (opensOn: CivilDay) => ProjectedReminder[];
};

/** Gives every customer in the queue a day on which there is a share left, the oldest first. */
function spread(queued: Queued[], shares: Map<string, number>, at: Instant): ProjectedReminder[] {
  const used = new Map<string, number>();
  return queued
    .sort((a, b) => a.first.reminder.dueSince - b.first.reminder.dueSince)
    .flatMap(({ first, reminders, project }) => {
      const { policy, calendar } = first.context;
      const today = civilDayAt(at, calendar.zone);
      const perDay = policy.backlog.mode === "send" ? Number.POSITIVE_INFINITY : policy.backlog.perDay;
      const key = (day: CivilDay) => `${policy.name} ${day}`;
      const shareOf = (day: CivilDay) => (day === today ? (shares.get(policy.name) ?? perDay) : perDay);
      let day = first.on;
      while ((used.get(key(day)) ?? 0) >= shareOf(day)) day = calendar.next(day + 1);
      used.set(key(day), (used.get(key(day)) ?? 0) + 1);
      return day === first.on ? reminders : project(day);
    });
}

/** What would leave to one customer in so many days; released backlog from the day `opensOn` on. The first comes first. */
export function projectStored(input: {
  stored: StoredCustomer;
  world: World;
  at: Instant;
  days: number;
  opensOn: CivilDay;
}) {
  const { stored, world, at, days, opensOn } = input;
  const { facts } = stored;
  const { policy } = policyOf(world, stored.policyName);
  const known = {
    ...worldFacts(world, opensOn),
    assumed: { approvals: true, freshLedger: true, noBacklog: false },
  };
  const calendar = calendarFor(facts, policy, known);
  return projectCustomer({
    factsOn: () => facts,
    eventDays: facts.invoices.flatMap(({ issuedOn }) => (issuedOn === null ? [] : [issuedOn])),
    calendar,
    policy,
    world: known,
    startAt: at,
    through: civilDayAt(at, calendar.zone) + days,
  });
}

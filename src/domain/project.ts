import type { Calendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import { type CustomerContext, createContext } from "./customer-context.ts";
import { type Decision, decide } from "./decide.ts";
import type { CustomerFacts, WorldFacts } from "./facts.ts";
import { afterSending, nextReminder, type PlannedReminder } from "./group.ts";
import type { Policy } from "./policy.ts";
import { civilDayAt, type Instant } from "./zone.ts";

/** A reminder that would leave on `on`, the customer's civil day. */
export type ProjectedReminder = {
  on: CivilDay;
  at: Instant;
  reminder: PlannedReminder;
  context: CustomerContext;
};

/** All that leaves to one customer at this moment, each message decided after the one before it, and the last decisions. */
export function drain(input: { customer: CustomerFacts; policy: Policy; world: WorldFacts; at: Instant }): {
  sends: ProjectedReminder[];
  customer: CustomerFacts;
  decisions: Decision[];
} {
  const sends: ProjectedReminder[] = [];
  let customer = input.customer;
  while (true) {
    const context = createContext({ ...input, customer });
    const decisions = customer.invoices.map((invoice) => decide(context, invoice));
    const reminder = nextReminder(decisions, input.policy);
    if (!reminder) return { sends, customer, decisions };
    sends.push({ on: context.today, at: input.at, reminder, context });
    customer = afterSending(customer, reminder, context.today);
  }
}

/**
 * What would be sent to one customer from `startAt` through the civil day `through`, if nothing else changes than `factsOn` says.
 * `factsOn(day)` gives the facts of a day without the projection's own sends; `eventDays` are the days on which they change.
 */
export function* projectCustomer(input: {
  factsOn: (day: CivilDay) => CustomerFacts;
  eventDays: CivilDay[];
  calendar: Calendar;
  policy: Policy;
  world: WorldFacts;
  startAt: Instant;
  through: CivilDay;
}): Generator<ProjectedReminder> {
  const { policy, world, through } = input;
  const eventDays = [...new Set(input.eventDays)].sort((a, b) => a - b);
  const sent: { reminder: PlannedReminder; on: CivilDay }[] = [];
  const { calendar } = input;
  let at: Instant | null = input.startAt;
  while (at !== null) {
    const today = civilDayAt(at, calendar.zone);
    if (today > through) return;
    const facts = sent.reduce(
      (known, { reminder, on }) => afterSending(known, reminder, on),
      input.factsOn(today),
    );
    const { sends, decisions } = drain({ customer: facts, policy, world, at });
    yield* sends;
    sent.push(...sends);
    const event = eventDays.find((day) => day > today);
    const looks = decisions.flatMap(({ lookAt }) => (lookAt === null ? [] : [lookAt]));
    if (event !== undefined) looks.push(calendar.opensAt(calendar.next(event)));
    const next = looks.length ? Math.min(...looks) : null;
    at = next !== null && next <= at ? calendar.opensAt(calendar.next(today + 1)) : next;
  }
}

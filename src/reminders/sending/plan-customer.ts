import type { StoredCustomer } from "../../db/facts.ts";
import type { CustomerLooks, Look } from "../../db/looks.ts";
import { policyOf, type World } from "../../db/world.ts";
import { answerDueAt, openQuestion } from "../../domain/approval.ts";
import type { CivilDay } from "../../domain/civil-date.ts";
import { type CustomerContext, createContext } from "../../domain/customer-context.ts";
import { type Decision, decide } from "../../domain/decide.ts";
import type { CustomerFacts, WorldFacts } from "../../domain/facts.ts";
import { nextReminder, type PlannedReminder } from "../../domain/group.ts";
import { type OwnerAlert, ownerAlerts } from "../../domain/owner-alerts.ts";
import { isLimitReached, LIMIT_LASTS_MS } from "../../domain/sending.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";

/** What is to be done for one customer now. */
export type CustomerPlan = {
  stored: StoredCustomer;
  policyVersion: number;
  context: CustomerContext;
  decisions: Decision[];
  /** Tasks that the calendar sets for people, by invoice id. */
  alerts: { decision: Decision; alert: OwnerAlert }[];
  reminder: PlannedReminder | null;
  looks: CustomerLooks;
};

/** The facts that all share, as the decision sees them; what a tick assumes is nothing. */
export function worldFacts(world: World, backlogOpensOn: CivilDay | null): WorldFacts {
  return {
    creditorTimezone: world.creditor?.timezone ?? null,
    freshThrough: world.freshThrough,
    backlogReleasedAt: world.backlogReleasedAt,
    backlogOpensOn,
    isSendingLimitReached: false,
    assumed: { approvals: false, freshLedger: false, noBacklog: false },
  };
}

/** The same at this moment: with the day's sending limit, which no later day knows of. */
export function worldFactsAt(world: World, backlogOpensOn: CivilDay | null, at: Instant): WorldFacts {
  const isSendingLimitReached = isLimitReached(world.sending.quota, at);
  return { ...worldFacts(world, backlogOpensOn), isSendingLimitReached };
}

/** Decides for everything one customer owes. Pure; `facts` stands in for the stored ones once a reminder has left. */
export function planCustomer(input: {
  stored: StoredCustomer;
  world: World;
  backlogOpensOn: CivilDay | null;
  at: Instant;
  facts?: CustomerFacts;
}): CustomerPlan {
  const { stored, world, at } = input;
  const { policy, version } = policyOf(world, stored.policyName);
  const customer = input.facts ?? stored.facts;
  const known = worldFactsAt(world, input.backlogOpensOn, at);
  const context = createContext({ customer, policy, world: known, at });
  const decisions = customer.invoices.map((invoice) => decide(context, invoice));
  const alerts: CustomerPlan["alerts"] = [];
  const looks: Look[] = [];
  for (const decision of decisions) {
    const { due, lookAt } = ownerAlerts(context, decision.invoice);
    if (due) alerts.push({ decision, alert: due });
    looks.push(
      lookOf(decision, [lookAt, answerLook(stored, context, decision), limitLook(context, decision)]),
    );
  }
  return {
    stored,
    policyVersion: version,
    context,
    decisions,
    alerts,
    reminder: nextReminder(decisions, policy),
    looks: { customerId: customer.id, version: stored.version, looks },
  };
}

/** Whether what is planned may leave at this moment: within hours, on the day that it was decided for. */
export function isStillOpen({ context }: CustomerPlan, at: Instant): boolean {
  const { calendar, today } = context;
  return calendar.isOpenAt(at) && civilDayAt(at, calendar.zone) === today;
}

/** Whether finance is yet to be asked about this decision. */
export function isToBeAsked({ asked }: StoredCustomer, { reason, invoice, stage }: Decision): boolean {
  return reason === "awaiting_approval" && !asked.has(`${invoice.id} ${stage!.key}`);
}

/** When finance's answer is overdue, counted from now where it is about to be asked. */
function answerLook(
  stored: StoredCustomer,
  { at, calendar }: CustomerContext,
  decision: Decision,
): Instant | null {
  if (isToBeAsked(stored, decision)) return answerDueAt(at, calendar);
  if (decision.reason !== "awaiting_approval") return null;
  const question = openQuestion(decision.invoice.approvals, decision.stage!.key);
  if (!question) return null;
  const dueAt = answerDueAt(question.askedAt, calendar);
  return dueAt > at ? dueAt : null;
}

/** The provider's limit is over when its window has room, whatever the day. */
function limitLook({ at }: CustomerContext, { reason }: Decision): Instant | null {
  return reason === "sending_limit" ? at + LIMIT_LASTS_MS : null;
}

function lookOf(decision: Decision, others: (Instant | null)[]): Look {
  const { invoice, reason, lookAt, stageDueOn } = decision;
  const times = [lookAt, ...others].filter((time) => time !== null);
  return {
    invoiceId: invoice.id,
    nextLookAt: times.length ? Math.min(...times) : null,
    waitsFor: reason === "stale_ledger" ? "fresh_ledger" : reason === "backlog" ? "backlog" : null,
    stageDueOn: reason === "backlog" ? stageDueOn : null,
  };
}

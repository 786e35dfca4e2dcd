import type { CustomerFacts, Hold, InvoiceFacts } from "../../src/domain/facts.ts";
import type { Policy, Stage } from "../../src/domain/policy.ts";
import type { Reason } from "../../src/domain/reasons.ts";
import { type Company, zoneOf } from "./company.ts";
import { naiveIsBacklog } from "./naive-backlog.ts";
import { naiveIsSendingDay, naiveIsWithinHours, naiveLocal, naiveRoll } from "./naive-time.ts";

// The rules of the specification's section 2 once more, written from its words alone and day by day: a judge of `decide`.

/** What ought to become of an invoice now: why nothing is sent, or null; the stage it is about, and what may be asked. */
export type Verdict = { reason: Reason | null; stage: string | null; askedMinor: number };

export type Scene = {
  customer: CustomerFacts;
  policy: Policy;
  company: Company;
  at: number;
  today: number;
  minute: number;
  /** Whether released backlog may leave today. */
  hasBacklogShare: boolean;
};

const HELD_WHOLE = ["insolvency", "manual", "plan"] as const;
const HELD_AFTER = ["paid_reported", "reply"] as const;
const DAY_MS = 86_400_000;

export function sceneOf(
  company: Company,
  customer: CustomerFacts,
  at: number,
  hasBacklogShare: boolean,
): Scene {
  const { policy } = company;
  const { day: today, minute } = naiveLocal(at, zoneOf(customer));
  return { customer, policy, company, at, today, minute, hasBacklogShare };
}

/** The verdicts on all that a customer owes. */
export function judge(scene: Scene): Map<string, Verdict> {
  const asked = naiveAsked(scene);
  return new Map(scene.customer.invoices.map((invoice) => [invoice.id, verdictOn(scene, invoice, asked)]));
}

/** By invoice what is left after credit, oldest due first, and after the shares held. */
export function naiveAsked({
  customer,
  today,
}: Scene): Map<string, { netMinor: number; askedMinor: number }> {
  const credit = { ...customer.unallocatedCreditMinor };
  const inOrder = [...customer.invoices].sort(
    (a, b) => (a.dueOn ?? 1e9) - (b.dueOn ?? 1e9) || (a.number < b.number ? -1 : 1),
  );
  const result = new Map<string, { netMinor: number; askedMinor: number }>();
  for (const invoice of inOrder) {
    const isThere = invoice.issuedOn === null || invoice.issuedOn <= today;
    const used = isThere ? Math.min(credit[invoice.currency] ?? 0, invoice.balanceMinor) : 0;
    credit[invoice.currency] = (credit[invoice.currency] ?? 0) - used;
    const netMinor = invoice.balanceMinor - used;
    let askedMinor = netMinor;
    for (const hold of activeHolds(customer, invoice, today)) {
      if (hold.kind === "promise" || hold.kind === "dispute") askedMinor -= hold.amountMinor ?? netMinor;
    }
    result.set(invoice.id, { netMinor, askedMinor: Math.max(0, askedMinor) });
  }
  return result;
}

export function activeHolds(customer: CustomerFacts, invoice: InvoiceFacts, today: number): Hold[] {
  return [...invoice.holds, ...customer.holds].filter(
    ({ endedAt, until }) => endedAt === null && (until === null || until >= today),
  );
}

type Asked = ReturnType<typeof naiveAsked>;

function verdictOn(scene: Scene, invoice: InvoiceFacts, asked: Asked): Verdict {
  const { netMinor, askedMinor } = asked.get(invoice.id)!;
  const next = nextStage(scene, invoice);
  const reason =
    whyNever(scene, invoice, netMinor) ??
    whySmall(scene, invoice, next?.stage ?? null, asked) ??
    (next === null ? "ladder_done" : null) ??
    whyHeld(scene, invoice, askedMinor) ??
    whyWaits(scene, invoice, next!) ??
    whyCustomerWaits(scene, next!.stage, asked) ??
    whyMoment(scene);
  const isOver = reason === "consumer" || reason === "no_due_date" || reason === "paid";
  return { reason, stage: isOver ? null : (next?.stage.key ?? null), askedMinor };
}

function whyNever(scene: Scene, invoice: InvoiceFacts, netMinor: number): Reason | null {
  if (scene.customer.kind === "consumer") return "consumer";
  if (invoice.dueOn === null) return "no_due_date";
  return netMinor === 0 ? "paid" : null;
}

function whySmall(scene: Scene, invoice: InvoiceFacts, stage: Stage | null, asked: Asked): Reason | null {
  const { policy, customer, today } = scene;
  const isThere = (one: InvoiceFacts) => one.issuedOn === null || one.issuedOn <= today;
  if (asked.get(invoice.id)!.askedMinor === 0 || !isThere(invoice)) return null;
  const minimum = stage?.minBalance?.[invoice.currency] ?? policy.minBalance[invoice.currency] ?? 0;
  let total = 0;
  for (const one of customer.invoices) {
    if (one.currency === invoice.currency && isThere(one)) total += asked.get(one.id)!.askedMinor;
  }
  return total < minimum ? "below_minimum" : null;
}

/** The stage after the sternest that is done or lapsed, and from which day it is due; null after the last. */
export function nextStage(
  { policy, customer, today }: Scene,
  invoice: InvoiceFacts,
): { stage: Stage; index: number; dueOn: number } | null {
  const { calendar, stages } = policy;
  const roll = (day: number, step: 1 | -1) => naiveRoll(day, step, calendar, customer.country);
  if (invoice.dueOn === null) return null;
  const dueOn = calendar.rollDueDate ? roll(invoice.dueOn, 1) : invoice.dueOn;
  for (let index = doneThrough(policy, invoice) + 1; index < stages.length; index++) {
    const stage = stages[index]!;
    if (stage.offsetDays < 0) {
      const day = roll(dueOn + stage.offsetDays, -1);
      const isLapsed = today >= dueOn || (invoice.issuedOn !== null && day <= invoice.issuedOn);
      if (!isLapsed) return { stage, index, dueOn: day };
      continue;
    }
    const sentDays = invoice.steps.filter(({ kind }) => kind === "sent").map(({ on }) => on);
    const earliest = [dueOn + stage.offsetDays, invoice.issuedOn ?? 0];
    if (sentDays.length > 0) earliest.push(Math.max(...sentDays) + stage.minGapDays);
    return { stage, index, dueOn: roll(Math.max(...earliest), 1) };
  }
  return null;
}

/** The place of the sternest stage behind the invoice: where the policy has lost it, that of the last one due no later than it was. */
export function doneThrough({ stages }: Policy, { steps }: InvoiceFacts): number {
  const places = steps.map(({ stage, offsetDays = Number.NEGATIVE_INFINITY }) => {
    const place = stages.findIndex(({ key }) => key === stage);
    return place >= 0 ? place : stages.filter((one) => one.offsetDays <= offsetDays).length - 1;
  });
  return Math.max(-1, ...places);
}

function whyHeld({ customer, today }: Scene, invoice: InvoiceFacts, askedMinor: number): Reason | null {
  const kinds = new Set(activeHolds(customer, invoice, today).map(({ kind }) => kind));
  for (const kind of HELD_WHOLE) if (kinds.has(kind)) return `held_${kind}`;
  if (askedMinor === 0 && kinds.has("promise")) return "held_promise";
  if (askedMinor === 0 && kinds.has("dispute")) return "held_dispute";
  for (const kind of HELD_AFTER) if (kinds.has(kind)) return `held_${kind}`;
  return invoice.hasUnknownOutcome ? "unknown_outcome" : null;
}

type Next = NonNullable<ReturnType<typeof nextStage>>;

function whyWaits(scene: Scene, invoice: InvoiceFacts, next: Next): Reason | null {
  const { today, at } = scene;
  const sentToday = invoice.steps.some(({ kind, on }) => kind === "sent" && on === today);
  if (today < next.dueOn || sentToday) return "not_due";
  if (invoice.isMissing || (next.stage.needsFreshLedger && isStale(scene, invoice))) return "stale_ledger";
  const isApproved = invoice.approvals.some(
    ({ stage, approvedAt, endedAt }) =>
      stage === next.stage.key &&
      approvedAt !== null &&
      endedAt === undefined &&
      at - approvedAt < 7 * DAY_MS,
  );
  if (next.stage.approval === "finance" && !isApproved) return "awaiting_approval";
  return isHeldBacklog(scene, invoice, next) ? "backlog" : null;
}

function isStale({ policy, company, customer, today }: Scene, invoice: InvoiceFacts): boolean {
  const { calendar, freshnessDays } = policy;
  if (freshnessDays === null) return false;
  if (company.freshThrough === null) return true;
  const freshOn = naiveLocal(company.freshThrough, zoneOf(customer)).day;
  const dueOn = calendar.rollDueDate
    ? naiveRoll(invoice.dueOn!, 1, calendar, customer.country)
    : invoice.dueOn!;
  if (freshOn <= dueOn) return true;
  let sendingDays = 0;
  for (let day = freshOn + 1; day <= today && sendingDays <= freshnessDays; day++) {
    if (naiveIsSendingDay(day, calendar, customer.country)) sendingDays++;
  }
  return sendingDays > freshnessDays;
}

function isHeldBacklog(scene: Scene, invoice: InvoiceFacts, next: Next): boolean {
  const { policy, company, customer, today, hasBacklogShare } = scene;
  if (policy.backlog.mode === "send" || !naiveIsBacklog(scene, invoice, next, today)) return false;
  if (policy.backlog.mode === "spread") return !hasBacklogShare;
  const { releasedAt } = company;
  if (releasedAt === null || !invoice.wasKnownAtRelease) return true;
  const releasedOn = naiveLocal(releasedAt, zoneOf(customer)).day;
  return !naiveIsBacklog(scene, invoice, next, releasedOn) || !hasBacklogShare;
}

function whyCustomerWaits(scene: Scene, stage: Stage, asked: Asked): Reason | null {
  const { policy, customer, today } = scene;
  const index = policy.stages.indexOf(stage);
  if (customer.invoices.some((invoice) => silencedBelow(scene, invoice, asked) > index)) {
    return "customer_escalated";
  }
  const lastOn = Math.max(Number.NEGATIVE_INFINITY, ...customer.reminderDays);
  const recent = [...customer.reminderDays, ...customer.callDays].filter((day) => today - day < 30);
  const cap = policy.maxContactsPer30Days;
  if (today < lastOn + policy.minContactGapDays || (cap !== null && recent.length >= cap))
    return "contact_gap";
  if (customer.contacts.length === 0) return "no_contact";
  return customer.contacts.every(({ isSuppressed }) => isSuppressed) ? "suppressed" : null;
}

/** Below which stage an unsettled letter about this invoice silences its customer; -1 where none does. */
function silencedBelow({ policy, customer, today }: Scene, invoice: InvoiceFacts, asked: Asked): number {
  if (asked.get(invoice.id)!.netMinor === 0) return -1;
  const isSettled = activeHolds(customer, invoice, today).some(
    ({ kind }) => kind === "plan" || kind === "promise",
  );
  if (isSettled) return -1;
  const silencing = policy.stages.map((stage, index) => {
    const isUnsettled = invoice.steps.some(
      ({ stage: key, kind, on }) =>
        key === stage.key &&
        kind === "sent" &&
        (stage.finalDeadlineDays === null || today <= on + stage.finalDeadlineDays),
    );
    return stage.silencesCustomer && isUnsettled ? index : -1;
  });
  return Math.max(...silencing);
}

function whyMoment({ policy, customer, today, minute }: Scene): Reason | null {
  if (!naiveIsSendingDay(today, policy.calendar, customer.country)) return "not_a_sending_day";
  return naiveIsWithinHours(minute, policy.calendar) ? null : "outside_hours";
}

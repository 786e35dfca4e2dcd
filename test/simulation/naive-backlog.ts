import type { InvoiceFacts } from "../../src/domain/facts.ts";
import { zoneOf } from "./company.ts";
import type { Scene } from "./judge.ts";
import { naiveLocal } from "./naive-time.ts";

const BACKLOG_AFTER_DAYS = 7;

type Days = { first: number; last: number };

/** Whether, by a day, a stage had been due for more than 7 days on which nothing but time kept it from leaving. */
export function naiveIsBacklog(
  scene: Scene,
  invoice: InvoiceFacts,
  next: { stage: { key: string }; index: number; dueOn: number },
  asOf: number,
): boolean {
  const excused = [
    ...heldDays(scene, invoice),
    ...askedDays(scene, invoice, next.stage.key),
    ...silencedDays(scene, next.index),
  ];
  let waited = 0;
  for (let day = asOf; day > next.dueOn && waited <= BACKLOG_AFTER_DAYS; day--) {
    const isExcused = excused.some(({ first, last }) => first <= day && day <= last);
    if (!isExcused && !wasSpacedOut(scene, day)) waited++;
  }
  return waited > BACKLOG_AFTER_DAYS;
}

function heldDays({ customer }: Scene, invoice: InvoiceFacts): Days[] {
  const zone = zoneOf(customer);
  return [...invoice.holds, ...customer.holds].flatMap(({ kind, from, until, endedAt, amountMinor }) => {
    const isShare = (kind === "promise" || kind === "dispute") && amountMinor !== null;
    if (isShare && amountMinor < invoice.balanceMinor) return [];
    const endedOn = endedAt === null ? Number.POSITIVE_INFINITY : naiveLocal(endedAt, zone).day;
    return [{ first: naiveLocal(from, zone).day, last: Math.min(until ?? endedOn, endedOn) }];
  });
}

function askedDays({ customer }: Scene, invoice: InvoiceFacts, stage: string): Days[] {
  const zone = zoneOf(customer);
  const asked = invoice.approvals.filter((approval) => approval.stage === stage);
  return asked.map(({ askedAt, approvedAt, endedAt }) => {
    const answeredAt = approvedAt ?? endedAt;
    const last = answeredAt === undefined ? Number.POSITIVE_INFINITY : naiveLocal(answeredAt, zone).day;
    return { first: naiveLocal(askedAt, zone).day, last };
  });
}

function silencedDays({ customer, policy }: Scene, index: number): Days[] {
  return customer.invoices.flatMap(({ steps }) =>
    steps.flatMap(({ stage: key, kind, on }) => {
      const below = policy.stages.findIndex((stage) => stage.key === key);
      const stage = policy.stages[below];
      if (kind !== "sent" || !stage?.silencesCustomer || index >= below) return [];
      return [{ first: on, last: on + (stage.finalDeadlineDays ?? Number.POSITIVE_INFINITY) }];
    }),
  );
}

function wasSpacedOut({ customer, policy }: Scene, day: number): boolean {
  const { reminderDays, callDays } = customer;
  const { minContactGapDays: gap, maxContactsPer30Days: cap } = policy;
  if (reminderDays.some((on) => on <= day && day < on + gap)) return true;
  if (cap === null) return false;
  const recent = [...reminderDays, ...callDays].filter((on) => on <= day && day - on < 30);
  return recent.length >= cap;
}

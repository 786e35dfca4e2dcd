import type { CivilDay } from "./civil-date.ts";
import type { CustomerFacts } from "./facts.ts";
import type { Policy } from "./policy.ts";

/** Civil days, both included, on which the customer gets no reminder of a stage before `below`. */
export type QuietDays = { first: CivilDay; last: CivilDay; below: number };

/** For how many days a contact counts towards the cap. */
export const CAP_DAYS = 30;

/** Days that a customer's reminders are spaced out by the gap and the cap of contacts, or silenced by a sterner letter. */
export function quietDays(customer: CustomerFacts, policy: Policy): QuietDays[] {
  return [
    ...spacedDays(customer, policy),
    ...cappedDays(customer, policy),
    ...silencedDays(customer, policy),
  ];
}

function spacedDays({ reminderDays }: CustomerFacts, policy: Policy): QuietDays[] {
  return reminderDays.map((day) => ({
    first: day,
    last: day + policy.minContactGapDays - 1,
    below: Number.POSITIVE_INFINITY,
  }));
}

function cappedDays({ reminderDays, callDays }: CustomerFacts, policy: Policy): QuietDays[] {
  const cap = policy.maxContactsPer30Days;
  if (cap === null) return [];
  const days = [...reminderDays, ...callDays].sort((a, b) => a - b);
  return days
    .slice(cap - 1)
    .map((day, i) => ({ first: day, last: days[i]! + CAP_DAYS - 1, below: Number.POSITIVE_INFINITY }));
}

function silencedDays({ invoices }: CustomerFacts, policy: Policy): QuietDays[] {
  const days: QuietDays[] = [];
  for (const { steps } of invoices) {
    for (const { stage, kind, on } of steps) {
      const below = policy.stages.findIndex(({ key }) => key === stage);
      const silencing = policy.stages[below];
      if (kind !== "sent" || !silencing?.silencesCustomer) continue;
      days.push({ first: on, last: on + (silencing.finalDeadlineDays ?? Number.POSITIVE_INFINITY), below });
    }
  }
  return days;
}

import type { CivilDay } from "./civil-date.ts";
import type { Decision } from "./decide.ts";
import type { CustomerFacts, InvoiceFacts, StageStep } from "./facts.ts";
import type { Policy } from "./policy.ts";

/** One message to one customer: the invoices whose stage is due, in the tone of the sternest. */
export type PlannedReminder = {
  stageIndex: number;
  stage: string;
  items: { invoice: InvoiceFacts; stage: string; askedMinor: number }[];
  isBacklog: boolean;
  /** Since when the longest waiting of its stages has been due. */
  dueSince: CivilDay;
};

/**
 * The one message that leaves next to a customer, or null. The sternest goes first; a stage with `alone` shares its letter only
 * with invoices at the same stage. What is left over is decided anew once this one has left.
 */
export function nextReminder(decisions: Decision[], policy: Policy): PlannedReminder | null {
  const sends = decisions.filter((decision) => decision.action === "send");
  if (sends.length === 0) return null;
  const sternest = Math.max(...sends.map((decision) => decision.stageIndex));
  const isAlone = (index: number) => policy.stages[index]!.alone;
  const together = sends.filter((decision) =>
    isAlone(sternest) ? decision.stageIndex === sternest : !isAlone(decision.stageIndex),
  );
  return {
    stageIndex: sternest,
    stage: policy.stages[sternest]!.key,
    items: together.map(({ invoice, stage, askedMinor }) => ({ invoice, stage: stage!.key, askedMinor })),
    isBacklog: together.some((decision) => decision.isBacklog),
    dueSince: Math.min(...together.map(({ stageDueOn }) => stageDueOn!)),
  };
}

/** The customer's facts after this reminder left on `on`. */
export function afterSending(
  customer: CustomerFacts,
  reminder: PlannedReminder,
  on: CivilDay,
): CustomerFacts {
  const sent = new Map(reminder.items.map(({ invoice, stage }) => [invoice.id, stage]));
  const invoices = customer.invoices.map((invoice) => {
    const stage = sent.get(invoice.id);
    if (stage === undefined) return invoice;
    const step: StageStep = { stage, kind: "sent", on };
    return { ...invoice, steps: [...invoice.steps, step] };
  });
  return { ...customer, invoices, reminderDays: [...customer.reminderDays, on] };
}

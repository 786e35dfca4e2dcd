import type { Calendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import type { InvoiceFacts, StageStep } from "./facts.ts";
import type { Policy, Stage } from "./policy.ts";

/** The stage that comes next and the sending day from which it is due; `lapsesOn` is the day on which it lapses. */
export type NextStage = { stage: Stage; index: number; dueOn: CivilDay; lapsesOn: CivilDay | null };

/** The due date that counts: with `rollDueDate`, one on a non-sending day counts as the next sending day. */
export function effectiveDueOn(dueOn: CivilDay, calendar: Calendar): CivilDay {
  return calendar.rules.rollDueDate ? calendar.next(dueOn) : dueOn;
}

/**
 * The first stage after the sternest that was sent, waived or lapsed; null after the last one.
 * Before the due date a stage is due on `due_on + offsetDays` rolled back, and lapses if that is on or before `issued_on`
 * and on the due date itself. From the due date on it is due on `max(due_on + offsetDays, last_sent_on + minGapDays)`
 * rolled forward, and never lapses.
 */
export function nextStage(
  invoice: InvoiceFacts,
  dueOn: CivilDay,
  policy: Policy,
  calendar: Calendar,
  today: CivilDay,
): NextStage | null {
  const lastSentOn = lastSent(invoice);
  for (let index = sternestDone(invoice, policy) + 1; index < policy.stages.length; index++) {
    const stage = policy.stages[index]!;
    if (stage.offsetDays >= 0) {
      return {
        stage,
        index,
        dueOn: dueFrom(stage, dueOn, lastSentOn, invoice.issuedOn, calendar),
        lapsesOn: null,
      };
    }
    const day = calendar.previous(dueOn + stage.offsetDays);
    const hasLapsed = today >= dueOn || (invoice.issuedOn !== null && day <= invoice.issuedOn);
    if (hasLapsed) continue;
    return { stage, index, dueOn: day, lapsesOn: dueOn };
  }
  return null;
}

export function lastSent(invoice: InvoiceFacts): CivilDay | null {
  let last: CivilDay | null = null;
  for (const step of invoice.steps) {
    if (step.kind === "sent" && (last === null || step.on > last)) last = step.on;
  }
  return last;
}

function dueFrom(
  stage: Stage,
  dueOn: CivilDay,
  lastSentOn: CivilDay | null,
  issuedOn: CivilDay | null,
  calendar: Calendar,
): CivilDay {
  let day = dueOn + stage.offsetDays;
  if (lastSentOn !== null) day = Math.max(day, lastSentOn + stage.minGapDays);
  if (issuedOn !== null) day = Math.max(day, issuedOn);
  return calendar.next(day);
}

/** Where a step stands on the ladder; one of a stage that this policy does not have, beside the last that is no later. -1 before all. */
function placeOf({ stage: key, offsetDays }: StageStep, { stages }: Policy): number {
  const place = stages.findIndex((stage) => stage.key === key);
  if (place >= 0 || offsetDays === undefined) return place;
  return stages.findLastIndex((stage) => stage.offsetDays <= offsetDays);
}

function sternestDone(invoice: InvoiceFacts, policy: Policy): number {
  let sternest = -1;
  for (const step of invoice.steps) {
    sternest = Math.max(sternest, placeOf(step, policy));
  }
  return sternest;
}

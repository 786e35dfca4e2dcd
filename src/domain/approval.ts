import type { Calendar } from "./calendar.ts";
import type { Approval } from "./facts.ts";
import { civilDayAt, type Instant } from "./zone.ts";

/** How long finance's word holds. */
export const APPROVAL_LASTS_MS = 7 * 24 * 3600 * 1000;

const ANSWER_WITHIN_SENDING_DAYS = 3;

/** Whether finance has said that this stage may leave now: a word that was not closed or voided since, and is less than 7 days old. */
export function isApprovedAt(approval: Approval, stage: string, at: Instant): boolean {
  const { approvedAt, endedAt } = approval;
  if (approval.stage !== stage || endedAt !== undefined || approvedAt === null) return false;
  return at < approvedAt + APPROVAL_LASTS_MS;
}

/** The question about this stage that finance has not answered yet, if there is one. */
export function openQuestion(approvals: Approval[], stage: string): Approval | undefined {
  return approvals.find(
    (approval) => approval.stage === stage && approval.approvedAt === null && approval.endedAt === undefined,
  );
}

/** From when on a question asked then is overdue: the opening of the third sending day after the day it was asked. */
export function answerDueAt(askedAt: Instant, calendar: Calendar): Instant {
  return calendar.opensAt(calendar.add(civilDayAt(askedAt, calendar.zone), ANSWER_WITHIN_SENDING_DAYS));
}

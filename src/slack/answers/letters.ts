import { isIdOf } from "../../domain/ids.ts";
import { approveReminder } from "../../reminders/decisions/approve-reminder.ts";
import { declineReminder } from "../../reminders/decisions/decline-reminder.ts";
import { objectToReminder } from "../../reminders/decisions/object-to-reminder.ts";
import { postponeReminder } from "../../reminders/decisions/postpone-reminder.ts";
import { settleNotice } from "../../reminders/notices/settle-notice.ts";
import { type OutcomeWord, settleReminder } from "../../reminders/outcomes/settle-reminder.ts";
import { dayIn } from "../forms.ts";
import type { AnswerListener } from "../press.ts";
import { decision } from "./decision.ts";

export const approveLetter = decision((services, { id, author }) =>
  approveReminder(services, { asked: id, author }),
);

export const postponeLetter = decision(
  (services, { id, author, values: { askAgainAfter, reason } }) =>
    postponeReminder(services, { asked: id, author, until: dayIn(askAgainAfter), reason }),
  [
    { id: "askAgainAfter", type: "date" },
    { id: "reason", type: "line", isOptional: true },
  ],
);

export const declineLetter = decision(
  (services, { id, author, values: { reason = "" } }) =>
    declineReminder(services, { asked: id, author, reason }),
  [{ id: "reason", type: "line" }],
);

/** Finance reads why, and goes on to decide. */
export const objectToLetter = decision(
  (services, { id, author, values: { reason = "" } }) =>
    objectToReminder(services, { asked: id, author, reason }),
  [{ id: "reason", type: "lines" }],
);

export const itLeft = outcome("sent");
export const itStayed = outcome("not_sent");

/** A person's word on a mail of which nobody knows whether it left. */
function outcome(outcome: OutcomeWord["outcome"]): AnswerListener {
  return decision(
    (services, { id, author, values: { howKnown = "" } }) => {
      const settle = isIdOf("ntc", id) ? settleNotice : settleReminder;
      return settle(services, { asked: id, outcome, reason: howKnown, author });
    },
    [{ id: "howKnown", type: "line" }],
  );
}

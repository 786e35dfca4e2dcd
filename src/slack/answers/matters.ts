import { DISPUTE_OUTCOMES, type DisputeOutcome } from "../../domain/dispute.ts";
import { isFinance } from "../../domain/permissions.ts";
import { acceptPromise } from "../../reminders/accept-promise.ts";
import { acceptProposal } from "../../reminders/accept-proposal.ts";
import { approveReminder } from "../../reminders/approve-reminder.ts";
import { closeDispute } from "../../reminders/close-dispute.ts";
import { confirmContact } from "../../reminders/confirm-contact.ts";
import { decidePlan } from "../../reminders/decide-plan.ts";
import { declineContact } from "../../reminders/decline-contact.ts";
import { declinePromise } from "../../reminders/decline-promise.ts";
import { declineReminder } from "../../reminders/decline-reminder.ts";
import { handleReply } from "../../reminders/handle-reply.ts";
import { releaseBacklog } from "../../reminders/release-backlog.ts";
import type { Services } from "../../services.ts";
import type { Field } from "../forms.ts";
import type { AnswerListener, Deed } from "../press.ts";

const ANSWER: Field = { id: "answer", type: "lines", isOptional: true };

export const approveLetter = decision((services, { id, author }) =>
  approveReminder(services, { asked: id, author }),
);

export const declineLetter = decision(
  (services, { id, author, values }) =>
    declineReminder(services, { asked: id, author, reason: values.reason ?? "" }),
  [{ id: "reason", type: "line" }],
);

export const acceptDate = decision((services, { id, author }) =>
  acceptPromise(services, { promiseId: id, author }),
);

export const declineDate = decision(
  (services, { id, author, values }) =>
    declinePromise(services, { promiseId: id, author, answer: values.answer }),
  [ANSWER],
);

export const agreeToPlan = decision((services, { id, author }) =>
  decidePlan(services, { planId: id, author, decision: "approve" }),
);

export const declinePlan = decision(
  (services, { id, author, values }) =>
    decidePlan(services, { planId: id, author, decision: "decline", answer: values.answer }),
  [ANSWER],
);

export const closeQuery = decision(
  (services, { id, author, values, by }) =>
    closeDispute(services, {
      disputeId: id,
      as: values.outcome as DisputeOutcome,
      answer: values.answer,
      author,
      by,
    }),
  [{ id: "outcome", type: "choice", choices: [...DISPUTE_OUTCOMES] }, ANSWER],
);

export const confirmNamed = decision((services, { id, author }) => confirmContact(services, { id, author }));

export const leaveNamed = decision((services, { id, author }) => declineContact(services, { id, author }));

export const acceptProposed = decision((services, { id, author, by }) =>
  acceptProposal(services, { replyId: id, author, by }),
);

export const answered = decision((services, { id, author }) =>
  handleReply(services, { replyId: id, author }),
);

export const release: AnswerListener = {
  async act(services, { answerer }) {
    await releaseBacklog(services, answerer);
  },
};

type Decision = Pick<Deed, "values"> & { id: string; author: string; by: "owner" | "finance" };

/** An answer to a matter with an id of its own. */
function decision(
  decide: (services: Services, decision: Decision) => Promise<unknown>,
  fields?: Field[],
): AnswerListener {
  return {
    fields: fields && (() => fields),
    async act(services, { alert, answerer, values }) {
      const by = isFinance(answerer.standings) ? "finance" : "owner";
      await decide(services, { id: alert.about!, author: answerer.author, values, by });
    },
  };
}

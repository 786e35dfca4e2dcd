import { DISPUTE_OUTCOMES, type DisputeOutcome } from "../../domain/dispute.ts";
import { acceptPromise } from "../../reminders/agreements/accept-promise.ts";
import { closeDispute } from "../../reminders/agreements/close-dispute.ts";
import { declinePromise } from "../../reminders/agreements/decline-promise.ts";
import { acceptProposal } from "../../reminders/replies/accept-proposal.ts";
import { handleReply } from "../../reminders/replies/handle-reply.ts";
import { releaseBacklog } from "../../reminders/sending/release-backlog.ts";
import type { AnswerListener } from "../press.ts";
import { ANSWER, decision } from "./decision.ts";

export const acceptDate = decision((services, { id, author }) =>
  acceptPromise(services, { promiseId: id, author }),
);

export const declineDate = decision(
  (services, { id, author, values }) =>
    declinePromise(services, { promiseId: id, author, answer: values.answer }),
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

import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { acceptProposal } from "./accept-proposal.ts";
import type { RecordedReply } from "./record-reply.ts";

/**
 * Records the promise that a reply makes, where the policy says so and nothing is left to ask (`RecordedReply.isClear`). What cannot be
 * recorded after all, since it contradicts what is on record, waits for a person like any other.
 */
export async function acceptByPolicy(services: Services, { id, isClear }: RecordedReply): Promise<void> {
  if (!isClear) return;
  try {
    await acceptProposal(services, { replyId: id, author: "policy", by: "debtor" });
  } catch (error) {
    if (!(error instanceof AppError) || error.retry) throw error;
  }
}

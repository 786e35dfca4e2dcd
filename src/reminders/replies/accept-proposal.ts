import type { Proposal } from "../../domain/reply/proposal.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { within } from "../within.ts";
import { type Carrying, carryOut } from "./carry-out-proposal.ts";
import { claimReply, findReply, recordDecision } from "./decided-reply.ts";

export type Acceptance = Pick<Carrying, "author" | "email"> & {
  replyId: string;
  /** Within what bounds: the owner's and the debtor's are the policy's, finance has none. `owner` unless told otherwise. */
  by?: Carrying["by"];
};

/**
 * Does what is proposed about a reply, once, and ends what the reply held, all of it in one transaction. Throws `not_found`; `conflict` where somebody decided already,
 * saying who; `invalid` where a person has to answer, or an address is missing; and what the use case throws that does it: then it is open
 * as before.
 */
export async function acceptProposal(
  services: Services,
  { replyId, author, by = "owner", email }: Acceptance,
): Promise<{ id: string; action: Proposal["action"] }> {
  const { proposal, customerId } = await findReply(services.db, replyId);
  if (!proposal || customerId === null)
    throw new AppError("invalid", `reply ${replyId} is for a person to answer`);
  await services.db.write(async (tx) => {
    const writing = within(services, tx);
    const reply = await claimReply(writing, replyId, author);
    await carryOut(writing, proposal, { reply: { ...reply, customerId }, author, by, email });
    await recordDecision(writing, reply, { state: "accepted", author, action: proposal.action });
  });
  return { id: replyId, action: proposal.action };
}

import type { Services } from "../../services.ts";
import { claimReply, recordDecision } from "./decided-reply.ts";

/** Records that a person answered a reply, and ends what it held. Throws `not_found`, and `conflict` where somebody decided already, saying who. */
export async function handleReply(
  services: Services,
  { replyId, author }: { replyId: string; author: string },
): Promise<{ id: string }> {
  const reply = await claimReply(services, replyId, author);
  await recordDecision(services, reply, { state: "handled", author });
  return { id: replyId };
}

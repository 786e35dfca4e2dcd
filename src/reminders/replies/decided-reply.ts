import {
  claimReplyStatement,
  decideReplyStatement,
  type ReplyWithInvoices,
  readReplies,
  replyQuery,
} from "../../db/replies.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { dropHold, openCase, writeCase } from "../agreements/debtor-case.ts";
import { enter } from "../recording.ts";

const CLAIMED_FOR_MS = 5 * 60 * 1000;

/** A reply as it stands. Throws `not_found`. */
export async function findReply(db: Services["db"], id: string): Promise<ReplyWithInvoices> {
  const [reply] = readReplies(await db.client.execute(replyQuery(id)));
  if (!reply) throw new AppError("not_found", `there is no reply ${id}`);
  return reply;
}

/** Gives a reply to one person to decide about. Throws `not_found`, and `conflict` saying who was first. */
export async function claimReply(
  { db, clock }: Services,
  id: string,
  author: string,
): Promise<ReplyWithInvoices> {
  const reply = await findReply(db, id);
  const at = clock();
  const [claimed] = await db.batch([
    claimReplyStatement(id, { author, at, staleBefore: at - CLAIMED_FOR_MS }),
  ]);
  if (claimed!.rowsAffected > 0) return reply;
  const { state, decidedBy, decidedAt } = await findReply(db, id);
  if (state === "noted") throw new AppError("conflict", `reply ${id} asks for nobody's decision`);
  const what = state === "accepting" ? "is being decided" : `was ${state}`;
  const when = new Date(decidedAt!).toISOString().slice(0, 16).replace("T", " ");
  throw new AppError("conflict", `reply ${id} ${what} by ${decidedBy} (${when} UTC)`);
}

/** Records what a person decided about a reply, and ends what it held. */
export async function recordDecision(
  { db, clock }: Services,
  { id, customerId, invoices }: ReplyWithInvoices,
  { state, author, action }: { state: "accepted" | "handled"; author: string; action?: string },
): Promise<void> {
  const at = clock();
  const decided = decideReplyStatement(id, { state, author, at });
  if (invoices.length === 0) {
    await db.batch([decided]);
    return;
  }
  const numbers = invoices.map(({ number }) => number);
  await db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author, at, customerId: customerId ?? undefined });
    for (const { holdId } of invoices) dropHold(matter, holdId);
    for (const invoice of matter.invoices)
      enter(matter.recording, invoice.id, `reply_${state}`, { reply: id, action });
    matter.statements.push(decided);
    await writeCase(tx, matter);
  });
}

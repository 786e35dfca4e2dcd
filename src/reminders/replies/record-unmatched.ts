import type { InStatement, Transaction } from "@libsql/client";
import { addAlerts, countAsking, type NewAlert } from "../../db/alerts.ts";
import { type NewReply, putReplyStatements } from "../../db/replies.ts";
import { readWorld, worldQueries } from "../../db/world.ts";
import type { Instant } from "../../domain/zone.ts";
import { serviceProblem } from "../alerts/service-problem.ts";
import { detailsOf, noteOf } from "./reply-alerts.ts";

/** Anybody may write to us: more than these are told of as one, so that a flood hides nothing else. */
const MOST_AN_HOUR = 10;
const HOUR_MS = 3_600_000;

/** Keeps a mail of nobody on record: for finance to read, unless a machine or a spammer wrote it. */
export async function recordUnmatched(
  tx: Transaction,
  reply: NewReply,
  { at, isHarmful }: { at: Instant; isHarmful: boolean },
): Promise<void> {
  const statements: InStatement[] = [];
  if (isHarmful) reply.state = "noted";
  if (reply.state === "open") {
    reply.proposal = { action: "answer" };
    const { creditor } = readWorld(await tx.batch(worldQueries()));
    const told = await countAsking(tx, "reply_unmatched", at - HOUR_MS);
    const alert = told < MOST_AN_HOUR ? unmatchedAlert(reply) : manyUnmatchedAlert(at);
    statements.push(addAlerts([{ ...alert, toEmail: creditor?.financeOwner ?? null }], at));
  }
  await tx.batch([...putReplyStatements(reply, []), ...statements]);
}

function unmatchedAlert(reply: NewReply): Omit<NewAlert, "toEmail"> {
  return {
    fact: `reply_unmatched ${reply.id}`,
    about: reply.id,
    kind: "reply_unmatched",
    customerId: null,
    invoiceId: null,
    payload: {
      customer: null,
      invoices: [],
      note: noteOf(reply).join(" · "),
      details: detailsOf(reply),
    },
  };
}

function manyUnmatchedAlert(at: Instant): NewAlert {
  return serviceProblem(
    `many_unmatched ${Math.floor(at / HOUR_MS)}`,
    "More mails than can be told one by one fit nothing on record: `dunwell replies` lists them.",
  );
}

import { askAgainStatement, listRepliesToAskAgain, type ReplyWithInvoices } from "../../db/replies.ts";
import { lastAskAgainAt } from "../../domain/reply/ask-again.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { type DebtorCase, openCase, writeCase } from "../agreements/debtor-case.ts";
import { enoughFor, type Worked, workThrough } from "../work-through.ts";
import { askAboutReply } from "./reply-alerts.ts";

const MOST_A_RUN = 500;

/**
 * Asks people again about replies that nobody handled, before the holds end that they set: the account owner on the last sending day but
 * one, finance on the last. Each in a transaction of its own; one that fails is logged and comes again.
 */
export async function askAboutReplies(
  { db, clock, log }: Services,
  { limit = MOST_A_RUN }: { limit?: number } = {},
): Promise<Worked> {
  const at = clock();
  const most = Math.min(limit, MOST_A_RUN);
  return workThrough(await listRepliesToAskAgain(db, at, enoughFor(most)), {
    limit: most,
    work: (reply) => ask(db, reply, at),
    onFailed: ({ id: reply }, error) => log("error", "reply_failed", { reply, error }),
  });
}

function ask(db: Services["db"], reply: ReplyWithInvoices, at: Instant): Promise<void> {
  const numbers = reply.invoices.map(({ number }) => number);
  return db.write(async (tx) => {
    const matter = await openCase(tx, { numbers, author: "clock", at });
    const lastAt = lastAskOf(matter, reply);
    if (lastAt !== null) {
      askAboutReply(matter, reply, "owner");
      if (lastAt <= at) askAboutReply(matter, reply, "finance");
    }
    const nextAt = lastAt === null || lastAt <= at ? null : lastAt;
    matter.statements.push(askAgainStatement(reply.id, nextAt));
    await writeCase(tx, matter);
  });
}

/** The last sending day of what the reply still holds; null where somebody ended it. */
function lastAskOf({ holds, context }: DebtorCase, { invoices }: ReplyWithInvoices): Instant | null {
  const ids = new Set(invoices.map(({ holdId }) => holdId));
  const until = holds.find(({ id }) => ids.has(id))?.until ?? null;
  return until === null ? null : lastAskAgainAt({ until, calendar: context.calendar });
}

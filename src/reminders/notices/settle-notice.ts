import {
  isBeingSent,
  noticesByIdQuery,
  planAgain,
  readNotices,
  type StoredNotice,
} from "../../db/notice-outcomes.ts";
import { moveNotices } from "../../db/notice-sending.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { type OutcomeWord, reasonIn } from "../outcomes/settle-reminder.ts";
import { recorded } from "./notice-results.ts";

const KINDS = { sent: "notice_sent", not_sent: "notice_failed" } as const;

/**
 * Settles, by a person's word, a notice of which nobody knows whether it left: `not_sent` sends what it says again, under an id of
 * its own. Throws `not_found`, `invalid` without a reason, `conflict` where the outcome is known or about to be.
 */
export async function settleNotice(
  services: Pick<Services, "db" | "clock">,
  word: OutcomeWord,
): Promise<{ notice: string; kind: string; invoices: string[] }> {
  const { asked, outcome, author } = word;
  const reason = reasonIn(word);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const [notice] = readNotices(await tx.execute(noticesByIdQuery([asked])));
    if (!notice) throw new AppError("not_found", `there is no notice ${asked}`);
    refuseKnown(notice, at);
    const { id, kind, state, invoices } = notice;
    const result = recorded(notice, at, KINDS[outcome], { reason, was: state }, author);
    await moveNotices(tx, {
      from: [state],
      results: [
        outcome === "sent" ? { ...result, state: "sent" } : { ...result, state: "failed", failure: reason },
      ],
      at,
      besides: outcome === "sent" ? [] : planAgain(id, at),
    });
    return { notice: id, kind, invoices: invoices.map(({ number }) => number) };
  });
}

function refuseKnown(notice: StoredNotice, at: Instant): void {
  const { id, state } = notice;
  if (state === "planned" || isBeingSent(notice, at))
    throw new AppError("conflict", `notice ${id} is on its way: it leaves, and is answered, by itself`);
  if (state !== "sending" && state !== "unknown")
    throw new AppError("conflict", `what became of notice ${id} is known: it is ${state}`);
}

import type { Transaction } from "@libsql/client";
import { addAlerts } from "../../db/alerts.ts";
import { deliveriesQuery, readDeliveries } from "../../db/deliveries.ts";
import {
  isBeingSent,
  lostNoticesQuery,
  noticesByIdQuery,
  planAgain,
  readNotices,
  type StoredNotice,
  stopAwaiting,
} from "../../db/notice-outcomes.ts";
import { moveNotices } from "../../db/notice-sending.ts";
import { type DeliveryEvent, isFaultOfMail, isMiss, stateByEvents } from "../../domain/delivery.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { failed, recorded, unknown, unknownAlert } from "./notice-results.ts";

const NOTICES_A_RUN = 100;

/**
 * Settles notices of which nobody knows whether they left: by the provider's events where there are any; else they count as unknown
 * from the end of their lease on, and when no event came in time either, whoever runs the service is told.
 */
export async function settleLostNotices(
  services: Pick<Services, "db" | "clock" | "log" | "settings">,
): Promise<void> {
  const { db, clock, log, settings } = services;
  const at = clock();
  const isRehearsal = settings.MAIL_REDIRECT_TO !== undefined;
  await db.write(async (tx) => {
    const lost = readNotices(await tx.execute(lostNoticesQuery(at, NOTICES_A_RUN)));
    const events = readDeliveries(await tx.execute(deliveriesQuery(lost.map(({ id }) => id))));
    for (const notice of lost) {
      log("warn", "notice_lost", { notice: notice.id, state: notice.state });
      const about = events.filter(({ mailId }) => mailId === notice.id);
      if (about.length > 0) await settle(tx, { notice, events: about, at, isRehearsal });
      else if (notice.state === "sending") {
        const results = [unknown(notice, at, "the process that sent it ended")];
        await moveNotices(tx, { from: ["sending"], results, at });
      } else await tx.batch([addAlerts([unknownAlert(notice)], at), stopAwaiting([notice.id])]);
    }
  });
}

/**
 * What the provider's events so far come to for a notice, within a transaction. One that is just being sent waits for the
 * mailer's own answer.
 */
export async function settleByEvents(
  tx: Transaction,
  about: { noticeId: string; events: DeliveryEvent[]; at: Instant; isRehearsal: boolean },
): Promise<void> {
  const { noticeId, at } = about;
  const [notice] = readNotices(await tx.execute(noticesByIdQuery([noticeId])));
  if (!notice || isBeingSent(notice, at)) return;
  await settle(tx, { ...about, notice });
}

type Settled = { notice: StoredNotice; events: DeliveryEvent[]; at: Instant; isRehearsal: boolean };

async function settle(tx: Transaction, { notice, events, at, isRehearsal }: Settled): Promise<void> {
  if (stateByEvents(notice.recipients, events) !== "bounced") {
    const evidence = { evidence: events[0]!.kind };
    const entry = recorded(notice, at, "notice_sent", evidence, "provider");
    const results = [{ ...entry, state: "sent" as const }];
    return moveNotices(tx, { from: ["sending", "unknown", "failed"], results, at });
  }
  // Addresses that bounced for good are suppressed by now: the next contact gets it, or the owner is told that nobody is left.
  const isMissed = events.some(isMiss);
  const isForNext = !isMissed && !isRehearsal && !events.some(isFaultOfMail);
  const because = { because: isForNext || isMissed ? "bounced" : "refused" };
  const entry = recorded(notice, at, "notice_failed", because, "provider");
  await moveNotices(tx, {
    from: ["sending", "unknown", "sent"],
    results: [isForNext ? { ...entry, state: "failed", failure: "bounced" } : failed(notice, at, because)],
    at,
    besides: isForNext ? planAgain(notice.id, at) : [],
  });
}

import type { Transaction } from "@libsql/client";
import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import { noticesByIdQuery, readNotices } from "../../db/notice-outcomes.ts";
import { moveNotices } from "../../db/notice-sending.ts";
import { moveStatements, readReminders, remindersQuery } from "../../db/reminder-outcomes.ts";
import type { KnownOutcomes, KnownReminder } from "../../db/replaced.ts";
import type { LedgerKind } from "../../domain/ledger.ts";
import { canMove, type ReminderState } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { cancelled } from "../notices/notice-results.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "../recording.ts";

const BECAUSE = "so says the database that the backup replaced";
const LEDGER_KINDS: Partial<Record<ReminderState, LedgerKind>> = {
  sent: "reminder_sent",
  delivered: "reminder_delivered",
  bounced: "reminder_bounced",
  complained: "reminder_complained",
  deferred: "reminder_deferred",
  failed: "reminder_failed",
};

/**
 * Takes over what the replaced database knows and a backup does not: what became of reminders that were under way, and which of the
 * planned notices have left, which are cancelled. The ledgers tell of it.
 */
export async function takeOutcomes(
  { db, clock }: Pick<Services, "db" | "clock">,
  { reminders, notices }: KnownOutcomes,
  author: string,
): Promise<void> {
  const at = clock();
  await db.write(async (tx) => {
    await takeReminders(tx, reminders, startRecording({ at, author }));
    await cancelNotices(tx, notices, at);
  });
}

async function takeReminders(tx: Transaction, known: KnownReminder[], recording: Recording): Promise<void> {
  const byId = new Map(known.map((one) => [one.id, one]));
  for (const reminder of readReminders(await tx.execute(remindersQuery([...byId.keys()])))) {
    const { id, state: was, items, customerId } = reminder;
    const { state, messageId, providerId } = byId.get(id)!;
    const kind = LEDGER_KINDS[state];
    if (!["sending", "unknown"].includes(was) || !kind || !canMove(was, state)) continue;
    for (const { invoiceId, stage } of items) {
      enter(recording, invoiceId, kind, { reminder: id, stage, was, because: BECAUSE });
      if (state !== "bounced") continue;
      enter(recording, invoiceId, "stage_reset", { reminder: id, stage, reason: "nobody was reached" });
    }
    touch(recording, customerId);
    await tx.batch([
      ...moveStatements(reminder, state, { at: recording.at, settledBy: "evidence", failure: null }),
      {
        sql: "UPDATE reminders SET message_id = ?, provider_id = ? WHERE id = ?",
        args: [messageId, providerId, id],
      },
    ]);
  }
  const invoiceIds = recording.changes.ledger.map(({ invoiceId }) => invoiceId);
  const heads = readHeads(await tx.execute(ledgerHeadsQuery([...new Set(invoiceIds)])));
  await writeRecording(tx, recording, heads);
}

async function cancelNotices(tx: Transaction, ids: string[], at: Instant): Promise<void> {
  const notices = readNotices(await tx.execute(noticesByIdQuery(ids)));
  const results = notices.map((notice) => cancelled(notice, `it has left, ${BECAUSE}`));
  await moveNotices(tx, { from: ["planned"], results, at });
}

import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import {
  moveStatements,
  readReminders,
  reminderAskedQuery,
  type StoredReminder,
} from "../../db/reminder-outcomes.ts";
import { meaningOf, type ReminderState } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { enter, startRecording, touch, writeRecording } from "../recording.ts";
import { isOnItsWay } from "./evidence.ts";

/** A person's word on a mail (`asked`: its id, or of a reminder the number of an invoice in it): it left, or it did not. */
export type OutcomeWord = { asked: string; outcome: "sent" | "not_sent"; reason: string; author: string };

const STATES = { sent: "sent", not_sent: "failed" } as const;
const KINDS = { sent: "reminder_sent", not_sent: "reminder_failed" } as const;

/**
 * Settles, by a person's word, an outcome that nobody knows: `sent` counts as the stage, `not_sent` lets the stage come again.
 * Throws `not_found`, `invalid` without a reason, `conflict` where the outcome is known or about to be.
 */
export async function settleReminder(
  services: Pick<Services, "db" | "clock">,
  word: OutcomeWord,
): Promise<{ reminder: string; stage: string; invoices: string[]; state: ReminderState }> {
  const { asked, outcome, author } = word;
  const reason = reasonIn(word);
  const at = services.clock();
  return services.db.write(async (tx) => {
    const [reminder] = readReminders(await tx.execute(reminderAskedQuery(asked)));
    if (!reminder)
      throw new AppError("not_found", `there is no reminder ${asked}, nor one of an invoice ${asked}`);
    refuseKnown(reminder, at);
    const { id, stage, items, customerId } = reminder;
    const state = STATES[outcome];
    const recording = startRecording({ at, author });
    for (const item of items) {
      enter(recording, item.invoiceId, KINDS[outcome], {
        reminder: id,
        stage: item.stage,
        reason,
        was: reminder.state,
      });
    }
    touch(recording, customerId);
    const invoiceIds = items.map(({ invoiceId }) => invoiceId);
    const heads = readHeads(await tx.execute(ledgerHeadsQuery(invoiceIds)));
    await tx.batch(
      moveStatements(reminder, state, {
        at,
        settledBy: "person",
        failure: outcome === "sent" ? null : reason,
      }),
    );
    await writeRecording(tx, recording, heads);
    return { reminder: id, stage, invoices: items.map(({ number }) => number), state };
  });
}

/** Throws `invalid` without one. */
export function reasonIn(word: OutcomeWord): string {
  const reason = word.reason.trim();
  if (reason !== "") return reason;
  throw new AppError("invalid", "settling an outcome needs a reason: how it is known");
}

function refuseKnown(reminder: StoredReminder, at: Instant): void {
  const { id, state } = reminder;
  if (isOnItsWay(reminder, at)) {
    throw new AppError("conflict", `reminder ${id} is on its way: its answer is a matter of minutes`);
  }
  if (!meaningOf(state).isInHand)
    throw new AppError("conflict", `what became of reminder ${id} is known: it is ${state}`);
}

import type { Transaction } from "@libsql/client";
import { addAlerts } from "../../db/alerts.ts";
import {
  deliveriesQuery,
  keepDelivery,
  noticeQuery,
  readDeliveries,
  readNotice,
} from "../../db/deliveries.ts";
import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import { readReminders, remindersQuery, type StoredReminder } from "../../db/reminder-outcomes.ts";
import { type DeliveryEvent, recipientNamed, suppressionBy } from "../../domain/delivery.ts";
import type { ReminderState } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { settleByEvents } from "../notices/settle-notices.ts";
import { enter, type Recording, startRecording, writeRecording } from "../recording.ts";
import { suppress } from "../sending/suppress-address.ts";
import { afterBounce, detailsOf, moveByEvidence, movedBy } from "./evidence.ts";
import { complaintAlert } from "./outcome-alerts.ts";

/**
 * What an event came to: told before; about a mail that is not ours; or recorded, with the state of the reminder from now on
 * (null for a notice), whether the event changed that, and whether its address is suppressed by it.
 */
export type RecordedDelivery =
  | { result: "repeated" | "unknown_mail" }
  | { result: "recorded"; state: ReminderState | null; moved: boolean; suppressed: boolean };

/**
 * Records what the mail provider told about a mail, once, and what follows: the reminder's state, the stage reset where nobody was
 * reached, addresses never mailed again. The order in which events come is of no account. One that names somebody whom the mail did
 * not go to is kept, without effect on anybody.
 */
export async function recordDelivery(
  services: Pick<Services, "db" | "clock" | "settings" | "log">,
  event: DeliveryEvent,
): Promise<RecordedDelivery> {
  const recorded = await services.db.write((tx) => record(tx, services, event));
  services.log("info", "delivery", { mail: event.mailId, kind: event.kind, ...recorded });
  return recorded;
}

async function record(
  tx: Transaction,
  services: Pick<Services, "clock" | "settings">,
  event: DeliveryEvent,
): Promise<RecordedDelivery> {
  const at = services.clock();
  const [kept, reminders, events, notices] = await tx.batch([
    keepDelivery(event, at),
    remindersQuery([event.mailId]),
    deliveriesQuery([event.mailId]),
    noticeQuery(event.mailId),
  ]);
  if (kept!.rowsAffected === 0) return { result: "repeated" };
  const [reminder] = readReminders(reminders!);
  const mail = reminder ?? readNotice(notices!);
  if (!mail) return { result: "unknown_mail" };
  const named = recipientNamed(mail.recipients, event);
  const suppressed = named !== undefined && (await suppressBy(tx, { ...event, address: named }, at));
  if (event.kind === "complaint" && named !== undefined) {
    await tx.batch([addAlerts([complaintAlert(mail, event)], at)]);
  }
  const about = { events: readDeliveries(events!), at };
  if (!reminder) {
    const isRehearsal = services.settings.MAIL_REDIRECT_TO !== undefined;
    await settleByEvents(tx, { noticeId: event.mailId, ...about, isRehearsal });
  }
  const to = reminder ? await follow(tx, services, { reminder, event, ...about }) : null;
  return { result: "recorded", state: to ?? reminder?.state ?? null, moved: to !== null, suppressed };
}

async function suppressBy(tx: Transaction, event: DeliveryEvent, at: Instant): Promise<boolean> {
  const { address, mailId: source } = event;
  const reason = suppressionBy(event);
  return reason !== null && address !== null && suppress(tx, { address, reason, source }, at);
}

/** Takes the reminder to where all events so far have it; null where they leave it as it is. */
async function follow(
  tx: Transaction,
  { settings }: Pick<Services, "settings">,
  input: { reminder: StoredReminder; event: DeliveryEvent; events: DeliveryEvent[]; at: Instant },
): Promise<ReminderState | null> {
  const { reminder, event, events, at } = input;
  const to = movedBy(reminder, events, at);
  const recording = startRecording({ at, author: "provider" });
  const statements = to ? moveByEvidence(recording, reminder, { to, event }) : [];
  if (recipientNamed(reminder.recipients, event)) tellOfAddress(recording, reminder, event, to);
  if (recording.changes.ledger.length === 0) return null;
  const invoiceIds = reminder.items.map(({ invoiceId }) => invoiceId);
  const heads = readHeads(await tx.execute(ledgerHeadsQuery(invoiceIds)));
  if (statements.length > 0) await tx.batch(statements);
  await writeRecording(tx, recording, heads);
  const isRehearsal = settings.MAIL_REDIRECT_TO !== undefined;
  const after = to === "bounced" ? afterBounce(reminder, events, { at, isRehearsal }) : [];
  if (after.length > 0) await tx.batch(after);
  return to;
}

/** An address that is lost stands in the ledgers, even where the reminder reached somebody else. */
function tellOfAddress(
  recording: Recording,
  { id, items }: StoredReminder,
  event: DeliveryEvent,
  to: ReminderState | null,
): void {
  const reason = suppressionBy(event);
  if (reason === null || to === LOST[reason]) return;
  const kind = `reminder_${LOST[reason]}` as const;
  for (const { invoiceId, stage } of items) {
    enter(recording, invoiceId, kind, { reminder: id, stage, ...detailsOf(event) });
  }
}

const LOST = { bounce: "bounced", complaint: "complained" } as const;

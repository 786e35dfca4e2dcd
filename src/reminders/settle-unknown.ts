import type { InStatement, Transaction } from "@libsql/client";
import { addAlerts, type NewAlert } from "../db/alerts.ts";
import { deliveriesQuery, readDeliveries } from "../db/deliveries.ts";
import { ledgerHeadsQuery, readHeads } from "../db/ledger.ts";
import { policyVersionsQuery } from "../db/policies.ts";
import {
  bringForward,
  givenUpBeforeQuery,
  latestLease,
  lostQuery,
  moveStatements,
  readReminders,
  type StoredReminder,
} from "../db/reminder-outcomes.ts";
import type { DeliveryEvent } from "../domain/delivery.ts";
import { parsePolicy } from "../domain/policy.ts";
import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { moveByEvidence, movedBy } from "./evidence.ts";
import { outcomeUnknownAlert } from "./outcome-alerts.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "./recording.ts";

/** Ids of reminders by what was found or done. */
export type Settled = {
  /** Given up by whoever had them in hand: unknown from now on. */
  unknown: string[];
  /** Of those, with a lease that only a clock that was wrong can have given. */
  fromFuture: string[];
  /** Settled by events that had come already. */
  settled: string[];
  /** To be decided anew, for no event came. */
  retried: string[];
  /** A person is asked. */
  asked: string[];
};

const MOST_A_RUN = 200;
const DIED = "its process ended, or lost its line, before an answer was recorded";
const NO_EVIDENCE = "no word of it came within an hour, so it is decided anew, once";

/**
 * Goes on with what others left in hand, at most 200 at a time. A reminder whose lease is over becomes `unknown`; what the provider's
 * events say of it counts at once. One that has been unknown for an hour without any event is decided anew where events can come
 * and its stages allow that (`retryUnknown`), once; else its account owner is asked.
 */
export async function settleUnknown(
  services: Pick<Services, "db" | "clock" | "log" | "settings">,
): Promise<Settled> {
  const { db, clock, log } = services;
  const done = await db.write((tx) => settle(tx, services, clock()));
  const { unknown, fromFuture, settled, retried, asked } = done;
  if (fromFuture.length > 0) log("warn", "lease_from_the_future", { reminders: fromFuture });
  if (unknown.length > 0) log("warn", "outcome_unknown", { reminders: unknown });
  if (settled.length + retried.length + asked.length > 0)
    log("info", "outcome_settled", { settled, retried, asked });
  return done;
}

async function settle(
  tx: Transaction,
  { settings }: Pick<Services, "settings">,
  at: Instant,
): Promise<Settled> {
  const done: Settled = { unknown: [], fromFuture: [], settled: [], retried: [], asked: [] };
  const found = readReminders(await tx.execute(lostQuery(at, MOST_A_RUN)));
  if (found.length === 0) return done;
  const given = found.filter(({ state }) => state === "sending");
  const silent = found.filter(({ state }) => state === "unknown");
  // Without it nobody tells us of a mail, and silence says nothing.
  const canEvidenceCome = settings.SES_CONFIGURATION_SET !== undefined;
  const retriable = canEvidenceCome ? await findRetriable(tx, silent) : new Set<string>();
  const invoiceIds = found.flatMap(({ items }) => items.map(({ invoiceId }) => invoiceId));
  const [heads, events] = await tx.batch([
    ledgerHeadsQuery([...new Set(invoiceIds)]),
    deliveriesQuery(given.map(({ id }) => id)),
  ]);
  const clock = startRecording({ at, author: "clock" });
  const provider = startRecording({ at, author: "provider" });
  const statements: InStatement[] = [];
  const alerts: NewAlert[] = [];
  for (const reminder of given) {
    statements.push(...giveUp(clock, reminder, done));
    const unknown: StoredReminder = { ...reminder, state: "unknown", leaseUntil: null };
    statements.push(...hear(provider, unknown, readDeliveries(events!), done));
  }
  for (const reminder of silent) {
    if (retriable.has(reminder.id)) statements.push(...retry(clock, reminder, done));
    else {
      alerts.push(outcomeUnknownAlert(reminder));
      done.asked.push(reminder.id);
    }
  }
  await tx.batch([...statements, addAlerts(alerts, at)]);
  const chains = readHeads(heads!);
  await writeRecording(tx, clock, chains);
  await writeRecording(tx, provider, chains);
  return done;
}

function giveUp(recording: Recording, reminder: StoredReminder, done: Settled): InStatement[] {
  const { id, items, leaseUntil } = reminder;
  const { at } = recording;
  const isFromFuture = leaseUntil !== null && leaseUntil > latestLease(at);
  done.unknown.push(id);
  if (isFromFuture) done.fromFuture.push(id);
  for (const { invoiceId, stage } of items) {
    enter(recording, invoiceId, "reminder_unknown", { reminder: id, stage, because: DIED });
  }
  const moved = moveStatements(reminder, "unknown", { at, settledBy: null, failure: DIED });
  return isFromFuture ? [...moved, bringForward(id, at)] : moved;
}

function hear(
  recording: Recording,
  reminder: StoredReminder,
  events: DeliveryEvent[],
  done: Settled,
): InStatement[] {
  const own = events.filter(({ mailId }) => mailId === reminder.id);
  const to = movedBy(reminder, own, recording.at);
  if (to === null) return [];
  done.settled.push(reminder.id);
  return moveByEvidence(recording, reminder, { to, event: own.at(-1)! });
}

function retry(recording: Recording, reminder: StoredReminder, done: Settled): InStatement[] {
  const { id, items, customerId } = reminder;
  for (const { invoiceId, stage } of items) {
    enter(recording, invoiceId, "reminder_failed", { reminder: id, stage, because: NO_EVIDENCE });
  }
  touch(recording, customerId);
  done.retried.push(id);
  const { at } = recording;
  return moveStatements(reminder, "failed", { at, settledBy: "no_evidence", failure: NO_EVIDENCE });
}

/** Those of which every stage may be decided anew and was not before. */
async function findRetriable(tx: Transaction, silent: StoredReminder[]): Promise<Set<string>> {
  if (silent.length === 0) return new Set();
  const [policies, before] = await tx.batch([
    policyVersionsQuery(silent.map(({ policy }) => policy)),
    givenUpBeforeQuery(silent.map(({ id }) => id)),
  ]);
  const givenUp = new Set(before!.rows.map((row) => String(row.id)));
  const allowing = new Map(
    policies!.rows.map((row) => {
      const { stages } = parsePolicy(JSON.parse(String(row.body))).policy;
      const keys = stages.filter(({ retryUnknown }) => retryUnknown).map(({ key }) => key);
      return [`${row.name} ${row.version}`, new Set(keys)] as const;
    }),
  );
  const mayRetry = ({ id, policy, items }: StoredReminder) => {
    const keys = allowing.get(`${policy.name} ${policy.version}`);
    return !givenUp.has(id) && items.every(({ stage }) => keys?.has(stage));
  };
  return new Set(silent.filter(mayRetry).map(({ id }) => id));
}

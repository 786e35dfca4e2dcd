import type { InStatement, Transaction } from "@libsql/client";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { deliveriesQuery, readDeliveries } from "../../db/deliveries.ts";
import { ledgerHeadsQuery, readHeads } from "../../db/ledger.ts";
import { policyVersionsQuery } from "../../db/policies.ts";
import {
  bringForward,
  givenUpBeforeQuery,
  heardSinceQuery,
  latestLease,
  lostQuery,
  moveStatements,
  readReminders,
  type StoredReminder,
} from "../../db/reminder-outcomes.ts";
import type { DeliveryEvent } from "../../domain/delivery.ts";
import { parsePolicy } from "../../domain/policy.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { enter, type Recording, startRecording, touch, writeRecording } from "../recording.ts";
import { afterBounce, moveByEvidence, movedBy } from "./evidence.ts";
import { outcomeUnknownAlert } from "./outcome-alerts.ts";

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
 * events say of it counts at once. One that has been unknown for an hour without any event is decided anew where events reach us
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

type Work = {
  at: Instant;
  /** What we do, and what the provider's events do. */
  clock: Recording;
  provider: Recording;
  statements: InStatement[];
  alerts: NewAlert[];
  done: Settled;
  isRehearsal: boolean;
  /** What follows once all is recorded. */
  after: InStatement[];
};

async function settle(
  tx: Transaction,
  { settings }: Pick<Services, "settings">,
  at: Instant,
): Promise<Settled> {
  const work: Work = {
    at,
    clock: startRecording({ at, author: "clock" }),
    provider: startRecording({ at, author: "provider" }),
    statements: [],
    alerts: [],
    done: { unknown: [], fromFuture: [], settled: [], retried: [], asked: [] },
    isRehearsal: settings.MAIL_REDIRECT_TO !== undefined,
    after: [],
  };
  const found = readReminders(await tx.execute(lostQuery(at, MOST_A_RUN)));
  if (found.length === 0) return work.done;
  const invoiceIds = new Set(found.flatMap(({ items }) => items.map(({ invoiceId }) => invoiceId)));
  const [heads, deliveries] = await tx.batch([
    ledgerHeadsQuery([...invoiceIds]),
    deliveriesQuery(found.map(({ id }) => id)),
  ]);
  const events = readDeliveries(deliveries!);
  // Without both nobody tells us of a mail, and silence says nothing.
  const canEvidenceCome = settings.SES_CONFIGURATION_SET !== undefined && settings.SNS_TOPIC_ARNS.length > 0;
  const retriable = canEvidenceCome ? await findRetriable(tx, found) : new Set<string>();
  for (const reminder of found) {
    const own = events.filter(({ mailId }) => mailId === reminder.id);
    const isGivenUp = reminder.state === "sending";
    const unknown = isGivenUp ? giveUp(work, reminder) : reminder;
    if (own.length > 0) hear(work, unknown, own);
    else if (isGivenUp) continue;
    else if (retriable.has(reminder.id)) retry(work, reminder);
    else ask(work, reminder);
  }
  const chains = readHeads(heads!);
  await tx.batch([...work.statements, addAlerts(work.alerts, at)]);
  await writeRecording(tx, work.clock, chains);
  await writeRecording(tx, work.provider, chains);
  if (work.after.length > 0) await tx.batch(work.after);
  return work.done;
}

/** From now on nobody knows; evidence may come for an hour. */
function giveUp({ at, clock, statements, done }: Work, reminder: StoredReminder): StoredReminder {
  const { id, items, leaseUntil } = reminder;
  for (const { invoiceId, stage } of items) {
    enter(clock, invoiceId, "reminder_unknown", { reminder: id, stage, because: DIED });
  }
  statements.push(...moveStatements(reminder, "unknown", { at, settledBy: null, failure: DIED }));
  done.unknown.push(id);
  if (leaseUntil !== null && leaseUntil > latestLease(at)) {
    statements.push(bringForward(id, at));
    done.fromFuture.push(id);
  }
  return { ...reminder, state: "unknown", leaseUntil: null };
}

function hear(work: Work, reminder: StoredReminder, events: DeliveryEvent[]): void {
  const { at, provider, statements, done } = work;
  const to = movedBy(reminder, events, at)!;
  if (to === "bounced") work.after.push(...afterBounce(reminder, events, work));
  statements.push(...moveByEvidence(provider, reminder, { to, event: events.at(-1)! }));
  done.settled.push(reminder.id);
}

function retry({ at, clock, statements, done }: Work, reminder: StoredReminder): void {
  const { id, items, customerId } = reminder;
  for (const { invoiceId, stage } of items) {
    enter(clock, invoiceId, "reminder_failed", { reminder: id, stage, because: NO_EVIDENCE });
  }
  touch(clock, customerId);
  statements.push(
    ...moveStatements(reminder, "failed", { at, settledBy: "no_evidence", failure: NO_EVIDENCE }),
  );
  done.retried.push(id);
}

function ask({ alerts, done }: Work, reminder: StoredReminder): void {
  alerts.push(outcomeUnknownAlert(reminder));
  done.asked.push(reminder.id);
}

/** Those of which every stage may be decided anew and was not before, and since which events of other mails have reached us. */
async function findRetriable(tx: Transaction, found: StoredReminder[]): Promise<Set<string>> {
  const ids = found.map(({ id }) => id);
  const [policies, before, heard] = await tx.batch([
    policyVersionsQuery(found.map(({ policy }) => policy)),
    givenUpBeforeQuery(ids),
    heardSinceQuery(ids),
  ]);
  const givenUp = new Set(before!.rows.map((row) => String(row.id)));
  const heardSince = new Set(heard!.rows.map((row) => String(row.id)));
  const allowing = new Map(
    policies!.rows.map((row) => {
      const { stages } = parsePolicy(JSON.parse(String(row.body))).policy;
      const keys = stages.filter(({ retryUnknown }) => retryUnknown).map(({ key }) => key);
      return [`${row.name} ${row.version}`, new Set(keys)] as const;
    }),
  );
  const mayRetry = ({ id, policy, items }: StoredReminder) => {
    const keys = allowing.get(`${policy.name} ${policy.version}`);
    return !givenUp.has(id) && heardSince.has(id) && items.every(({ stage }) => keys?.has(stage));
  };
  return new Set(found.filter(mayRetry).map(({ id }) => id));
}

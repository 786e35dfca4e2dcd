import type { InStatement } from "@libsql/client";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { claim, NOT_AS_WRITTEN } from "../../db/claims.ts";
import type { LedgerAppend } from "../../db/ledger.ts";
import { type CustomerLooks, type Look, postponeLooks, storeLooks } from "../../db/looks.ts";
import { recordSending, type SendingResult, tooLateFrom } from "../../db/reminders.ts";
import { touchCustomers } from "../../db/touch.ts";
import type { World } from "../../db/world.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { afterSending } from "../../domain/group.ts";
import type { LedgerEntry, LedgerHead, LedgerKind } from "../../domain/ledger.ts";
import { meaningOf, type ReminderState } from "../../domain/reminder-life.ts";
import type { Instant } from "../../domain/zone.ts";
import type { MailOutcome, OutgoingMail } from "../../ports.ts";
import type { Services } from "../../services.ts";
import { alertsOfPlan, reminderRefusedAlert, reminderSentAlert } from "../alerts/alerts-of-plan.ts";
import { recordDelivery } from "../outcomes/record-delivery.ts";
import { type Delivery, deliver } from "./deliver.ts";
import { type CustomerPlan, isStillOpen, isToBeAsked, planCustomer } from "./plan-customer.ts";
import type { PreparedReminder } from "./prepare-reminder.ts";
import { lookAfterDelivery, settleDelivery } from "./sending-limits.ts";
import { createSlots } from "./slots.ts";
import { suppressRefused } from "./suppress-refused.ts";

const RETRY_AFTER_MS = 15 * 60 * 1000;
const REFUSED_RETRY_AFTER_MS = 24 * 3600 * 1000;

export type Sent = { prepared: PreparedReminder; outcome: MailOutcome };

/**
 * Claims a wave of prepared reminders, sends those whose facts still hold, and records what became of them: two round trips to the
 * database. What changed meanwhile is not sent; the next look decides anew.
 */
export async function sendReminders(services: Services, input: Wave): Promise<Sent[]> {
  const { wave, world, at } = input;
  if (wave.length === 0) return [];
  const heads: Heads = new Map(wave.flatMap(({ plan }) => [...plan.stored.heads]));
  const slots = createSlots(services, world.sending);
  const { leaving, besides } = await claimWave(services, {
    ...input,
    heads,
    besides: slots.statements(mailsOf(wave)),
  });
  if (leaving.length === 0) return [];
  const delivery = await deliver(services.mailer, {
    mails: mailsOf(leaving),
    isInTime: (i) => isInTime(leaving[i]!, { at, now: services.clock() }),
    slots: slots.read(besides),
    takeSlots: slots.take,
    sending: world.sending,
  });
  const sent = leaving.map((prepared, i) => ({ prepared, outcome: delivery.outcomes[i]! }));
  await recordWave(services, { ...input, heads, sent, delivery });
  return sent;
}

/** Both its lease and its hours have to last. */
function isInTime({ plan }: PreparedReminder, { at, now }: { at: Instant; now: Instant }): boolean {
  return now < tooLateFrom(at) && isStillOpen(plan, now);
}

type Wave = { wave: PreparedReminder[]; world: World; at: Instant };
type Heads = Map<string, LedgerHead>;

function mailsOf(wave: PreparedReminder[]): OutgoingMail[] {
  return wave.map(({ mail }) => mail);
}

async function claimWave(
  { db, log }: Services,
  { wave, world, at, heads, besides }: Wave & { heads: Heads; besides: InStatement[] },
) {
  const because = { because: NOT_AS_WRITTEN };
  const claimed = await claim(db, {
    reminders: wave.map(({ ready }) => ready),
    worldVersion: world.version,
    at,
    heads,
    appends: {
      leaving: wave.flatMap((prepared) => entries(prepared, "reminder_sending", at, detailsOf(prepared))),
      staying: wave.flatMap((prepared) => entries(prepared, "reminder_cancelled", at, because)),
    },
    besides,
  });
  const { sending, cancelled } = claimed;
  if (cancelled.length > 0) log("warn", "reminder_cancelled", { reminders: cancelled });
  return { leaving: wave.filter(({ ready }) => sending.has(ready.id)), besides: claimed.besides };
}

async function recordWave(
  services: Services,
  input: Wave & { heads: Heads; sent: Sent[]; delivery: Delivery },
): Promise<void> {
  const { db, clock, log } = services;
  const { world, heads, sent, delivery, at } = input;
  const mails = mailsOf(sent.map(({ prepared }) => prepared));
  const settled = settleDelivery(world, { delivery, mails, at: clock() });
  const putOffUntil = lookAfterDelivery(settled.sending, delivery, at, at + RETRY_AFTER_MS);
  const recorded = await recordSending(db, {
    results: sent.map(resultOf),
    at: clock(),
    heads,
    appends: sent.flatMap(({ prepared, outcome }) =>
      entries(prepared, LEDGER_KINDS[outcome.kind], clock(), outcomeOf(outcome)),
    ),
    besides: [...afterwards(sent, { ...input, putOffUntil }), ...settled.statements],
  });
  world.sending = settled.sending;
  const tried = sent.map(({ prepared, outcome }) => ({ id: prepared.ready.id, outcome }));
  await suppressRefused(services, tried);
  for (const { id, outcome } of tried) {
    if (outcome.kind === "unknown") log("warn", "outcome_unknown", { reminder: id, code: outcome.code });
    await followEvidence(services, id, { outcome, ...recorded.get(id)! });
  }
}

/** It left all the same: the answer came after it had been given up, or the provider's events before an answer that says otherwise. */
async function followEvidence(
  services: Services,
  mailId: string,
  known: { outcome: MailOutcome; state: ReminderState; hasEvents: boolean },
): Promise<void> {
  const { outcome, state, hasEvents } = known;
  if (meaningOf(state).hasLeft || (outcome.kind !== "accepted" && !hasEvents)) return;
  const about = { address: null, isPermanent: null, detail: null, at: services.clock() };
  await recordDelivery(services, { id: `answer ${mailId}`, mailId, kind: "send", ...about });
}

const LEDGER_KINDS: Record<MailOutcome["kind"], LedgerKind> = {
  accepted: "reminder_sent",
  refused: "reminder_failed",
  deferred: "reminder_deferred",
  unknown: "reminder_unknown",
};

/** What follows for the customers: the next looks, and what their owners are told. */
function afterwards(sent: Sent[], input: { world: World; at: Instant; putOffUntil: Instant }) {
  const looks: CustomerLooks[] = [];
  const alerts: NewAlert[] = [];
  const postponed: string[] = [];
  const refused: string[] = [];
  for (const { prepared, outcome } of sent) {
    const { plan, reminder, ready } = prepared;
    if (isPutOff(outcome)) postponed.push(ready.customerId);
    else if (outcome.kind === "refused") {
      refused.push(ready.customerId);
      if (outcome.fault === "message") alerts.push(reminderRefusedAlert(plan, reminder));
    } else {
      const facts = afterSending(plan.context.customer, reminder, ready.leavesOn);
      const { version } = plan.stored;
      const after = planCustomer({ ...input, stored: plan.stored, facts, backlogOpensOn: null });
      looks.push({ ...after.looks, looks: looksOf(after, input.at), version: version + 1 });
      alerts.push(...alertsOfPlan(after, input.world.creditor?.financeOwner ?? null));
      if (outcome.kind === "accepted") alerts.push(reminderSentAlert(plan, reminder, ready.id));
    }
  }
  return [
    storeLooks(looks),
    addAlerts(alerts, input.at),
    // Others may have looked at them meanwhile, and put no next look down for what was in hand.
    ...touchCustomers([...postponed, ...refused], input.at),
    postponeLooks(postponed, input.putOffUntil),
    postponeLooks(refused, input.at + REFUSED_RETRY_AFTER_MS),
  ];
}

/** Nothing is wrong with this mail. */
function isPutOff(outcome: MailOutcome): boolean {
  return outcome.kind === "deferred" || (outcome.kind === "refused" && outcome.fault === "account");
}

/** Finance is asked by a plan that sends nothing: the next one, at once. */
function looksOf({ stored, decisions, looks }: CustomerPlan, at: Instant): Look[] {
  const unasked = new Set(
    decisions.filter((decision) => isToBeAsked(stored, decision)).map(({ invoice }) => invoice.id),
  );
  return looks.looks.map((look) => (unasked.has(look.invoiceId) ? { ...look, nextLookAt: at } : look));
}

function entries(
  { reminder, ready }: PreparedReminder,
  kind: LedgerKind,
  at: Instant,
  data: Record<string, unknown>,
): LedgerAppend[] {
  return reminder.items.map(({ invoice, stage, askedMinor }) => {
    const entry: LedgerEntry = {
      at,
      kind,
      author: "clock",
      data: { reminder: ready.id, stage, asked: askedMinor, currency: invoice.currency, ...data },
    };
    return { invoiceId: invoice.id, entry, reminderId: ready.id };
  });
}

function detailsOf({ ready, plan }: PreparedReminder): Record<string, unknown> {
  return {
    to: ready.recipients,
    tone: ready.stage,
    policy: `${ready.policyName} ${ready.policyVersion}`,
    on: formatCivilDay(plan.context.today),
    message_sha256: ready.message.sha256,
  };
}

function outcomeOf(outcome: MailOutcome): Record<string, unknown> {
  const refused = "badAddresses" in outcome && { refused_addresses: outcome.badAddresses };
  if (outcome.kind === "accepted") {
    const open = outcome.openAddresses && { open_addresses: outcome.openAddresses };
    return { message_id: outcome.messageId, provider_id: outcome.providerId, ...refused, ...open };
  }
  return { code: outcome.code, detail: outcome.detail, ...refused };
}

const STATES = { refused: "failed", deferred: "deferred", unknown: "unknown" } as const;

function resultOf({ prepared, outcome }: Sent): SendingResult {
  const id = prepared.ready.id;
  if (outcome.kind === "accepted") {
    const { messageId, providerId } = outcome;
    return { id, state: "sent", messageId, providerId, failure: null };
  }
  const state = STATES[outcome.kind];
  return { id, state, messageId: null, providerId: null, failure: `${outcome.code}: ${outcome.detail}` };
}

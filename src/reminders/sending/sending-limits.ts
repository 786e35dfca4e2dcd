import type { InStatement } from "@libsql/client";
import { addAlerts, type NewAlert } from "../../db/alerts.ts";
import { countSent, dropRecipients, putCircuit, putQuota, takeProbe } from "../../db/sending.ts";
import { touchWorld } from "../../db/touch.ts";
import type { World } from "../../db/world.ts";
import type { AlertKind } from "../../domain/alert.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import {
  afterAttempts,
  type Circuit,
  LIMIT_LASTS_MS,
  mustAsk,
  PROBE_MS,
  phaseOf,
  type SendingState,
  usedUp,
} from "../../domain/sending.ts";
import { civilDayAt, type Instant } from "../../domain/zone.ts";
import type { MailOutcome, OutgoingMail } from "../../ports.ts";
import type { Services } from "../../services.ts";
import type { Delivery } from "./deliver.ts";

/** Asks the provider what may be sent where what is on record is too old; the answer is kept for all processes. */
export async function learnQuota(
  { db, mailer }: Pick<Services, "db" | "mailer">,
  sending: SendingState,
  at: Instant,
): Promise<void> {
  const { quota: known, circuit } = sending;
  if (!mailer.quota || phaseOf(circuit, at) === "open" || !mustAsk(known, at)) return;
  const unsaid = { perSecond: known?.perSecond ?? null, perDay: null, sentInDay: 0 };
  sending.quota = { ...((await mailer.quota()) ?? unsaid), askedAt: at };
  await db.batch([putQuota(sending.quota)]);
}

/** Null where mails may leave; else until when they wait for the circuit. Once its time is over, one process at a time may try. */
export async function waitsForCircuit(
  { db }: Pick<Services, "db">,
  { circuit }: SendingState,
  at: Instant,
): Promise<Instant | null> {
  const phase = phaseOf(circuit, at);
  if (phase === "closed") return null;
  if (phase === "open") return circuit.openUntil;
  const until = at + PROBE_MS;
  return (await takeProbe(db, circuit, until)) ? null : until;
}

/** What a delivery comes to for those after it, here and in other processes: the state from now on, and the statements that store it. */
export function settleDelivery(
  { sending, creditor }: Pick<World, "sending" | "creditor">,
  { delivery, mails, at }: { delivery: Delivery; mails: OutgoingMail[]; at: Instant },
): { sending: SendingState; statements: InStatement[] } {
  const circuit = afterAttempts(sending.circuit, delivery.failures, at);
  const recipients = countTaken(mails, delivery.outcomes);
  const statements: InStatement[] = [];
  let { quota } = sending;
  if (delivery.isQuotaUsedUp) {
    quota = usedUp(quota, at);
    statements.push(putQuota(quota), touchWorld());
    statements.push(addAlerts([sendingLimitAlert({ sending: { ...sending, quota }, creditor }, at)], at));
  } else if (quota && quota.perDay !== null && recipients > 0) {
    quota = { ...quota, sentInDay: quota.sentInDay + recipients };
    statements.push(countSent(recipients));
  }
  delivery.outcomes.forEach((outcome, i) => {
    if (outcome.kind !== "accepted") return;
    const missed = [...(outcome.badAddresses ?? []), ...(outcome.openAddresses ?? [])];
    if (missed.length > 0) statements.push(dropRecipients(mails[i]!.id, missed));
  });
  statements.push(...circuitStatements(sending.circuit, circuit, { failure: delivery.failure, at }));
  const hasTaken = delivery.hasTaken && delivery.failures === 0;
  return { sending: { quota, circuit, hasTaken }, statements };
}

/** What is unknown may have been taken. */
function countTaken(mails: OutgoingMail[], outcomes: MailOutcome[]): number {
  return mails.reduce((sum, { to }, i) => {
    const outcome = outcomes[i]!;
    if (outcome.kind === "unknown") return sum + to.length;
    return outcome.kind === "accepted" ? sum + to.length - (outcome.badAddresses?.length ?? 0) : sum;
  }, 0);
}

function circuitStatements(
  before: Circuit,
  after: Circuit,
  { failure, at }: { failure: string | null; at: Instant },
): InStatement[] {
  if (after.failures === before.failures && after.openUntil === before.openUntil) return [];
  const stored = putCircuit(after, before);
  const wasOpen = before.openUntil !== null;
  const isOpen = after.openUntil !== null;
  if (isOpen === wasOpen) return [stored];
  const kind = isOpen ? "circuit_open" : "circuit_closed";
  const told = addAlerts([operatorAlert(kind, `${kind} ${after.outage}`, failure)], at);
  // What other processes decided on while it was closed does not leave.
  return isOpen ? [stored, told, touchWorld()] : [stored, told];
}

/** When what was put off is looked at again; `otherwise` where neither the circuit nor the day's quota put it off. */
export function lookAfterDelivery(
  { circuit }: SendingState,
  delivery: Delivery,
  at: Instant,
  otherwise: Instant,
): Instant {
  if (circuit.openUntil !== null) return circuit.openUntil;
  return delivery.isQuotaUsedUp ? at + LIMIT_LASTS_MS : otherwise;
}

/** That the day's sending limit is reached: told once a day. */
export function sendingLimitAlert(
  { sending, creditor }: Pick<World, "sending" | "creditor">,
  at: Instant,
): NewAlert {
  const today = formatCivilDay(civilDayAt(at, creditor?.timezone ?? "UTC"));
  const { sentInDay, perDay } = sending.quota!;
  return operatorAlert("sending_limit", `sending_limit ${today}`, `${sentInDay} / ${perDay}`);
}

/** Why nothing leaves while the circuit is open. */
export function describeCircuit({ openedAt, openUntil }: Circuit): string {
  const iso = (at: Instant) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return `the mail service has failed since ${iso(openedAt!)} and is tried again after ${iso(openUntil!)}`;
}

function operatorAlert(kind: AlertKind, fact: string, note: string | null): NewAlert {
  const payload = { customer: null, invoices: [], note };
  return { fact, kind, customerId: null, invoiceId: null, toEmail: null, payload };
}

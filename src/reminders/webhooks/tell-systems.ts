import { findSetting, putSettingStatement } from "../../db/settings.ts";
import { dayEverywhere, listNewlyOverdue, listToldEntries, type ToldInvoice } from "../../db/told-facts.ts";
import { listOpenEndpoints, type WebhookEndpoint } from "../../db/webhook-endpoints.ts";
import {
  forgetMessagesStatements,
  type NewMessage,
  putMessagesStatements,
} from "../../db/webhook-messages.ts";
import { type CivilDay, DAY_MS, formatCivilDay } from "../../domain/civil-date.ts";
import { newId } from "../../domain/ids.ts";
import { formatDecimal } from "../../domain/money.ts";
import { bodyOf, eventOf, type OutgoingEvent } from "../../domain/outgoing-event.ts";
import type { Instant } from "../../domain/zone.ts";
import type { Services } from "../../services.ts";
import { deliverMessages } from "./deliver-messages.ts";

const ENTRIES_A_RUN = 1000;
const KEPT_DAYS = 90;
const OVERDUE_A_RUN = 1000;

/**
 * Tells other systems what happened. The ledger is the outbox: a message is made of each entry that they want to hear of, once, in
 * its order, so that none can be told without being recorded, nor recorded without being told. At most `limit` are sent. Says whether
 * more waits.
 */
export async function tellSystems(services: Services, most: { limit?: number } = {}): Promise<boolean> {
  const endpoints = await listOpenEndpoints(services.db);
  if (endpoints.length === 0) return false;
  const { db, clock } = services;
  const day = dayEverywhere(clock());
  const isNewDay = (await findSetting<CivilDay>(db, "overdue_told_on")) !== day;
  let isCut = false;
  for (const endpoint of endpoints) {
    if (await readLedger(services, endpoint)) isCut = true;
    if (isNewDay && wants(endpoint, "invoice.overdue") && (await readCalendar(services, endpoint)))
      isCut = true;
  }
  if (isNewDay && !isCut) {
    const forget = forgetMessagesStatements(clock() - KEPT_DAYS * DAY_MS);
    await db.batch([...forget, putSettingStatement("overdue_told_on", day)]);
  }
  return (await deliverMessages(services, most)) || isCut;
}

function wants({ events }: WebhookEndpoint, type: OutgoingEvent["type"]): boolean {
  return events === null || events.includes(type);
}

async function readLedger(
  { db, clock }: Services,
  endpoint: WebhookEndpoint & { readThrough: number },
): Promise<boolean> {
  const { id: endpointId, readThrough: after } = endpoint;
  const { entries, through } = await listToldEntries(db, { after, limit: ENTRIES_A_RUN });
  if (through === after) return false;
  const at = clock();
  const messages = entries.flatMap((entry): NewMessage[] => {
    const event = eventOf(entry);
    if (!event || !wants(endpoint, event.type)) return [];
    return [
      messageOf(
        { event, invoice: entry.invoice, fact: `${entry.invoice.id} ${entry.seq}`, at: entry.at },
        endpointId,
      ),
    ];
  });
  await db.batch(putMessagesStatements(messages, { at, endpointId, readThrough: through }));
  return entries.length === ENTRIES_A_RUN;
}

/**
 * What became overdue since the endpoint was added: once a day, when the due date is over everywhere, a page a run. Says whether more
 * waits.
 */
async function readCalendar(
  { db, clock }: Services,
  { id: endpointId, createdAt }: WebhookEndpoint,
): Promise<boolean> {
  const at = clock();
  const from = Math.floor(createdAt / DAY_MS) - 1;
  const asked = { endpointId, from, before: dayEverywhere(at), limit: OVERDUE_A_RUN };
  const overdue = await listNewlyOverdue(db, asked);
  const messages = overdue.map(({ dueOn, balanceMinor, ...invoice }) => {
    const data = { due_on: formatCivilDay(dueOn), balance: formatDecimal(balanceMinor, invoice.currency) };
    const fact = `invoice.overdue ${invoice.id} ${dueOn}`;
    return messageOf({ event: { type: "invoice.overdue", data }, invoice, fact, at }, endpointId);
  });
  await db.batch(putMessagesStatements(messages, { at, endpointId }));
  return overdue.length === OVERDUE_A_RUN;
}

type Told = { event: OutgoingEvent; invoice: ToldInvoice; fact: string; at: Instant };

function messageOf({ event: { type, data }, invoice, fact, at }: Told, endpointId: string): NewMessage {
  const { number: invoice_number, customerRef: customer_ref, currency } = invoice;
  const body = bodyOf({ type, data: { invoice_number, customer_ref, currency, ...data } }, at);
  return { id: newId("msg", at), endpointId, fact, type, body };
}

import { Webhook } from "standardwebhooks";
import { formatCivilDay } from "../../src/domain/civil-date.ts";
import type { DebtorSite } from "./debtor-site.ts";
import { API_KEY, WEBHOOK_SECRETS, type World } from "./world.ts";

/** The product as others meet it, on some runtime. */
export type LiveService = DebtorSite & {
  world: World;
  /** Rings the clock once, and waits until all of it is done. */
  tick(): Promise<void>;
};

export const today = () => Math.floor(Date.now() / 86_400_000);

export const authorized = { Authorization: `Bearer ${API_KEY}` };

/** Calls the API with its key. */
export async function call(service: DebtorSite, method: string, path: string, body?: unknown) {
  const response = await service.request(path, {
    method,
    headers: { ...authorized, ...(body !== undefined && { "Content-Type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, body: text, json: () => JSON.parse(text) };
}

/** A customer of this name with an invoice of 1,000.00 EUR that is so many days overdue. Answers its number. */
export async function owe(
  service: DebtorSite,
  ref: string,
  days: number,
  ownerEmail = "rita.rep@acme.example",
): Promise<string> {
  const number = `L-${ref}`;
  const customer = {
    name: `${ref} Handels GmbH`,
    country: "DE",
    timezone: "Europe/Berlin",
    owner_email: ownerEmail,
    contact_email: `bills@${ref.toLowerCase()}.example`,
  };
  const claim = {
    customer_ref: ref,
    currency: "EUR",
    amount: "1000.00",
    issued_on: formatCivilDay(today() - days - 30),
    due_on: formatCivilDay(today() - days),
  };
  for (const [path, body] of [
    [`/api/customers/${ref}`, customer],
    [`/api/invoices/${number}`, claim],
  ] as const) {
    const { status, body: answer } = await call(service, "PUT", path, body);
    if (status !== 201) throw new Error(`${path}: ${status} ${answer}`);
  }
  return number;
}

/** Posts a webhook. */
export function hook(
  service: DebtorSite,
  kind: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return service.request(`/webhooks/${kind}`, { method: "POST", headers, body: JSON.stringify(body) });
}

export async function remindersOf({ services }: DebtorSite, ref: string) {
  const { rows } = await services.db.client.execute({
    sql: `SELECT r.id, r.state, r.message_id FROM reminders r JOIN customers c ON c.id = r.customer_id WHERE c.ref = ?`,
    args: [ref],
  });
  return rows.map(({ id, state, message_id }) => ({ id, state, message_id })) as [
    { id: unknown; state: unknown; message_id: unknown },
  ];
}

export function mailsTo({ world }: LiveService, ref: string) {
  return world.ses.mails.filter(({ to }) => to.includes(`bills@${ref.toLowerCase()}.example`));
}

/** How Standard Webhooks signs an event. */
export function signedPayment(event: unknown, id: string): Record<string, string> {
  const hooks = new Webhook(WEBHOOK_SECRETS.PAYMENTS_WEBHOOK_SECRET);
  const now = new Date();
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": hooks.sign(id, now, JSON.stringify(event)),
  };
}

/** As SES tells that a reminder arrived. */
export function deliveryOf(reminder: string, to: string) {
  const timestamp = new Date().toISOString();
  return {
    eventType: "Delivery",
    delivery: { timestamp, recipients: [to] },
    mail: { messageId: "0100-live", timestamp, tags: { reminder: [reminder] } },
  };
}

/** As SES publishes a mail that it received: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-examples.html */
export function receiptOf(raw: string) {
  const timestamp = new Date().toISOString();
  const passed = { status: "PASS" };
  return {
    notificationType: "Received",
    mail: {
      timestamp,
      source: "bills@answered.example",
      messageId: "o3vrnil0e2ic28tr",
      destination: ["reply@in.acme.example"],
      headersTruncated: false,
    },
    receipt: {
      timestamp,
      recipients: ["reply@in.acme.example"],
      spamVerdict: passed,
      virusVerdict: passed,
      spfVerdict: passed,
      dkimVerdict: passed,
      dmarcVerdict: passed,
      action: { type: "SNS", encoding: "BASE64" },
    },
    content: Buffer.from(raw).toString("base64"),
  };
}

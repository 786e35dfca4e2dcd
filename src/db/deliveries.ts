import type { InStatement, ResultSet } from "@libsql/client";
import type { DeliveryEvent, DeliveryKind } from "../domain/delivery.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";
import type { StoredReminder } from "./reminder-outcomes.ts";

/** Whom a mail went to, and the invoices that it was about. */
export type Addressee = Pick<StoredReminder, "customerId" | "customer" | "items" | "recipients">;

/** Keeps an event; one that is kept already affects no row. */
export function keepDelivery(event: DeliveryEvent, recordedAt: Instant): InStatement {
  const { id, mailId, kind, address, isPermanent, detail, at } = event;
  return {
    sql: `INSERT INTO deliveries (id, mail_id, kind, address, is_permanent, detail, at, recorded_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    args: [id, mailId, kind, address?.trim().toLowerCase() ?? null, isPermanent, detail, at, recordedAt],
  };
}

/** All events about these mails. */
export function deliveriesQuery(mailIds: string[]): InStatement {
  return {
    sql: `SELECT d.id, d.mail_id, d.kind, d.address, d.is_permanent, d.detail, d.at
          FROM json_each(?) j JOIN deliveries d ON d.mail_id = j.value ORDER BY d.at, d.id`,
    args: [JSON.stringify(mailIds)],
  };
}

/** When the newest reminder left of those that did before `before`, and when the provider last told us something; null for never. */
export async function findLastHeard(
  db: Db,
  before: Instant,
): Promise<{ sentAt: Instant | null; heardAt: Instant | null }> {
  const { rows } = await db.client.execute({
    sql: `SELECT (SELECT sending_at FROM reminders WHERE provider_id IS NOT NULL AND sending_at < ? ORDER BY id DESC LIMIT 1) AS sent_at,
            (SELECT recorded_at FROM deliveries WHERE id NOT LIKE 'answer %' ORDER BY rowid DESC LIMIT 1) AS heard_at`,
    args: [before],
  });
  return { sentAt: rows[0]!.sent_at as Instant | null, heardAt: rows[0]!.heard_at as Instant | null };
}

/** The customer of the notice with this id. */
export function noticeQuery(id: string): InStatement {
  return {
    sql: `SELECT n.id, n.recipients, c.id AS customer_id, c.ref, c.name, c.owner_email
          FROM notices n JOIN customers c ON c.id = n.customer_id WHERE n.id = ?`,
    args: [id],
  };
}

/** The id of the mail that the provider took under this id of its own; undefined where there is none. */
export async function findMailOf(db: Db, providerId: string): Promise<string | undefined> {
  const { rows } = await db.client.execute({
    sql: "SELECT id FROM reminders WHERE provider_id = ?1 UNION ALL SELECT id FROM notices WHERE provider_id = ?1",
    args: [providerId],
  });
  return rows[0] && String(rows[0].id);
}

export function readNotice({ rows: [row] }: ResultSet): Addressee | undefined {
  if (!row) return undefined;
  const ownerEmail = row.owner_email === null ? null : String(row.owner_email);
  return {
    customerId: String(row.customer_id),
    customer: { ref: String(row.ref), name: String(row.name), ownerEmail },
    items: [],
    recipients: row.recipients === null ? [] : JSON.parse(String(row.recipients)),
  };
}

export function readDeliveries({ rows }: ResultSet): DeliveryEvent[] {
  return rows.map((row) => ({
    id: String(row.id),
    mailId: String(row.mail_id),
    kind: row.kind as DeliveryKind,
    address: row.address === null ? null : String(row.address),
    isPermanent: row.is_permanent === null ? null : Number(row.is_permanent) === 1,
    detail: row.detail === null ? null : String(row.detail),
    at: Number(row.at),
  }));
}

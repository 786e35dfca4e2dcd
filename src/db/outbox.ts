import { inflateRawSync } from "node:zlib";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** A kept mail, without its content. */
export type KeptMail = {
  id: string;
  subject: string;
  recipients: string[];
  customerRef: string;
  customerName: string;
  /** The stage of a reminder, the kind of a notice. */
  occasion: string;
  state: string;
  sendingAt: Instant | null;
  sentAt: Instant | null;
  bytes: number;
  sha256: string;
};

const CUSTOMER = "c.ref AS customer_ref, c.name AS customer_name";
const REMINDERS = `SELECT r.id, r.subject, r.recipients, r.stage AS occasion, r.state, r.sending_at, r.sent_at, m.bytes, m.sha256, m.raw,
  ${CUSTOMER} FROM messages m JOIN reminders r ON r.id = m.reminder_id JOIN customers c ON c.id = r.customer_id`;
const NOTICES = `SELECT n.id, n.subject, n.recipients, n.kind AS occasion, n.state, NULL AS sending_at, n.sent_at, n.bytes, n.sha256, n.raw,
  ${CUSTOMER} FROM notices n JOIN customers c ON c.id = n.customer_id`;
const COLUMNS =
  "id, subject, recipients, occasion, state, sending_at, sent_at, bytes, sha256, customer_ref, customer_name";

/** Where the time begins in an id, behind its prefix. */
const TIME = 5;

/** Kept mails, newest first; `before` is the last id of the page before. */
export async function listMails(db: Db, page: { before?: string; limit: number }): Promise<KeptMail[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT * FROM (
            SELECT ${COLUMNS} FROM (${REMINDERS} WHERE (?1 IS NULL OR m.reminder_id < 'rem_' || ?1)
              ORDER BY m.reminder_id DESC LIMIT ?2)
            UNION ALL
            SELECT ${COLUMNS} FROM (${NOTICES} WHERE (?1 IS NULL OR n.id < 'ntc_' || ?1) AND n.raw IS NOT NULL
              ORDER BY n.id DESC LIMIT ?2))
          ORDER BY substr(id, ${TIME}) DESC LIMIT ?2`,
    args: [page.before?.slice(TIME - 1) ?? null, page.limit],
  });
  return rows.map(toMail);
}

/** One kept mail with the message as it left, byte for byte; undefined where none is kept. */
export async function findMail(db: Db, id: string): Promise<(KeptMail & { raw: Buffer }) | undefined> {
  const { rows } = await db.client.execute({
    sql: `${REMINDERS} WHERE m.reminder_id = ?1 UNION ALL ${NOTICES} WHERE n.id = ?1 AND n.raw IS NOT NULL`,
    args: [id],
  });
  const row = rows[0];
  return row && { ...toMail(row), raw: inflateRawSync(Buffer.from(row.raw as ArrayBuffer)) };
}

function toMail(row: Record<string, unknown>): KeptMail {
  const instant = (value: unknown) => (value === null ? null : Number(value));
  return {
    id: String(row.id),
    subject: String(row.subject ?? ""),
    recipients: JSON.parse(String(row.recipients)) as string[],
    customerRef: String(row.customer_ref),
    customerName: String(row.customer_name),
    occasion: String(row.occasion),
    state: String(row.state),
    sendingAt: instant(row.sending_at),
    sentAt: instant(row.sent_at),
    bytes: Number(row.bytes),
    sha256: String(row.sha256),
  };
}

import { inflateRawSync } from "node:zlib";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import type { Db } from "./open.ts";

/** A kept mail, without its content. */
export type KeptMail = {
  id: string;
  subject: string;
  recipients: string[];
  customerRef: string;
  customerName: string;
  stage: string;
  state: string;
  leavesOn: CivilDay;
  sendingAt: Instant | null;
  sentAt: Instant | null;
  bytes: number;
  sha256: string;
};

const COLUMNS = `r.id, r.subject, r.recipients, r.stage, r.state, r.leaves_on, r.sending_at, r.sent_at,
  c.ref AS customer_ref, c.name AS customer_name, m.bytes, m.sha256`;
const FROM = "messages m JOIN reminders r ON r.id = m.reminder_id JOIN customers c ON c.id = r.customer_id";

/** Kept mails, newest first; `before` is the last id of the page before. */
export async function listMails(db: Db, page: { before?: string; limit: number }): Promise<KeptMail[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT ${COLUMNS} FROM ${FROM} WHERE (?1 IS NULL OR m.reminder_id < ?1) ORDER BY m.reminder_id DESC LIMIT ?2`,
    args: [page.before ?? null, page.limit],
  });
  return rows.map(toMail);
}

/** One kept mail with the message as it left, byte for byte; undefined where none is kept. */
export async function findMail(db: Db, id: string): Promise<(KeptMail & { raw: Buffer }) | undefined> {
  const { rows } = await db.client.execute({
    sql: `SELECT ${COLUMNS}, m.raw FROM ${FROM} WHERE m.reminder_id = ?`,
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
    stage: String(row.stage),
    state: String(row.state),
    leavesOn: Number(row.leaves_on),
    sendingAt: instant(row.sending_at),
    sentAt: instant(row.sent_at),
    bytes: Number(row.bytes),
    sha256: String(row.sha256),
  };
}

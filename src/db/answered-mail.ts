import type { Db } from "./open.ts";

/** A mail of ours that somebody answers, and what it was about. */
export type AnsweredMail = {
  id: string;
  /** The provider's own id for it. */
  providerId: string | null;
  customerId: string;
  locale: string | null;
  recipients: string[];
  /** The numbers of its invoices. */
  invoices: string[];
};

const MAILS = [
  { table: "reminders", about: "reminder_invoices", key: "reminder_id" },
  { table: "notices", about: "notice_invoices", key: "notice_id" },
];
const SELECT = MAILS.flatMap(({ table, about, key }) =>
  ["id", "provider_id"].map(
    (column) => `SELECT m.id, m.provider_id, m.customer_id, c.locale, m.recipients,
      (SELECT json_group_array(i.number) FROM ${about} x JOIN invoices i ON i.id = x.invoice_id WHERE x.${key} = m.id) AS invoices
      FROM json_each(?1) j JOIN ${table} m ON m.${column} = j.value JOIN customers c ON c.id = m.customer_id`,
  ),
).join(" UNION ALL ");

/** The mails of ours with one of these ids, our own or the provider's. */
export async function findAnsweredMails(db: Db, ids: string[]): Promise<AnsweredMail[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.client.execute({ sql: SELECT, args: [JSON.stringify(ids)] });
  return rows.map((row) => ({
    id: String(row.id),
    providerId: row.provider_id as string | null,
    customerId: String(row.customer_id),
    locale: row.locale as string | null,
    recipients: JSON.parse(String(row.recipients ?? "[]")),
    invoices: JSON.parse(String(row.invoices)),
  }));
}

/** The customers that have a contact at this address, with the numbers of what each still owes. */
export async function findCustomersAt(
  db: Db,
  address: string,
): Promise<{ customerId: string; locale: string | null; invoices: string[] }[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT DISTINCT c.id, c.locale, ${OWED} AS invoices FROM contacts n JOIN customers c ON c.id = n.customer_id
          WHERE n.email = ? LIMIT 50`,
    args: [address.trim().toLowerCase()],
  });
  return rows.map((row) => ({
    customerId: String(row.id),
    locale: row.locale as string | null,
    invoices: JSON.parse(String(row.invoices)),
  }));
}

/** The numbers of what a customer still owes. */
export async function findOwedNumbers(db: Db, customerId: string): Promise<string[]> {
  const { rows } = await db.client.execute({
    sql: `SELECT ${OWED} AS invoices FROM customers c WHERE c.id = ?`,
    args: [customerId],
  });
  return JSON.parse(String(rows[0]?.invoices ?? "[]"));
}

const OWED = `(SELECT json_group_array(number) FROM invoices
  WHERE customer_id = c.id AND balance_minor > 0 AND status = 'open')`;

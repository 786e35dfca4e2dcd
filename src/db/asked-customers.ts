import type { Db } from "./open.ts";

/** A customer as somebody acts for it, with those whose word counts, and the currencies of what it owes. */
export type AskedCustomer = {
  id: string;
  ref: string;
  name: string;
  ownerEmail: string | null;
  alertsTo: string | null;
  currencies: string[];
};

export async function findAskedCustomer(db: Db, id: string): Promise<AskedCustomer | undefined> {
  const { rows } = await db.client.execute({
    sql: `SELECT id, ref, name, owner_email, alerts_to, (SELECT json_group_array(DISTINCT i.currency) FROM invoices i
            WHERE i.customer_id = c.id AND i.status = 'open' AND i.balance_minor > 0) AS currencies
          FROM customers c WHERE id = ?`,
    args: [id],
  });
  const [row] = rows;
  return (
    row && {
      id: String(row.id),
      ref: String(row.ref),
      name: String(row.name),
      ownerEmail: row.owner_email as string | null,
      alertsTo: row.alerts_to as string | null,
      currencies: JSON.parse(String(row.currencies)),
    }
  );
}

/** Whether one of these people looks after a customer, by e-mail address in small letters. */
export async function lookAfterAny(db: Db, emails: string[]): Promise<boolean> {
  const { rows } = await db.client.execute({
    sql: `SELECT EXISTS (SELECT 1 FROM customers WHERE owner_email IN (SELECT value FROM json_each(?1)))
            OR EXISTS (SELECT 1 FROM customers WHERE alerts_to IN (SELECT value FROM json_each(?1))) AS known`,
    args: [JSON.stringify(emails)],
  });
  return Boolean(rows[0]!.known);
}

import type { InStatement, ResultSet } from "@libsql/client";

/** Where the history of a customer grows for one recipient: `alertId` is that of the first message. */
export type Thread = { customerId: string; recipient: string; channel: string; ts: string; alertId: string };

export function threadsQuery(customerIds: Iterable<string>): InStatement {
  return {
    sql: "SELECT * FROM threads WHERE customer_id IN (SELECT value FROM json_each(?))",
    args: [JSON.stringify([...new Set(customerIds)])],
  };
}

export function readThreads({ rows }: ResultSet): Thread[] {
  return rows.map((row) => ({
    customerId: String(row.customer_id),
    recipient: String(row.recipient),
    channel: String(row.channel),
    ts: String(row.ts),
    alertId: String(row.alert_id),
  }));
}

export function putThreadStatement(thread: Thread): InStatement {
  const { customerId, recipient, channel, ts, alertId } = thread;
  return {
    sql: `INSERT INTO threads (customer_id, recipient, channel, ts, alert_id) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (customer_id, recipient) DO UPDATE SET channel = excluded.channel, ts = excluded.ts,
            alert_id = excluded.alert_id`,
    args: [customerId, recipient, channel, ts, alertId],
  };
}

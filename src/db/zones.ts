import type { Db } from "./open.ts";

/** Which policies and zones customers name, and how many customers share them. */
export type NamedZone = { policy: string | null; timezone: string | null; customers: number };

export async function listNamedZones(db: Db): Promise<NamedZone[]> {
  const { rows } = await db.client.execute(
    "SELECT policy, timezone, count(*) AS customers FROM customers GROUP BY policy, timezone",
  );
  return rows.map((row) => ({
    policy: row.policy === null ? null : String(row.policy),
    timezone: row.timezone === null ? null : String(row.timezone),
    customers: Number(row.customers),
  }));
}

import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

export const AGE_BUCKETS = ["not_due", "1_30", "31_60", "61_90", "over_90"] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

/** What is open in one currency, minor units by age; credit not allocated to an invoice stands beside it. */
export type Aging = {
  currency: string;
  buckets: Record<AgeBucket, number>;
  totalMinor: number;
  invoices: number;
  unallocatedCreditMinor: number;
};

/** Balances of open invoices by days past due on this day. What has no due date is not due. */
export async function readAging(db: Db, on: CivilDay): Promise<Aging[]> {
  const [open, credit] = await db.batch(
    [
      {
        sql: `SELECT currency, sum(balance_minor) AS minor, count(*) AS invoices,
                CASE WHEN due_on IS NULL OR due_on >= ?1 THEN 'not_due' WHEN due_on >= ?1 - 30 THEN '1_30'
                  WHEN due_on >= ?1 - 60 THEN '31_60' WHEN due_on >= ?1 - 90 THEN '61_90' ELSE 'over_90' END AS bucket
              FROM invoices WHERE balance_minor > 0 AND status = 'open' GROUP BY currency, bucket`,
        args: [on],
      },
      `SELECT currency, sum(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END - allocated_minor) AS minor
       FROM payments WHERE abs(allocated_minor) < amount_minor GROUP BY currency`,
    ],
    "read",
  );
  const byCurrency = new Map<string, Aging>();
  const of = (currency: string) => {
    const known = byCurrency.get(currency) ?? emptyAging(currency);
    byCurrency.set(currency, known);
    return known;
  };
  for (const row of open!.rows) {
    const aging = of(String(row.currency));
    aging.buckets[row.bucket as AgeBucket] = Number(row.minor);
    aging.totalMinor += Number(row.minor);
    aging.invoices += Number(row.invoices);
  }
  for (const row of credit!.rows) of(String(row.currency)).unallocatedCreditMinor = Number(row.minor);
  return [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function emptyAging(currency: string): Aging {
  const buckets = { not_due: 0, "1_30": 0, "31_60": 0, "61_90": 0, over_90: 0 };
  return { currency, buckets, totalMinor: 0, invoices: 0, unallocatedCreditMinor: 0 };
}

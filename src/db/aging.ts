import type { InStatement, ResultSet } from "@libsql/client";
import type { AgeBucket } from "../domain/age.ts";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Db } from "./open.ts";

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
  return toAging(await db.batch(agingQueries(on, null), "read"));
}

/** Two statements that `toAging` understands; of one account owner's customers, or of all where that is null. */
export function agingQueries(on: CivilDay, ownerEmail: string | null): InStatement[] {
  const whose = "customer_id IN (SELECT id FROM customers WHERE owner_email = ?)";
  const owner = ownerEmail === null ? [] : [ownerEmail];
  return [
    {
      sql: `SELECT currency, sum(balance_minor) AS minor, count(*) AS invoices,
              CASE WHEN due_on IS NULL OR due_on >= ?1 THEN 'not_due' WHEN due_on >= ?1 - 30 THEN '1_30'
                WHEN due_on >= ?1 - 60 THEN '31_60' WHEN due_on >= ?1 - 90 THEN '61_90' ELSE 'over_90' END AS bucket
            FROM invoices WHERE balance_minor > 0 AND status = 'open' ${ownerEmail === null ? "" : `AND ${whose}`}
            GROUP BY currency, bucket`,
      args: [on, ...owner],
    },
    {
      sql: `SELECT currency, sum(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END - allocated_minor) AS minor
            FROM payments WHERE amount_minor > abs(allocated_minor) ${ownerEmail === null ? "" : `AND ${whose}`}
            GROUP BY currency`,
      args: owner,
    },
  ];
}

export function toAging([open, credit]: ResultSet[]): Aging[] {
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

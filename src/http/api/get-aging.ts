import { z } from "@hono/zod-openapi";
import { type Aging, readAging } from "../../db/aging.ts";
import { findCreditor } from "../../db/creditor.ts";
import { AGE_BUCKETS } from "../../domain/age.ts";
import { formatCivilDay } from "../../domain/civil-date.ts";
import { formatDecimal } from "../../domain/money.ts";
import { civilDayAt } from "../../domain/zone.ts";
import { endpoint } from "../endpoint.ts";
import { amount, answers, currency, isoDate } from "./schemas.ts";

const line = z
  .object({
    currency,
    not_due: amount.openapi({ description: "Due today or later, or without a due date." }),
    "1_30": amount.openapi({ description: "Balances 1 to 30 days past their due date." }),
    "31_60": amount,
    "61_90": amount,
    over_90: amount,
    total: amount,
    invoices: z.int().openapi({ description: "How many invoices are open." }),
    unallocated_credit: amount.openapi({ description: "Paid or credited, and not allocated to an invoice." }),
  })
  .openapi("Aging");

const schema = z.object({
  as_of: isoDate.openapi({ description: "Today where the creditor is." }),
  currencies: z.array(line),
});

export const getAging = endpoint(
  {
    summary: "What is open, by age and currency",
    tags: ["Reading"],
    responses: { 200: answers("Balances of open invoices", schema) },
  },
  (services) => async (c) => {
    const creditor = await findCreditor(services.db);
    const today = civilDayAt(services.clock(), creditor?.timezone ?? "UTC");
    const aging = await readAging(services.db, today);
    return c.json({ as_of: formatCivilDay(today), currencies: aging.map(toLine) }, 200);
  },
);

function toLine({
  currency,
  buckets,
  totalMinor,
  invoices,
  unallocatedCreditMinor,
}: Aging): z.output<typeof line> {
  const amounts = Object.fromEntries(
    AGE_BUCKETS.map((bucket) => [bucket, formatDecimal(buckets[bucket], currency)]),
  ) as Record<keyof typeof buckets, string>;
  return {
    currency,
    ...amounts,
    total: formatDecimal(totalMinor, currency),
    invoices,
    unallocated_credit: formatDecimal(unallocatedCreditMinor, currency),
  };
}

import type { InStatement } from "@libsql/client";
import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";

/** Money that came for an invoice in one transaction, minor units, and the day of the last of it. */
export type PaidInvoice = {
  customerId: string;
  amountMinor: number;
  paidOn: CivilDay;
  /** The same in words, `EUR 1,200.00`, and the last payment of it. */
  amount: string;
  paymentId: string;
};

/** Thanks for what was paid long ago would puzzle: such payments come with old records. */
const NEWS_FOR_DAYS = 7;

/** Whether what was paid on a day is news still. */
export function isNews(paidOn: CivilDay, at: Instant): boolean {
  return paidOn >= at / DAY_MS - NEWS_FOR_DAYS;
}

/**
 * Plans thanks for invoices of which nothing is left to pay and of which a reminder had left: once for each invoice, one mail for
 * each customer. What was promised for that day, or agreed in instalments, has thanks of its own.
 */
export function thankStatements(paid: Map<string, PaidInvoice>, at: Instant): InStatement[] {
  const recent = [...paid].filter(([, { paidOn }]) => isNews(paidOn, at));
  if (recent.length === 0) return [];
  const ids = new Map(recent.map(([, { customerId }]) => [customerId, newId("ntc", at)]));
  const rows = recent.map(([id, { customerId, amountMinor, paidOn }]) => [
    id,
    ids.get(customerId),
    amountMinor,
    paidOn,
  ]);
  return [
    {
      sql: `INSERT INTO notices (id, fact, kind, customer_id, body, state, leaves_at, created_at)
            SELECT j.value->>1, 'payment_thanks ' || (j.value->>1), 'payment_thanks', i.customer_id,
              json_object('paidOn', iif(min(j.value->>3) = max(j.value->>3), min(j.value->>3), NULL),
                'items', json_group_array(json_object('number', i.number, 'currency', i.currency,
                  'amountMinor', j.value->>2, 'dueOn', i.due_on, 'invoiceUrl', i.invoice_url))),
              'planned', ?1, ?1
            FROM json_each(?2) j JOIN invoices i ON i.id = j.value->>0
            WHERE ${EARNS_THANKS} GROUP BY j.value->>1`,
      args: [at, JSON.stringify(rows)],
    },
    {
      sql: `INSERT INTO notice_invoices (notice_id, invoice_id)
            SELECT n.id, i.id FROM json_each(?) j JOIN notices n ON n.id = j.value->>1 JOIN invoices i ON i.id = j.value->>0
            WHERE ${EARNS_THANKS}`,
      args: [JSON.stringify(rows)],
    },
  ];
}

/** What was promised for the day `j.value->>3`, or agreed, has news of its own. */
export const HAS_NO_OTHER_NEWS = `NOT EXISTS (SELECT 1 FROM promises p
    WHERE p.invoice_id = i.id AND p.state = 'open' AND p.last_day >= j.value->>3)
  AND NOT EXISTS (SELECT 1 FROM plan_invoices x JOIN plans p ON p.id = x.plan_id
    WHERE x.invoice_id = i.id AND p.state = 'agreed')`;

const EARNS_THANKS = `i.status = 'open' AND i.balance_minor = 0
  AND EXISTS (SELECT 1 FROM reminder_invoices x JOIN reminders r ON r.id = x.reminder_id
    WHERE x.invoice_id = i.id AND x.counts = 1 AND r.sent_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM notice_invoices x JOIN notices k ON k.id = x.notice_id
    WHERE x.invoice_id = i.id AND k.kind = 'payment_thanks' AND k.state <> 'cancelled')
  AND ${HAS_NO_OTHER_NEWS}`;

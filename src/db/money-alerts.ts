import type { InStatement } from "@libsql/client";
import { DAY_MS } from "../domain/civil-date.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/zone.ts";
import { HAS_NO_OTHER_NEWS, isNews, type PaidInvoice } from "./payment-thanks.ts";

/** Money that was taken back from an invoice that was paid, as it is told: `EUR 1,200.00`. */
export type ReopenedInvoice = { amount: string; paymentId: string };

/**
 * Tells the account owner, else finance, that invoices are paid: those that were overdue, or that somebody here was told of. What
 * was promised or agreed has news of its own.
 */
export function paidAlertsStatement(paid: Map<string, PaidInvoice>, at: Instant): InStatement {
  const rows = [...paid].filter(([, { paidOn }]) => isNews(paidOn, at));
  return alertsStatement("payment_received", {
    isRoutine: true,
    to: "coalesce(c.owner_email, k.body->>'finance_owner')",
    rows: rows.map(([id, { amount, paymentId, paidOn }]) => [
      id,
      newId("alr", at),
      amount,
      paidOn,
      paymentId,
    ]),
    where: `i.status = 'open' AND i.balance_minor = 0 AND (i.due_on < j.value->>3
      OR EXISTS (SELECT 1 FROM alerts a WHERE a.invoice_id = i.id)
      OR EXISTS (SELECT 1 FROM reminder_invoices x WHERE x.invoice_id = i.id AND x.counts = 1)) AND ${HAS_NO_OTHER_NEWS}`,
    at,
  });
}

/** Tells finance that invoices which were paid are open again. */
export function reopenedAlertsStatement(reopened: Map<string, ReopenedInvoice>, at: Instant): InStatement {
  return alertsStatement("payment_reversed", {
    isRoutine: false,
    to: "coalesce(k.body->>'finance_owner', c.owner_email)",
    rows: [...reopened].map(([id, { amount, paymentId }]) => [id, newId("alr", at), amount, null, paymentId]),
    where: "i.status = 'open' AND i.balance_minor > 0",
    at,
  });
}

function alertsStatement(
  kind: "payment_received" | "payment_reversed",
  told: { isRoutine: boolean; to: string; rows: unknown[][]; where: string; at: Instant },
): InStatement {
  return {
    sql: `INSERT INTO alerts (id, fact, kind, customer_id, invoice_id, to_email, payload, state, next_try_at, created_at)
          SELECT j.value->>1, '${kind} ' || i.id || ' ' || (j.value->>4), '${kind}', i.customer_id, i.id, ${told.to},
            json_object('customer', json_object('ref', c.ref, 'name', c.name), 'note', NULL, 'invoices', json_array(json_object(
              'number', i.number, 'customer', c.name, 'amount', j.value->>2, 'dueOn', date(i.due_on * 86400, 'unixepoch'),
              'daysOverdue', max(0, coalesce(?2 - i.due_on, 0)), 'stage', NULL))),
            iif(${told.isRoutine} AND ${told.to} IS NOT NULL, 'digest', 'pending'), ?1, ?1
          FROM json_each(?3) j JOIN invoices i ON i.id = j.value->>0 JOIN customers c ON c.id = i.customer_id
          LEFT JOIN creditors k ON true WHERE ${told.where} ON CONFLICT (fact) DO NOTHING`,
    args: [told.at, Math.floor(told.at / DAY_MS), JSON.stringify(told.rows)],
  };
}

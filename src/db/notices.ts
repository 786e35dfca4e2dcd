import type { InStatement } from "@libsql/client";
import { newId } from "../domain/ids.ts";
import type { NoticeBody, NoticeKind } from "../domain/notice.ts";
import type { Instant } from "../domain/zone.ts";

export type NewNotice = {
  /** What it says, once: kind and the occasion. */
  fact: string;
  kind: NoticeKind;
  customerId: string;
  /** Whose ledgers tell of it. */
  invoiceIds: string[];
  /** Not before this instant; kinds that wait for hours do so by themselves. */
  leavesAt: Instant;
  body: NoticeBody;
};

/** Statements that plan notices, each once by its fact, within the transaction that makes them true. */
export function planNotices(notices: NewNotice[], at: Instant): InStatement[] {
  if (notices.length === 0) return [];
  const planned = notices.map((notice) => ({ ...notice, id: newId("ntc", at) }));
  return [
    {
      sql: `INSERT INTO notices (id, fact, kind, customer_id, leaves_at, body, state, created_at)
            SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, 'planned', ?
            FROM json_each(?) WHERE true ON CONFLICT (fact) DO NOTHING`,
      args: [
        at,
        JSON.stringify(
          planned.map((n) => [n.id, n.fact, n.kind, n.customerId, n.leavesAt, JSON.stringify(n.body)]),
        ),
      ],
    },
    {
      sql: `INSERT INTO notice_invoices (notice_id, invoice_id)
            SELECT n.id, invoice.value FROM json_each(?) j JOIN notices n ON n.id = j.value->>0, json_each(j.value->1) invoice
            WHERE true ON CONFLICT DO NOTHING`,
      args: [JSON.stringify(planned.map(({ id, invoiceIds }) => [id, invoiceIds]))],
    },
  ];
}

/** A statement that takes back notices by their facts, where they have not begun to leave. */
export function cancelNotices(facts: string[]): InStatement {
  return {
    sql: `UPDATE notices SET state = 'cancelled' WHERE fact IN (SELECT value FROM json_each(?)) AND state = 'planned'`,
    args: [JSON.stringify(facts)],
  };
}

import type { InStatement } from "@libsql/client";

/** Has the next tick judge what was promised or agreed about these invoices: their money, or they themselves, changed. */
export function judgeSoonStatements(invoiceIds: Iterable<string>): InStatement[] {
  const ids = JSON.stringify([...invoiceIds]);
  return [
    {
      sql: `UPDATE promises SET judge_at = 0
            WHERE state IN ('asked', 'open') AND invoice_id IN (SELECT value FROM json_each(?))`,
      args: [ids],
    },
    {
      sql: `UPDATE plans SET judge_at = 0 WHERE state IN ('asked', 'agreed') AND id IN (
              SELECT x.plan_id FROM json_each(?) j JOIN plan_invoices x ON x.invoice_id = j.value)`,
      args: [ids],
    },
  ];
}

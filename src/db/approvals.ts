import type { InStatement } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";
import type { ReadyReminder } from "./reminders.ts";

/** A reminder that finance is asked about before it may leave. */
export type ApprovalRequest = Pick<
  ReadyReminder,
  "id" | "customerId" | "customerVersion" | "stage" | "policyName" | "policyVersion" | "leavesOn"
> & { items: Omit<ReadyReminder["items"][number], "stage">[] };

/** Records the requests whose customer is as it was when they were decided; their stages do not count as sent. */
export function askApproval(requests: ApprovalRequest[], at: Instant): InStatement[] {
  const rows = requests.map((r) => [
    r.id,
    r.customerId,
    r.customerVersion,
    r.stage,
    r.policyName,
    r.policyVersion,
    r.leavesOn,
  ]);
  const items = requests.flatMap((r) =>
    r.items.map((i) => [r.id, i.invoiceId, r.stage, i.askedMinor, i.balanceMinor]),
  );
  return [
    {
      sql: `INSERT INTO reminders (id, customer_id, stage, state, policy_name, policy_version, leaves_on, recipients, asked_at, created_at)
            SELECT j.value->>0, j.value->>1, j.value->>3, 'awaiting_approval', j.value->>4, j.value->>5, j.value->>6, '[]', ?, ?
            FROM json_each(?) j JOIN customers c ON c.id = j.value->>1 AND c.facts_version = j.value->>2`,
      args: [at, at, JSON.stringify(rows)],
    },
    {
      sql: `INSERT INTO reminder_invoices (reminder_id, invoice_id, stage, asked_minor, balance_minor, counts)
            SELECT j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, 0
            FROM json_each(?) j JOIN reminders r ON r.id = j.value->>0`,
      args: [JSON.stringify(items)],
    },
    {
      sql: `UPDATE customers SET facts_version = facts_version + 1
            WHERE id IN (SELECT r.customer_id FROM json_each(?) j JOIN reminders r ON r.id = j.value)`,
      args: [JSON.stringify(requests.map((r) => r.id))],
    },
  ];
}

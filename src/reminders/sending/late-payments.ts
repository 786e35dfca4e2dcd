import type { Db } from "../../db/open.ts";
import type { LatePayments } from "../../domain/compose-letter.ts";
import type { CustomerPlan } from "./plan-customer.ts";

/** What was allocated to the invoices that are charged interest for in these plans; asks nothing where none are. */
export async function latePayments(
  db: Db,
  plans: Pick<CustomerPlan, "reminder" | "context">[],
): Promise<LatePayments> {
  const ids = plans.flatMap(({ reminder, context: { policy } }) =>
    reminder === null || policy.interest.kind === "none"
      ? []
      : reminder.items
          .filter(({ stage }) => policy.stages.find(({ key }) => key === stage)?.interest)
          .map(({ invoice }) => invoice.id),
  );
  const payments: LatePayments = new Map();
  if (ids.length === 0) return payments;
  const [result] = await db.batch(
    [
      {
        sql: `SELECT a.invoice_id, a.amount_minor, p.paid_on FROM json_each(?) j
              JOIN allocations a ON a.invoice_id = j.value JOIN payments p ON p.id = a.payment_id ORDER BY p.paid_on`,
        args: [JSON.stringify(ids)],
      },
    ],
    "read",
  );
  for (const row of result!.rows) {
    const id = String(row.invoice_id);
    const known = payments.get(id) ?? [];
    payments.set(id, [...known, { on: Number(row.paid_on), amountMinor: Number(row.amount_minor) }]);
  }
  return payments;
}

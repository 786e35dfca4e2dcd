import type { CivilDay } from "../domain/civil-date.ts";
import type { HoldKind } from "../domain/facts.ts";
import type { PaymentKind } from "../domain/records.ts";
import type { Instant } from "../domain/zone.ts";
import { disputeQuery, readDisputes, type StoredDispute } from "./disputes.ts";
import type { Db } from "./open.ts";
import { livePlansQuery, readPlans, type StoredPlan } from "./plans.ts";
import { openPromisesQuery, readPromises, type StoredPromise } from "./promises.ts";

/** What stands beside an invoice: money allocated to it, holds that have not been ended, reminders, and what its debtor answered. */
export type InvoiceHistory = {
  payments: { kind: PaymentKind; paidOn: CivilDay; amountMinor: number; reference: string | null }[];
  holds: {
    kind: HoldKind;
    isOnCustomer: boolean;
    reason: string;
    until: CivilDay | null;
    questionTo: string | null;
    amountMinor: number | null;
    author: string;
  }[];
  reminders: {
    id: string;
    stage: string;
    state: string;
    on: CivilDay;
    sentAt: Instant | null;
    askedMinor: number;
  }[];
  /** Asked or open. */
  promise: StoredPromise | null;
  dispute: StoredDispute | null;
  /** Asked or agreed. */
  plan: StoredPlan | null;
};

/** Most entries of each kind that are read for one invoice. */
const LIMIT = 200;

export async function readInvoiceHistory(
  db: Db,
  invoice: { id: string; number: string; customerId: string },
): Promise<InvoiceHistory> {
  const [payments, holds, reminders, promises, disputes, plans] = await db.batch(
    [
      {
        sql: `SELECT p.kind, p.paid_on, a.amount_minor, p.reference FROM allocations a JOIN payments p ON p.id = a.payment_id
              WHERE a.invoice_id = ? ORDER BY p.paid_on, p.id LIMIT ${LIMIT}`,
        args: [invoice.id],
      },
      {
        sql: `SELECT kind, invoice_id, reason, until, question_to, amount_minor, author FROM holds
              WHERE customer_id = ? AND (invoice_id IS NULL OR invoice_id = ?) AND ended_at IS NULL
              ORDER BY id LIMIT ${LIMIT}`,
        args: [invoice.customerId, invoice.id],
      },
      {
        sql: `SELECT r.id, ri.stage, r.state, r.leaves_on, r.sent_at, ri.asked_minor
              FROM reminders r JOIN reminder_invoices ri ON ri.reminder_id = r.id AND ri.invoice_id = ?
              WHERE r.customer_id = ? ORDER BY r.leaves_on, r.id LIMIT ${LIMIT}`,
        args: [invoice.id, invoice.customerId],
      },
      openPromisesQuery([invoice.number]),
      disputeQuery({ invoiceNumber: invoice.number }),
      livePlansQuery([invoice.number]),
    ],
    "read",
  );
  const text = (value: unknown) => (value === null ? null : String(value));
  const number = (value: unknown) => (value === null ? null : Number(value));
  return {
    payments: payments!.rows.map((row) => ({
      kind: row.kind as PaymentKind,
      paidOn: Number(row.paid_on),
      amountMinor: Number(row.amount_minor),
      reference: text(row.reference),
    })),
    holds: holds!.rows.map((row) => ({
      kind: row.kind as HoldKind,
      isOnCustomer: row.invoice_id === null,
      reason: String(row.reason),
      until: number(row.until),
      questionTo: text(row.question_to),
      amountMinor: number(row.amount_minor),
      author: String(row.author),
    })),
    reminders: reminders!.rows.map((row) => ({
      id: String(row.id),
      stage: String(row.stage),
      state: String(row.state),
      on: Number(row.leaves_on),
      sentAt: number(row.sent_at),
      askedMinor: Number(row.asked_minor),
    })),
    promise: readPromises(promises!)[0] ?? null,
    dispute: readDisputes(disputes!)[0] ?? null,
    plan: readPlans(plans!)[0] ?? null,
  };
}

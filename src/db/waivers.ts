import type { InStatement } from "@libsql/client";
import type { CivilDay } from "../domain/civil-date.ts";
import type { Instant } from "../domain/zone.ts";
import { REACHED_NOBODY } from "./reminder-states.ts";

/** A person's word that a stage is not sent for an invoice. `on` is the customer's civil day. */
export type Waiver = {
  invoiceId: string;
  stage: string;
  at: Instant;
  on: CivilDay;
  author: string;
  reason: string;
};

export function putWaiverStatement({ invoiceId, stage, at, on, author, reason }: Waiver): InStatement {
  return {
    sql: "INSERT INTO waived_stages (invoice_id, stage, at, waived_on, author, reason) VALUES (?, ?, ?, ?, ?, ?)",
    args: [invoiceId, stage, at, on, author, reason],
  };
}

/** Opens a stage again: what was sent of it does not count any more, a waiver is gone, and an approval of it is used up. */
export function resetStageStatements(invoiceId: string, stage: string, at: Instant): InStatement[] {
  return [
    { sql: "DELETE FROM waived_stages WHERE invoice_id = ? AND stage = ?", args: [invoiceId, stage] },
    {
      sql: "UPDATE reminder_invoices SET counts = 0 WHERE invoice_id = ? AND stage = ? AND counts = 1",
      args: [invoiceId, stage],
    },
    {
      sql: `UPDATE reminders SET closed_at = ?1 WHERE state IN (${REACHED_NOBODY}) AND asked_at IS NOT NULL AND closed_at IS NULL
              AND customer_id = (SELECT customer_id FROM invoices WHERE id = ?2)
              AND id IN (SELECT reminder_id FROM reminder_invoices WHERE invoice_id = ?2 AND stage = ?3 AND counts = 0)`,
      args: [at, invoiceId, stage],
    },
  ];
}

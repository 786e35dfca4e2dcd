import type { InStatement, ResultSet } from "@libsql/client";
import type { Instant } from "../domain/zone.ts";

export type OpenInvoice = { id: string; number: string; isMarked: boolean };

/** A page of open invoices that were known by then, in the order of their ids. */
export function openInvoicesQuery(page: { after: string; limit: number; knownBy: Instant }): InStatement {
  return {
    sql: `SELECT id, number, missing_since FROM invoices
          WHERE id > ? AND balance_minor > 0 AND status = 'open' AND created_at <= ? ORDER BY id LIMIT ?`,
    args: [page.after, page.knownBy, page.limit],
  };
}

export function readOpenInvoices({ rows }: ResultSet): OpenInvoice[] {
  return rows.map((row) => ({
    id: String(row.id),
    number: String(row.number),
    isMarked: row.missing_since !== null,
  }));
}

/** Marks those that are still open and not marked; answers their ids and customers. */
export function markMissingStatement(invoiceIds: string[], at: Instant): InStatement {
  return {
    sql: `UPDATE invoices SET missing_since = ?, updated_at = ?
          WHERE id IN (SELECT value FROM json_each(?))
          AND missing_since IS NULL AND balance_minor > 0 AND status = 'open'
          RETURNING id, customer_id`,
    args: [at, at, JSON.stringify(invoiceIds)],
  };
}

export function readMarked({ rows }: ResultSet): { invoiceId: string; customerId: string }[] {
  return rows.map((row) => ({ invoiceId: String(row.id), customerId: String(row.customer_id) }));
}

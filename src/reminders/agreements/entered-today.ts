import type { Transaction } from "@libsql/client";
import { formatCivilDay } from "../../domain/civil-date.ts";
import type { LedgerKind } from "../../domain/ledger.ts";
import { instantOf } from "../../domain/zone.ts";
import type { Share } from "./case-news.ts";
import type { DebtorCase } from "./debtor-case.ts";

/** The ids of those invoices of the case on which this was entered on the customer's day already. */
export async function enteredToday(
  tx: Transaction,
  { context, invoices }: DebtorCase,
  kind: LedgerKind,
): Promise<Set<unknown>> {
  const { rows } = await tx.execute({
    sql: `SELECT DISTINCT l.invoice_id FROM json_each(?) j JOIN ledger l ON l.invoice_id = j.value
          WHERE l.kind = ? AND l.at >= ?`,
    args: [
      JSON.stringify(invoices.map(({ id }) => id)),
      kind,
      instantOf(context.today, 0, context.calendar.zone),
    ],
  });
  return new Set(rows.map((row) => row.invoice_id));
}

/** The occasion of what is told once a day of these invoices. */
export function occasionToday({ context }: DebtorCase, shares: Pick<Share, "invoice">[]): string {
  return `${shares[0]!.invoice.id} ${formatCivilDay(context.today)}`;
}

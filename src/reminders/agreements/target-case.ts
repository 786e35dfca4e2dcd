import type { Transaction } from "@libsql/client";
import type { Instant } from "../../domain/zone.ts";
import { AppError } from "../../errors.ts";
import type { HoldTarget } from "../decisions/hold-target.ts";
import { type DebtorCase, openCase, openCustomerCase } from "./debtor-case.ts";

/** The case of an invoice, or of a customer as a whole (no invoices named). Throws `not_found`. */
export async function openTargetCase(
  tx: Transaction,
  { invoiceNumber, customerRef }: HoldTarget,
  who: { author: string; at: Instant },
): Promise<DebtorCase> {
  if (invoiceNumber !== undefined) return openCase(tx, { numbers: [invoiceNumber], ...who });
  const { rows } = await tx.execute({ sql: "SELECT id FROM customers WHERE ref = ?", args: [customerRef] });
  if (!rows[0]) throw new AppError("not_found", `there is no customer ${customerRef}`);
  return openCustomerCase(tx, { customerId: String(rows[0].id), ...who });
}

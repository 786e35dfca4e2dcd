import type { Transaction } from "@libsql/client";
import { findInvoiceNamed } from "../../db/payment-names.ts";
import { findInvoicePaidBy } from "../../db/payments.ts";

export const NO_PAYMENT_YET = "stands for no payment or invoice on record yet";

/** The number of the invoice that is named, or that a payment service's name for it or for what was paid stands for. */
export async function findInvoiceOf(
  tx: Transaction,
  { number, of }: { number?: string; of?: string },
): Promise<string | undefined> {
  if (number !== undefined) return findInvoiceNamed(tx, number);
  if (of === undefined) return undefined;
  return (await findInvoiceNamed(tx, of)) ?? (await findInvoicePaidBy(tx, of));
}

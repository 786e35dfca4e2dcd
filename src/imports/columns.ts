import { CUSTOMER_COLUMNS, INVOICE_COLUMNS, PAYMENT_COLUMNS } from "../domain/rows.ts";

export type ImportKind = "customers" | "invoices" | "payments";

/** The canonical columns of each kind of file; one of each group in `required` must be there. */
export const COLUMNS: Record<ImportKind, { all: readonly string[]; required: string[][] }> = {
  customers: { all: CUSTOMER_COLUMNS, required: [["customer_ref"]] },
  invoices: { all: INVOICE_COLUMNS, required: [["invoice_number"], ["customer_ref"]] },
  payments: { all: PAYMENT_COLUMNS, required: [["invoice_number", "customer_ref"], ["amount"], ["paid_on"]] },
};

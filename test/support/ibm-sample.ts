import { join } from "node:path";

/** The folder of real samples; tests that want it are skipped, and say so, where it is unset. */
export const samples = process.env.DUNWELL_SAMPLES;

export const IBM_FILE = join(samples ?? "", "invoices", "ibm_accounts_receivable.csv");

/** How the columns of 2,466 real invoices are called there. */
export const IBM_MAPPING = {
  invoice_number: { column: "invoiceNumber" },
  customer_ref: { column: "customerID" },
  customer_email: { template: "{customerID}@example.com" },
  currency: { value: "USD" },
  amount: { column: "InvoiceAmount" },
  issued_on: { column: "InvoiceDate", format: "M/D/YYYY" },
  due_on: { column: "DueDate", format: "M/D/YYYY" },
  paid_on: { column: "SettledDate", format: "M/D/YYYY" },
};

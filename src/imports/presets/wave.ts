import type { Preset } from "../preset.ts";

const WAVE = { name: "wave", product: "Wave" };

export const WAVE_PRESETS: Preset[] = [
  {
    ...WAVE,
    kind: "invoices",
    marks: [
      "Transaction ID",
      "Transaction Date",
      "Account Name",
      "Invoice Number",
      "Account Type",
      "Amount (One column)",
    ],
    fields: {
      invoice_number: "Invoice Number",
      customer_ref: "Customer",
      customer_name: "Customer",
      currency: "Currency",
      amount: "Debit Amount (Two Column Approach)|Amount (One column)",
      issued_on: "Transaction Date",
    },
    keep: [
      { column: "Account Type", is: ["systemreceivableinvoice", "accountsreceivable"] },
      { column: "Amount (One column)", is: "above zero" },
    ],
  },
  {
    ...WAVE,
    kind: "payments",
    marks: [
      "Transaction ID",
      "Transaction Date",
      "Account Name",
      "Invoice Number",
      "Account Type",
      "Amount (One column)",
    ],
    fields: {
      invoice_number: "Invoice Number",
      customer_ref: "Customer",
      amount: "Credit Amount (Two Column Approach)|Amount (One column)",
      paid_on: "Transaction Date",
      reference: { join: ["Transaction ID", "Invoice Number"], with: "/" },
    },
    keep: [
      { column: "Account Type", is: ["systemreceivableinvoice", "accountsreceivable"] },
      { column: "Amount (One column)", is: "below zero" },
    ],
  },
  {
    ...WAVE,
    kind: "customers",
    marks: ["customer_name", "email", "contact_first_name", "customer_currency|account_number"],
    fields: {
      customer_ref: "customer_name",
      name: "customer_name",
      address: {
        join: ["address_line_1", "address_line_2", "postal_code/zip_code", "city", "province/state"],
        with: "\n",
      },
      country: "country",
      contact_name: { join: ["contact_first_name", "contact_last_name"], with: " " },
      contact_email: "email",
    },
  },
];

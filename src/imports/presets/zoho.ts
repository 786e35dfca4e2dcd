import type { Preset, Source } from "../preset.ts";

const ZOHO = { name: "zoho", product: "Zoho Books" };

const ZOHO_ADDRESS: Source = {
  join: [
    "Billing Address",
    "Billing Street2|Billing Street 2",
    "Billing Code|Billing Zip",
    "Billing City",
    "Billing State",
  ],
  with: "\n",
};

export const ZOHO_PRESETS: Preset[] = [
  {
    ...ZOHO,
    kind: "invoices",
    marks: [
      "Invoice Number",
      "Invoice Status",
      "Customer Name",
      "Invoice Date",
      "Due Date",
      "Total",
      "Balance",
    ],
    fields: {
      invoice_number: "Invoice Number",
      customer_ref: "Customer ID|Customer Name",
      customer_name: "Customer Name|Company Name",
      customer_email: "Primary Contact EmailID|Primary Contact Email|Customer EmailID|EmailID|Email",
      currency: "Currency Code|Currency",
      amount: "Total",
      issued_on: "Invoice Date",
      due_on: "Due Date",
      paid_on: "Last Payment Date",
      po_number: "PurchaseOrder|PurchaseOrder Number|Reference Number",
      invoice_url: "Invoice URL",
    },
    balance: "Balance",
    status: ["Invoice Status"],
  },
  {
    ...ZOHO,
    kind: "customers",
    marks: [
      "Display Name|Customer Name|Contact Name",
      "EmailID|Email ID",
      "Billing Address|Billing City|Contact Type",
    ],
    absent: ["Invoice Number"],
    fields: {
      customer_ref: "Customer ID|Contact ID|Display Name|Contact Name",
      name: "Display Name|Contact Name|Customer Name|Company Name",
      legal_name: "Company Name",
      address: ZOHO_ADDRESS,
      country: "Billing Country|Country",
      contact_name: { join: ["First Name", "Last Name"], with: " " },
      contact_email: "EmailID|Email ID",
    },
    keep: [{ column: "Contact Type", isNot: ["vendor", "supplier"] }],
  },
];

import type { Preset } from "../preset.ts";

const STRIPE = { name: "stripe", product: "Stripe" };

export const STRIPE_PRESETS: Preset[] = [
  {
    ...STRIPE,
    kind: "invoices",
    marks: [
      "id|Invoice ID",
      "Customer|Customer ID",
      "Amount Due",
      "Currency",
      "Status|Closed",
      "Date (UTC)|Created (UTC)|Due Date (UTC)|Finalized At (UTC)|Created date (UTC)",
    ],
    fields: {
      invoice_number: "Number|Invoice Number|id|Invoice ID",
      customer_ref: "Customer|Customer ID",
      customer_name: "Customer Name|Customer Description|Customer Email",
      customer_email: "Customer Email",
      currency: "Currency",
      amount: "Amount Due|Total",
      issued_on: "Finalized At (UTC)|Date (UTC)|Created (UTC)|Created date (UTC)|Date",
      due_on: "Due Date (UTC)|Due Date",
      paid_on: "Paid At (UTC)",
      paid_amount: "Amount Paid",
      po_number: "PO Number (metadata)|po_number (metadata)",
      payment_url: "Hosted Invoice URL",
      invoice_url: "Invoice PDF",
    },
    balance: "Amount Remaining",
    status: ["Status"],
  },
  {
    ...STRIPE,
    kind: "customers",
    marks: [
      "id|Customer ID",
      "Email",
      "Created (UTC)|Created date (UTC)|Created",
      "Delinquent|Default Source|Card ID|Plan|Total Spend",
    ],
    absent: ["Amount Due", "Amount"],
    fields: {
      customer_ref: "id|Customer ID",
      name: "Name|Business Name|Description|Email|id",
      legal_name: "Business Name",
      address: {
        join: ["Address Line1", "Address Line2", "Address Postal Code", "Address City", "Address State"],
        with: "\n",
      },
      country: "Address Country|Card Address Country",
      contact_name: "Name",
      contact_email: "Email",
    },
  },
];

import type { Preset } from "../preset.ts";

const NINJA = { name: "invoiceninja", product: "Invoice Ninja" };

const NINJA_NAME = "Client Name|Client|Name";

export const INVOICE_NINJA_PRESETS: Preset[] = [
  {
    ...NINJA,
    kind: "invoices",
    marks: [
      "Client Name|Client",
      "Invoice Number|Invoice Invoice Number",
      "Amount|Invoice Amount",
      "Invoice Date|Date|Invoice Invoice Date",
      "Due Date|Invoice Due Date",
      "Paid|Balance|Invoice Balance|Paid to Date|Invoice Paid to Date|Partial/Deposit",
    ],
    absent: ["Invoice #", "Date Issued", "Issue Date", "Issued Date", "Customer Name"],
    fields: {
      invoice_number: "Invoice Number|Invoice Invoice Number",
      customer_ref: "Client Name|Client",
      customer_name: "Client Name|Client",
      customer_email: "Email|Contact Email|Client Contact Email",
      currency: "Currency|Client Currency|Invoice Currency",
      amount: "Amount|Invoice Amount",
      issued_on: "Invoice Date|Invoice Invoice Date|Date",
      due_on: "Due Date|Invoice Due Date",
      paid_amount: "Paid|Paid to Date|Invoice Paid to Date",
      po_number: "PO Number|Invoice PO Number",
    },
    balance: "Invoice Balance|Balance",
    status: ["Status|Invoice Status"],
  },
  {
    ...NINJA,
    kind: "payments",
    marks: [
      "Client Name|Client",
      "Invoice Number|Payment Invoice Number|Invoices",
      "Amount|Payment Amount",
      "Date|Payment Date",
    ],
    absent: ["Due Date", "Invoice Due Date", "Date Issued", "Invoice Date", "Status"],
    fields: {
      invoice_number: "Invoice Number|Payment Invoice Number|Invoices",
      customer_ref: "Client Name|Client",
      amount: "Amount|Payment Amount",
      currency: "Currency|Payment Currency",
      paid_on: "Date|Payment Date",
      reference: "Transaction Reference|Payment Number",
    },
  },
  {
    ...NINJA,
    kind: "customers",
    marks: [
      "Name|Client Name",
      "Balance|Client Balance",
      "Paid to Date|Client Paid to Date",
      "Billing Street|Street|Email|Contact Email",
    ],
    absent: ["Invoice Number"],
    fields: {
      customer_ref: NINJA_NAME,
      name: NINJA_NAME,
      address: {
        join: [
          "Billing Street|Street",
          "Billing Apt/Suite|Apt/Suite",
          "Billing Postal Code|Postal Code",
          "Billing City|City",
          "Billing State/Province|State/Province",
        ],
        with: "\n",
      },
      country: "Billing Country|Country",
      contact_name: { join: ["First Name|Contact First Name", "Last Name|Contact Last Name"], with: " " },
      contact_email: "Email|Contact Email",
    },
  },
];

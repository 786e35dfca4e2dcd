import type { Preset } from "../preset.ts";

const FRESHBOOKS = { name: "freshbooks", product: "FreshBooks" };

const FRESHBOOKS_INVOICE = {
  invoice_number: "Invoice #|Invoice Number",
  customer_ref: "Client Name|Client|Organization",
  customer_name: "Client Name|Client|Organization",
  customer_email: "Client Email|Email",
  currency: "Currency|Currency Code",
  issued_on: "Date Issued|Issued Date|Issue Date",
  due_on: "Date Due|Due Date",
  paid_on: "Date Paid|Paid Date",
  po_number: "PO Number|PO #",
};

export const FRESHBOOKS_PRESETS: Preset[] = [
  {
    ...FRESHBOOKS,
    kind: "invoices",
    marks: [
      "Client Name|Client",
      "Invoice #|Invoice Number",
      "Date Issued|Issued Date|Issue Date",
      "Line Total",
      "Item Name|Line Subtotal|Rate",
    ],
    fields: { ...FRESHBOOKS_INVOICE, amount: "Line Total" },
    status: ["Invoice Status|Status"],
    lines: {},
  },
  {
    ...FRESHBOOKS,
    kind: "invoices",
    marks: [
      "Client Name|Client",
      "Invoice #|Invoice Number",
      "Date Issued|Issued Date|Issue Date",
      "Total|Amount|Invoice Total|Invoice Amount",
      "Invoice Status|Status",
    ],
    absent: ["Line Total", "PartPayment"],
    fields: {
      ...FRESHBOOKS_INVOICE,
      amount: "Invoice Total|Total|Invoice Amount|Amount",
      paid_amount: "Paid|Amount Paid",
    },
    balance: "Outstanding|Amount Outstanding|Balance|Amount Due|Balance Due",
    status: ["Invoice Status|Status"],
  },
  {
    ...FRESHBOOKS,
    kind: "customers",
    marks: ["Organization", "First Name", "Last Name", "Email"],
    fields: {
      customer_ref: ["Organization", { join: ["First Name", "Last Name"], with: " " }],
      name: ["Organization", { join: ["First Name", "Last Name"], with: " " }],
      address: {
        join: [
          "Street|Address Line 1",
          "Street 2|Address Line 2",
          "Postal Code",
          "City",
          "Province/State|Province",
        ],
        with: "\n",
      },
      country: "Country",
      contact_name: { join: ["First Name", "Last Name"], with: " " },
      contact_email: "Email",
    },
  },
];

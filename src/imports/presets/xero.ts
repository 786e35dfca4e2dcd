import type { Preset, Source } from "../preset.ts";

const XERO = { name: "xero", product: "Xero" };

const XERO_ADDRESS: Source = {
  join: [
    "POAddressLine1",
    "POAddressLine2",
    "POAddressLine3",
    "POAddressLine4",
    "POPostalCode",
    "POCity",
    "PORegion",
  ],
  with: "\n",
};

const XERO_INVOICE = {
  invoice_number: "InvoiceNumber",
  customer_ref: "ContactName",
  customer_name: "ContactName",
  customer_email: "EmailAddress",
  currency: "Currency|CurrencyCode",
  issued_on: "InvoiceDate",
  due_on: "DueDate",
  po_number: "Reference",
};

export const XERO_PRESETS: Preset[] = [
  {
    ...XERO,
    kind: "invoices",
    marks: [
      "ContactName",
      "InvoiceNumber",
      "InvoiceDate",
      "DueDate",
      "Total",
      "InvoiceAmountDue|InvoiceAmountPaid",
    ],
    fields: { ...XERO_INVOICE, amount: "Total", paid_amount: "InvoiceAmountPaid" },
    balance: "InvoiceAmountDue",
    status: ["Status"],
    keep: [{ column: "Type", is: ["salesinvoice", "accrec", "invoice", ""] }],
  },
  {
    ...XERO,
    kind: "invoices",
    marks: ["ContactName", "InvoiceNumber", "InvoiceDate", "DueDate", "Quantity", "UnitAmount"],
    absent: ["InvoiceAmountDue", "InvoiceAmountPaid"],
    fields: {
      ...XERO_INVOICE,
      amount: ["LineAmount", { times: ["Quantity", "UnitAmount"], percentOff: "Discount", tax: "TaxAmount" }],
    },
    status: ["Status"],
    keep: [{ column: "Type", is: ["salesinvoice", "accrec", "invoice", ""] }],
    lines: { total: "Total" },
    note: "amounts are the Total, or the sum of the lines with their TaxAmount; a tax that is named only by its rate is not in them",
  },
  {
    ...XERO,
    kind: "invoices",
    marks: [
      "Number|Invoice Number",
      "To|Contact|Contact Name",
      "Date|Invoice Date",
      "Due Date",
      "Paid",
      "Due",
      "Status",
    ],
    fields: {
      invoice_number: "Number|Invoice Number",
      customer_ref: "To|Contact|Contact Name",
      customer_name: "To|Contact|Contact Name",
      currency: "Currency",
      amount: { plus: ["Due", "Paid"] },
      paid_amount: "Paid",
      issued_on: "Date|Invoice Date",
      due_on: "Due Date",
      po_number: "Ref|Reference",
    },
    status: ["Status"],
  },
  {
    ...XERO,
    kind: "invoices",
    marks: ["Invoice Date", "Due Date", "Invoice Number", "Invoice Reference|Reference", "Current", "Total"],
    fields: {
      invoice_number: "Invoice Number",
      customer_ref: "Contact",
      customer_name: "Contact",
      currency: "Currency|Currency Code",
      amount: "Total",
      issued_on: "Invoice Date",
      due_on: "Due Date",
      po_number: "Invoice Reference|Reference",
    },
    hasHeadings: true,
  },
  {
    ...XERO,
    kind: "payments",
    marks: ["ContactName", "InvoiceNumber", "InvoiceDate", "Total", "InvoiceAmountDue", "Type"],
    fields: {
      customer_ref: "ContactName",
      amount: "InvoiceAmountDue",
      currency: "Currency|CurrencyCode",
      paid_on: "InvoiceDate",
      reference: "InvoiceNumber",
    },
    values: { kind: "credit_note" },
    keep: [
      { column: "Type", is: ["salescreditnote", "accreccredit", "salesoverpayment", "salesprepayment"] },
      { column: "Status", isNot: ["draft", "submitted", "awaitingapproval", "voided", "deleted"] },
      { column: "InvoiceAmountDue", is: "not zero" },
    ],
    note: "credit notes count with what is not yet allocated of them; the rest is in the balances of the invoices",
  },
  {
    ...XERO,
    kind: "customers",
    marks: [
      "ContactName",
      "EmailAddress",
      "FirstName|LastName|AccountNumber",
      "POAddressLine1|POCity|POCountry",
    ],
    absent: ["InvoiceNumber"],
    fields: {
      customer_ref: "ContactName",
      name: "ContactName",
      legal_name: "LegalName",
      address: XERO_ADDRESS,
      country: "POCountry",
      contact_name: { join: ["FirstName", "LastName"], with: " " },
      contact_email: "EmailAddress",
    },
  },
];

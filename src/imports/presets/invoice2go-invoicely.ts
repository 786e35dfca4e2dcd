import type { Preset } from "../preset.ts";

const INVOICE2GO = { name: "invoice2go", product: "Invoice2go" };
const INVOICELY = { name: "invoicely", product: "Invoicely" };

const CLIENTS = {
  customer_ref: "Client Name",
  name: "Client Name",
  contact_email: "Email",
  country: "Country",
};

export const INVOICE2GO_INVOICELY_PRESETS: Preset[] = [
  {
    ...INVOICE2GO,
    kind: "invoices",
    marks: ["DocumentNumber", "DocumentDate", "DocumentStatus", "TotalAmount", "BalanceDueAmount"],
    fields: {
      invoice_number: "DocumentNumber",
      customer_ref: "Name|ClientName",
      customer_name: "Name|ClientName",
      customer_email: "EmailRecipient",
      currency: "CurrencyCode",
      amount: "TotalAmount",
      issued_on: "DocumentDate",
      due_on: "DueDate|DocumentDueDate",
      paid_on: "DatePaid",
      paid_amount: "AmountPaidAmount",
    },
    balance: "BalanceDueAmount",
    status: ["DocumentStatus"],
    keep: [{ column: "StyleName|DocumentType", isNot: ["estimate", "quote", "creditmemo", "purchaseorder"] }],
  },
  {
    ...INVOICE2GO,
    kind: "customers",
    marks: ["Client Name", "Email", "Phone", "Country"],
    absent: ["Organization", "Balance", "Paid to Date"],
    fields: CLIENTS,
  },
  {
    ...INVOICELY,
    kind: "invoices",
    marks: ["Date", "Due", "Details", "Client", "Status", "Total"],
    fields: {
      invoice_number: "Details",
      customer_ref: "Client",
      customer_name: "Client",
      currency: "Currency",
      amount: "Total",
      issued_on: "Date",
      due_on: "Due",
      paid_amount: "Paid",
    },
    balance: "Balance",
    status: ["Status"],
  },
  { ...INVOICELY, kind: "customers", marks: ["Client Name", "Email"], fields: CLIENTS, isNamedOnly: true },
];

import type { Preset } from "../preset.ts";

const ODOO = { name: "odoo", product: "Odoo" };

const NUMBER = "Number|Invoice Number|name";
const PARTNER_ID = "partner_id/id|Partner/External ID|Customer/External ID|Partner/ID|Customer/ID";
const PARTNER =
  "Invoice Partner Display Name|invoice_partner_display_name|Partner|Partner/Display Name|Partner/Name|Customer|Customer/Display Name|partner_id/display_name|partner_id/name|partner_id";
const DATE = "Invoice/Bill Date|Invoice Date|invoice_date|date_invoice";
const DUE = "Due Date|Invoice Date Due|invoice_date_due|date_due";
const TOTAL =
  "Total in Currency|Total in Currency Signed|amount_total_in_currency_signed|amount_total|Total|Total Signed|amount_total_signed";
const RESIDUAL = "Amount Due in Currency|amount_residual|Amount Due|Amount Due Signed|amount_residual_signed";
const CURRENCY = "Currency|Currency/Name|Currency/Currency|currency_id|currency_id/name";
const TYPE = "Type|move_type|Move Type|type";
const STATES = ["Status|state|State", "Payment Status|payment_state|Payment State"];
const MARKS = [
  NUMBER,
  PARTNER,
  DATE,
  DUE,
  TOTAL,
  "Payment Status|payment_state|Payment State|Status|state|State",
];

export const ODOO_PRESETS: Preset[] = [
  {
    ...ODOO,
    kind: "invoices",
    marks: MARKS,
    absent: ["Invoice Status", "InvoiceNo", "Transaction type", "Customer Reference", "Balance"],
    fields: {
      invoice_number: NUMBER,
      customer_ref: `${PARTNER_ID}|${PARTNER}`,
      customer_name: PARTNER,
      customer_email: "Partner/Email|partner_id/email|Customer/Email|Email",
      currency: CURRENCY,
      amount: TOTAL,
      issued_on: DATE,
      due_on: DUE,
      po_number: "Reference|ref|Customer Reference",
    },
    balance: RESIDUAL,
    status: STATES,
    keep: [{ column: TYPE, is: ["customerinvoice", "outinvoice", "invoice", ""] }],
  },
  {
    ...ODOO,
    kind: "payments",
    marks: [NUMBER, PARTNER, DATE, TOTAL, RESIDUAL, TYPE],
    absent: ["Invoice Status", "InvoiceNo", "Transaction type"],
    fields: {
      customer_ref: `${PARTNER_ID}|${PARTNER}`,
      amount: RESIDUAL,
      currency: CURRENCY,
      paid_on: DATE,
      reference: NUMBER,
    },
    values: { kind: "credit_note" },
    keep: [
      { column: TYPE, is: ["customercreditnote", "outrefund", "creditnote"] },
      { column: STATES[0]!, isNot: ["draft", "cancel", "cancelled"] },
      { column: RESIDUAL, is: "not zero" },
    ],
    note: "credit notes count with what is not yet allocated of them; the rest is in the balances of the invoices",
  },
  {
    ...ODOO,
    kind: "customers",
    marks: [
      "Display Name|display_name|Name|name|Complete Name",
      "Email|email",
      "Salesperson|user_id|Activities|Company Type|company_type|Is a Company|is_company|External ID|Country|country_id",
    ],
    absent: [
      "EmailID",
      "Contact Type",
      "Balance",
      "Company name",
      "Street address",
      "Created (UTC)",
      "Paid to Date",
    ],
    fields: {
      customer_ref: "External ID|id|Display Name|display_name|Complete Name|Name|name",
      name: "Display Name|display_name|Complete Name|Name|name",
      address: { join: ["Street|street", "Street2|street2", "Zip|zip", "City|city"], with: "\n" },
      country: "Country|country_id|Country/Country Code|country_id/code",
      contact_email: "Email|email",
    },
  },
];

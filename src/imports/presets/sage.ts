import type { Preset } from "../preset.ts";

const SAGE = { name: "sage", product: "Sage" };

const ACCOUNT = "Account Reference|Account Ref|A/C Ref|A/C|Account";
const REFERENCE = "Reference|Ref|Invoice Reference";
const AUDIT_MARKS = [
  "Type",
  ACCOUNT,
  "Nominal A/C Ref|Nominal Code|N/C|Nominal",
  "Date",
  REFERENCE,
  "Net Amount|Net",
];
const GROSS = ["Gross Amount|Gross", { plus: ["Net Amount|Net", "Tax Amount|Tax"] }];

export const SAGE_PRESETS: Preset[] = [
  {
    ...SAGE,
    kind: "invoices",
    marks: AUDIT_MARKS,
    fields: {
      invoice_number: REFERENCE,
      customer_ref: ACCOUNT,
      customer_name: "Account Name|Name",
      currency: "Currency|Currency Code",
      amount: GROSS,
      issued_on: "Date",
      due_on: "Due Date|Date Due",
      po_number: "Customer Order Number|Order Number",
    },
    keep: [{ column: "Type", is: ["si"] }],
    lines: {},
    order: "dmy",
  },
  {
    ...SAGE,
    kind: "payments",
    marks: AUDIT_MARKS,
    fields: {
      customer_ref: ACCOUNT,
      amount: GROSS,
      currency: "Currency|Currency Code",
      paid_on: "Date",
    },
    keep: [{ column: "Type", is: ["sr", "sa", "sc", "sd", "sp"] }],
    kinds: {
      column: "Type",
      words: { sr: "payment", sa: "payment", sc: "credit_note", sd: "credit_note", sp: "refund" },
    },
    order: "dmy",
  },
  {
    ...SAGE,
    kind: "invoices",
    marks: [
      "Invoice Number|Invoice No|Invoice No.|Number",
      "Customer|Customer Name|Contact|Account Name|A/C|Account",
      "Invoice Date|Date|Issue Date",
      "Due Date|Date Due",
      "Total|Total Amount|Gross|Gross Amount|Invoice Total|Amount",
      "Outstanding|Outstanding Amount|Amount Outstanding|O/S|Outstanding Balance|Customer Reference|Contact Reference",
    ],
    absent: ["Client Name", "Invoice Status", "Customer ID"],
    fields: {
      invoice_number: "Invoice Number|Invoice No|Invoice No.|Number",
      customer_ref:
        "Customer Reference|Contact Reference|Account Reference|A/C|Account|Customer|Customer Name|Contact|Account Name",
      customer_name: "Customer Name|Customer|Contact|Account Name|Name",
      customer_email: "Email|E-mail|Customer Email",
      currency: "Currency|Currency Code",
      amount: "Total|Total Amount|Invoice Total|Gross|Gross Amount|Amount",
      issued_on: "Invoice Date|Date|Issue Date",
      due_on: "Due Date|Date Due",
      paid_amount: "Paid|Amount Paid",
      po_number: "Reference|Order Number|Customer Order Number",
    },
    balance: "Outstanding|Outstanding Amount|Amount Outstanding|O/S|Outstanding Balance",
    status: ["Status"],
    keep: [{ column: "Type", is: ["salesinvoice", "invoice", "si", "inv", ""] }],
  },
  {
    ...SAGE,
    kind: "customers",
    marks: [
      "Account Reference|A/C|Account Ref|Customer Reference|Reference",
      "Account Name|Name|Company Name|Customer Name",
      "Address 1|Address Line 1|Street 1|Address",
      "Email|E-mail|Email Address|Email 1",
    ],
    absent: ["Type", "Invoice Number", "customer_name"],
    fields: {
      customer_ref: "Account Reference|A/C|Account Ref|Customer Reference|Reference",
      name: "Account Name|Name|Company Name|Customer Name",
      address: {
        join: [
          "Address 1|Address Line 1|Street 1|Address",
          "Address 2|Address Line 2|Street 2",
          "Address 3|Address Line 3|Town|City",
          "Address 4|Address Line 4|County",
          "Address 5|Address Line 5|Postcode|Postal Code",
        ],
        with: "\n",
      },
      country: "Country|Country Code",
      contact_name: "Contact Name|Main Contact Name",
      contact_email: "Email|E-mail|Email Address|Email 1",
    },
  },
];

import type { CivilDay } from "./civil-date.ts";
import type { ContactRole, CustomerKind } from "./facts.ts";

// What is told from outside, checked and in our units. An absent or empty field is undefined and leaves what is stored.

export type CustomerRecord = {
  ref: string;
  name?: string;
  legalName?: string;
  address?: string;
  kind?: CustomerKind;
  country?: string;
  locale?: string;
  timezone?: string;
  ownerEmail?: string;
  policy?: string;
  contact?: { name?: string; email: string; role: ContactRole };
};

export type InvoiceRecord = {
  number: string;
  customerRef: string;
  customerName?: string;
  customerEmail?: string;
  currency?: string;
  amountMinor?: number;
  issuedOn?: CivilDay;
  dueOn?: CivilDay;
  paidOn?: CivilDay;
  /** The total paid so far. */
  paidMinor?: number;
  isDisputed?: boolean;
  status?: "open" | "void" | "written_off";
  ownerEmail?: string;
  poNumber?: string;
  paymentUrl?: string;
  invoiceUrl?: string;
};

export type PaymentKind = "payment" | "credit_note" | "refund";

export type PaymentRecord = {
  invoiceNumber?: string;
  customerRef?: string;
  amountMinor: number;
  currency: string;
  paidOn: CivilDay;
  reference?: string;
  kind: PaymentKind;
  /** How often the same invoice, date and amount stood before it in its file; makes it distinct without a reference. */
  occurrence: number;
};

import type { CivilDay } from "./civil-date.ts";
import type { InterestCharge } from "./interest.ts";

export type LetterParty = { name: string; legalName: string; address: string | null; country: string | null };

export type Creditor = {
  legalName: string;
  address: string;
  country: string;
  timezone: string;
  locale: string;
  /** The From header, as `Name <address>`. */
  from: string;
  contact: { name: string; email: string; phone: string | null };
  bank: {
    holder: string;
    iban: string | null;
    bic: string | null;
    name: string | null;
    account: string | null;
    bankCode: string | null;
  } | null;
  financeOwner: string;
};

/** How an invoice stands on the day of the letter. The last three are listed outside the sum asked. */
export type LetterInvoiceStatus =
  | "overdue"
  | "due_today"
  | "not_yet_due"
  | "promised"
  | "disputed"
  | "on_hold";

export type LetterInvoice = {
  number: string;
  poNumber: string | null;
  issuedOn: CivilDay | null;
  dueOn: CivilDay;
  currency: string;
  /** The original amount, minor units. */
  amountMinor: number;
  /** What is asked for: the balance less credit and less the held share, minor units. */
  askedMinor: number;
  /** The share left out because it is disputed or promised, minor units. */
  heldMinor: number;
  daysOverdue: number;
  status: LetterInvoiceStatus;
  paymentUrl: string | null;
  invoiceUrl: string | null;
  /** Reminders that went out before for this invoice, oldest first. */
  earlier: { stage: string; on: CivilDay }[];
  interest: InterestCharge | null;
};

export type LetterTotal = { currency: string; askedMinor: number; interestMinor: number };

/**
 * Everything a reminder says, as facts: no words, no formatting. `asked` carries the sum; `others` completes the
 * statement (held ones with their status, and open ones whose stage is not due now).
 */
export type Letter = {
  template: string;
  locale: string;
  /** The customer's civil day on which it leaves. */
  on: CivilDay;
  creditor: Creditor;
  debtor: LetterParty & { contactName: string | null };
  asked: LetterInvoice[];
  others: LetterInvoice[];
  /** One per currency, of `asked`. */
  totals: LetterTotal[];
  /** Answer by this day (seven working days for the firm letter); null where none is set. */
  answerBy: CivilDay | null;
  /** The last day to pay before the next step is taken, itself included; null where none is set. */
  finalOn: CivilDay | null;
  /** The template of the stage that follows, whatever its key; null after the last. */
  nextTemplate: string | null;
  /** Nothing was sent before although it is long overdue: say so plainly. */
  isFirstAndLate: boolean;
  interestRule: { kind: "none" } | { kind: "daily"; rate: number; basis: string };
  /** The debtor's page. */
  pageUrl: string;
};

import type { CivilDay } from "./civil-date.ts";
import type { Instant } from "./zone.ts";

/** What kind of debtor; consumers fall under other law and are never reminded here. */
export const CUSTOMER_KINDS = ["company", "sole_trader", "public", "consumer"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

export const CONTACT_ROLES = ["billing", "manager", "executive", "legal"] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** Kinds of hold in the order in which they are named as a reason. */
export const HOLD_KINDS = [
  "insolvency",
  "manual",
  "plan",
  "promise",
  "dispute",
  "paid_reported",
  "reply",
] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/**
 * A reason not to remind. It lasts from the moment it was recorded through `until` (a civil day in the
 * customer's zone); `until` null waits for the answer of a named person. `amountMinor` null holds the whole invoice.
 */
export type Hold = {
  kind: HoldKind;
  from: Instant;
  until: CivilDay | null;
  amountMinor: number | null;
  endedAt: Instant | null;
};

/**
 * A stage that is behind the invoice: it left, or a person waived it. `on` is the customer's civil day, `offsetDays` the stage's own
 * under the policy by which it left: its place on a ladder that no longer has it.
 */
export type StageStep = { stage: string; kind: "sent" | "waived"; on: CivilDay; offsetDays?: number };

/**
 * Finance asked for its word on a stage that needs approval. `endedAt` is when the question was closed or the word became void;
 * absent while it stands.
 */
export type Approval = { stage: string; askedAt: Instant; approvedAt: Instant | null; endedAt?: Instant };

export type InvoiceFacts = {
  id: string;
  number: string;
  currency: string;
  amountMinor: number;
  /** What is left after allocated payments and credit notes; unallocated credit is netted by `decide`. */
  balanceMinor: number;
  issuedOn: CivilDay | null;
  dueOn: CivilDay | null;
  status: "open" | "void" | "written_off";
  /** Absent from the last complete import: nobody has said yet what became of it. */
  isMissing: boolean;
  /** It was on record when an operator last released the backlog: what came later was not seen then. */
  wasKnownAtRelease: boolean;
  steps: StageStep[];
  holds: Hold[];
  approvals: Approval[];
  /** A reminder left our hands and no answer came: not sent again before that is settled. */
  hasUnknownOutcome: boolean;
  /** Keys of the owner alerts already raised. */
  alertsRaised: string[];
  /** Said in letters, not decided upon. */
  poNumber: string | null;
  paymentUrl: string | null;
  invoiceUrl: string | null;
};

export type ContactFacts = {
  role: ContactRole;
  name: string | null;
  email: string;
  isSuppressed: boolean;
};

export type CustomerFacts = {
  id: string;
  ref: string;
  name: string;
  kind: CustomerKind;
  country: string | null;
  timezone: string | null;
  contacts: ContactFacts[];
  /** Holds on everything this customer owes. */
  holds: Hold[];
  /** Open invoices only: what is void or has no balance left is not among them, except where one is asked about. */
  invoices: InvoiceFacts[];
  /** Civil days on which a reminder left to this customer, one entry a reminder. */
  reminderDays: CivilDay[];
  /** Civil days of logged calls. */
  callDays: CivilDay[];
  /** Payments not allocated to an invoice, by currency, in minor units. */
  unallocatedCreditMinor: Record<string, number>;
};

/** What is true for everyone at this moment. */
export type WorldFacts = {
  creditorTimezone: string | null;
  /** Payment data is complete up to this instant; null when none ever came. */
  freshThrough: Instant | null;
  /** When an operator last released the backlog. */
  backlogReleasedAt: Instant | null;
  /** From which civil day on released backlog may leave; null while only another run of the clock can tell. */
  backlogOpensOn: CivilDay | null;
  /** The day's sending limit is reached. */
  isSendingLimitReached: boolean;
  /** What a projection takes for granted: approvals given the same day, payment data fresh, no backlog guard. */
  assumed: { approvals: boolean; freshLedger: boolean; noBacklog: boolean };
};

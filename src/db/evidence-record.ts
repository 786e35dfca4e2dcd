import type { CivilDay } from "../domain/civil-date.ts";
import type { HoldKind } from "../domain/facts.ts";
import type { PaymentKind } from "../domain/records.ts";
import type { Instant } from "../domain/zone.ts";
import type { StoredDocument } from "./documents.ts";
import type { LedgerRow } from "./ledger-check.ts";
import type { World } from "./world.ts";

type Text = string | null;
type Day = CivilDay | null;
type Moment = Instant | null;

/**
 * What is on record for one invoice, as one moment shows it, oldest first; contents of messages and documents are read one by
 * one. Amounts are minor units of the invoice's currency. Of what it shares with other invoices it holds its own part.
 */
export type EvidenceRecord = {
  world: World;
  invoice: {
    id: string;
    number: string;
    currency: string;
    amountMinor: number;
    balanceMinor: number;
    issuedOn: Day;
    dueOn: Day;
    status: string;
    poNumber: Text;
    paymentUrl: Text;
    invoiceUrl: Text;
    recordedAt: Instant;
  };
  customer: {
    ref: string;
    name: string;
    legalName: Text;
    address: Text;
    country: Text;
    timezone: Text;
    policy: Text;
  };
  ledger: LedgerRow[];
  payments: {
    kind: PaymentKind;
    allocatedMinor: number;
    paidOn: CivilDay;
    reference: Text;
    source: string;
    recordedAt: Instant;
  }[];
  holds: {
    kind: HoldKind;
    isOnCustomer: 0 | 1;
    reason: string;
    amountMinor: number | null;
    fromAt: Instant;
    until: Day;
    questionTo: Text;
    endedAt: Moment;
    author: string;
  }[];
  promises: {
    id: string;
    state: string;
    amountMinor: number;
    promisedOn: CivilDay;
    lastDay: CivilDay;
    name: Text;
    note: Text;
    author: string;
    madeAt: Instant;
    endedAt: Moment;
    replaces: Text;
  }[];
  disputes: {
    id: string;
    state: string;
    amountMinor: number | null;
    reason: string;
    text: Text;
    name: Text;
    author: string;
    openedAt: Instant;
    endedAt: Moment;
    answer: Text;
  }[];
  plans: {
    id: string;
    state: string;
    /** What of this invoice the plan spreads. */
    shareMinor: number;
    /** How many invoices the plan is for. */
    invoices: number;
    waivesInterest: 0 | 1;
    name: Text;
    note: Text;
    author: string;
    askedAt: Instant;
    decidedAt: Moment;
    decidedBy: Text;
    answer: Text;
    endedAt: Moment;
  }[];
  instalments: { planId: string; seq: number; dueOn: CivilDay; amountMinor: number; state: string }[];
  reminders: {
    id: string;
    stage: string;
    /** The sternest stage of the message, which sets its tone. */
    tone: string;
    state: string;
    policyName: string;
    policyVersion: number;
    leavesOn: CivilDay;
    recipients: string[];
    subject: Text;
    messageId: Text;
    providerId: Text;
    failure: Text;
    askedMinor: number;
    balanceMinor: number;
    counts: 0 | 1;
    askedAt: Moment;
    decision: Text;
    decidedAt: Moment;
    decidedBy: Text;
    closedAt: Moment;
    sentAt: Moment;
    /** Null where no message was kept. */
    sha256: Text;
  }[];
  notices: {
    id: string;
    kind: string;
    state: string;
    recipients: string[];
    subject: Text;
    messageId: Text;
    failure: Text;
    createdAt: Instant;
    sentAt: Moment;
    sha256: Text;
  }[];
  deliveries: {
    mailId: string;
    kind: string;
    address: Text;
    isPermanent: 0 | 1 | null;
    detail: Text;
    at: Instant;
  }[];
  /** Mail that came back. */
  replies: {
    id: string;
    kind: string;
    state: string;
    fromAddress: Text;
    subject: Text;
    /** Whether its sender is proved: `passed`, `none` or `failed`. */
    proof: string;
    /** The id of the mail that it answers. */
    mailId: Text;
    receivedAt: Instant;
    decidedAt: Moment;
    decidedBy: Text;
    sha256: string;
  }[];
  documents: StoredDocument[];
};

import type { AlertAction, AlertLook } from "./alert-actions.ts";
import type { Digest } from "./digest.ts";
import type { ReplyKind } from "./reply/lexicon/lexicon.ts";
import type { Proposal } from "./reply/proposal.ts";
import type { SenderProof } from "./reply/sender-proof.ts";

export const ALERT_KINDS = [
  "reminders_sent",
  "digest",
  "account_check",
  "owner_warning",
  "call_task",
  "finance_takes_over",
  "hand_off",
  "approval_asked",
  "approval_overdue",
  "objection_asked",
  "no_contact",
  "stale_ledger",
  "backlog",
  "outcome_unknown",
  "notice_failed",
  "notice_unknown",
  "complaint",
  "approval_objected",
  "our_error",
  "taken_over",
  "promise_made",
  "promise_asked",
  "promise_due",
  "promise_kept",
  "promise_broken",
  "promise_partly_kept",
  "promise_withdrawn",
  "dispute_opened",
  "dispute_waiting",
  "dispute_closed",
  "plan_asked",
  "plan_agreed",
  "plan_withdrawn",
  "plan_kept",
  "plan_broken",
  "paid_reported",
  "payment_awaited",
  "answer_awaited",
  "reply_received",
  "reply_unverified",
  "reply_unmatched",
  "reply_waiting",
  "contact_away",
  "invoice_requested",
  "contact_proposed",
  "sending_limit",
  "circuit_open",
  "circuit_closed",
  "payment_kept",
  "payment_received",
  "payment_reversed",
  "payment_contested",
  "credit_received",
  "overpaid",
  "residue_left",
  "owner_missing",
  "many_alerts",
  "service_problem",
] as const;

export type AlertKind = (typeof ALERT_KINDS)[number];

/** News that asks for nothing and need not be known at once: it waits for the reader's next digest. */
export const ROUTINE_KINDS: readonly string[] = [
  "reminder_sent",
  "payment_received",
  "promise_kept",
  "plan_kept",
  "dispute_closed",
];

/** How a question was settled: by an action, there or elsewhere, or by what happened meanwhile. */
export type SettledAs = AlertAction | "paid" | "withdrawn" | "closed";

export type AlertInvoice = {
  number: string;
  customer: string;
  /** `EUR 1,200.00`. */
  amount: string;
  /** ISO date. */
  dueOn: string | null;
  daysOverdue: number;
  stage: string | null;
};

/** What else the occasion came to, where it came to that. */
export type AlertDetails = {
  /** The last day, ISO, on which no reminder leaves; null: reminders go on. */
  heldUntil?: string | null;
  /** The ids of the documents that came with it. */
  documents?: string[];
  /** What came of promised money, and what is missing: `EUR 400.00`. */
  promised?: { came: string; missing: string };
  digest?: Digest;
  /** The reply that a person has to answer, with the sentence that says what it is. */
  reply?: {
    id: string;
    kind: ReplyKind;
    from: string | null;
    quote: string;
    confidence: number;
    proof: SenderProof;
  };
  /** What pressing a button does: `acceptProposal` for a reply's, and a contact put in for `new_address` without one. */
  proposal?: Proposal;
};

/** What a person at the creditor is told, as facts; the words are the adapter's. */
export type AlertView = {
  kind: AlertKind;
  customer: { ref: string; name: string } | null;
  invoices: AlertInvoice[];
  /** How many more there are than are listed. */
  more: number;
  note: string | null;
  details?: AlertDetails;
  /** `many_alerts`: what each of them is, and about whom. */
  folded?: { kind: AlertKind; customer: { name: string } | null; invoices: AlertInvoice[] }[];
  /** At the head of a thread: what the customer owes by now, by currency; `EUR 1,200.00`, and since how many days. */
  account?: { amount: string; daysOverdue: number }[];
  /** What the reader can do about it, and the alert's id for that; absent where it is only to be known. */
  asks?: { id: string; actions: readonly (AlertAction | AlertLook)[] };
  /** What became of the question; `by` is an author of the ledger, `on` the ISO day. */
  settled?: { as: SettledAs; by: string | null; on: string };
  locale: "en" | "zh-CN";
};

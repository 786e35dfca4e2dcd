import type { AlertDetails, AlertKind } from "./alert.ts";
import { ACCOUNT_CHECK_ANSWERS, WARNING_ANSWERS } from "./owner-answers.ts";
import type { Proposal } from "./reply/proposal.ts";

/** What a person can do about an alert with one press, or with a press and a few words. It settles what was asked. */
const ALERT_ACTIONS = [
  ...ACCOUNT_CHECK_ANSWERS,
  ...WARNING_ANSWERS,
  "pause_week",
  "pause_until",
  "log_call",
  "report_paid",
  "confirm_money",
  "take_over",
  "correct_contact",
  "approve_letter",
  "postpone_letter",
  "decline_letter",
  "object_to_letter",
  "it_left",
  "it_stayed",
  "accept_promise",
  "decline_promise",
  "agree_plan",
  "change_plan",
  "decline_plan",
  "close_dispute",
  "confirm_contact",
  "decline_contact",
  "accept_proposal",
  "handle_reply",
  "allocate_money",
  "credit_rest",
  "ask_for_rest",
  "payments_complete",
  "release_backlog",
] as const;

export type AlertAction = (typeof ALERT_ACTIONS)[number];

/** What a person can look at beside an alert; it settles nothing. */
const ALERT_LOOKS = ["preview_letter", "copy_text", "bring_evidence"] as const;

export type AlertLook = (typeof ALERT_LOOKS)[number];

type Offered = readonly (AlertAction | AlertLook)[];

const LETTER: Offered = [
  "confirm_money",
  "preview_letter",
  "approve_letter",
  "postpone_letter",
  "decline_letter",
];
const MISSED: Offered = ["log_call", "copy_text", "report_paid", "pause_week"];

const INVOICE_ACTIONS = {
  account_check: [
    "all_fine",
    "received",
    "reported_paid",
    "in_approval",
    "not_received",
    "disputed",
    "our_error",
    "pause_week",
    "pause_until",
  ],
  owner_warning: ["send", "talk_first", "instalments", "finance", "report_paid", "pause_until"],
  call_task: ["log_call", "copy_text", "report_paid", "pause_week", "pause_until", "take_over"],
  promise_broken: MISSED,
  promise_partly_kept: MISSED,
  plan_broken: MISSED,
  finance_takes_over: ["log_call", "confirm_money", "pause_until"],
  hand_off: ["bring_evidence", "confirm_money", "pause_until"],
  paid_reported: ["confirm_money", "pause_until"],
  payment_awaited: ["confirm_money", "pause_until"],
  residue_left: ["credit_rest", "ask_for_rest"],
} as const satisfies Partial<Record<AlertKind, Offered>>;

/** Of a matter with an id of its own, which `about` names. */
const MATTER_ACTIONS = {
  approval_asked: LETTER,
  approval_overdue: LETTER,
  objection_asked: ["object_to_letter", "preview_letter"],
  outcome_unknown: ["it_left", "it_stayed"],
  notice_unknown: ["it_left", "it_stayed"],
  promise_asked: ["accept_promise", "decline_promise"],
  promise_due: ["copy_text"],
  plan_asked: ["agree_plan", "change_plan", "decline_plan"],
  dispute_opened: ["close_dispute"],
  dispute_waiting: ["close_dispute"],
  contact_proposed: ["confirm_contact", "decline_contact"],
  reply_received: ["accept_proposal", "handle_reply"],
  reply_waiting: ["accept_proposal", "handle_reply"],
  reply_unverified: ["handle_reply"],
  reply_unmatched: ["handle_reply"],
  credit_received: ["allocate_money"],
  payment_kept: ["allocate_money"],
} as const satisfies Partial<Record<AlertKind, Offered>>;

const OTHER_ACTIONS = {
  no_contact: ["correct_contact"],
  stale_ledger: ["payments_complete"],
  backlog: ["release_backlog"],
} as const satisfies Partial<Record<AlertKind, Offered>>;

/** What no press can do: it takes words of a person's own, or an address. */
const PERSONS_OWN: Partial<Record<Proposal["action"], Offered>> = {
  answer: ["handle_reply"],
  new_address: ["correct_contact", "handle_reply"],
};

/** What an alert offers, in the order of its buttons; none for what is only to be known. */
export function actionsOf(alert: {
  kind: string;
  about: string | null;
  payload: { invoices: unknown[]; details?: Pick<AlertDetails, "proposal"> };
}): Offered {
  const { kind, about, payload } = alert;
  if (kind in OTHER_ACTIONS) return OTHER_ACTIONS[kind as keyof typeof OTHER_ACTIONS];
  if (kind in MATTER_ACTIONS && about !== null) {
    const actions: Offered = MATTER_ACTIONS[kind as keyof typeof MATTER_ACTIONS];
    const { proposal } = payload.details ?? {};
    const own = actions.includes("accept_proposal") && proposal && PERSONS_OWN[proposal.action];
    return own || actions;
  }
  if (kind in INVOICE_ACTIONS && payload.invoices.length > 0)
    return INVOICE_ACTIONS[kind as keyof typeof INVOICE_ACTIONS];
  return [];
}

/** Whether this only shows something. */
export function isLook(action: AlertAction | AlertLook): action is AlertLook {
  return (ALERT_LOOKS as readonly string[]).includes(action);
}

/** Kinds whose question is over once nothing is left to pay on their invoices. */
export const INVOICE_KINDS = Object.keys(INVOICE_ACTIONS);

import type { AlertDetails, AlertKind } from "./alert.ts";
import type { Proposal } from "./reply/proposal.ts";

/** What a person can do about an alert with one press, or with a press and a few words. */
export const ALERT_ACTIONS = [
  "pause_week",
  "pause_until",
  "report_paid",
  "confirm_money",
  "approve_letter",
  "decline_letter",
  "accept_promise",
  "decline_promise",
  "agree_plan",
  "decline_plan",
  "close_dispute",
  "confirm_contact",
  "decline_contact",
  "accept_proposal",
  "handle_reply",
  "release_backlog",
] as const;

export type AlertAction = (typeof ALERT_ACTIONS)[number];

const INVOICE_ACTIONS = {
  account_check: ["report_paid", "pause_week", "pause_until"],
  owner_warning: ["report_paid", "pause_week", "pause_until"],
  call_task: ["report_paid", "pause_week", "pause_until"],
  promise_broken: ["report_paid", "pause_week"],
  promise_partly_kept: ["report_paid", "pause_week"],
  plan_broken: ["report_paid", "pause_week"],
  finance_takes_over: ["confirm_money", "pause_until"],
  paid_reported: ["confirm_money", "pause_until"],
  payment_awaited: ["confirm_money", "pause_until"],
} as const satisfies Partial<Record<AlertKind, readonly AlertAction[]>>;

/** Of a matter with an id of its own, which `about` names. */
const MATTER_ACTIONS = {
  approval_asked: ["approve_letter", "decline_letter"],
  approval_overdue: ["approve_letter", "decline_letter"],
  promise_asked: ["accept_promise", "decline_promise"],
  plan_asked: ["agree_plan", "decline_plan"],
  dispute_opened: ["close_dispute"],
  dispute_waiting: ["close_dispute"],
  contact_proposed: ["confirm_contact", "decline_contact"],
  reply_received: ["accept_proposal", "handle_reply"],
  reply_waiting: ["accept_proposal", "handle_reply"],
  reply_unverified: ["handle_reply"],
  reply_unmatched: ["handle_reply"],
} as const satisfies Partial<Record<AlertKind, readonly AlertAction[]>>;

/** What no press can do: it takes words of a person's own, or an address. */
const PERSONS_OWN: ReadonlySet<Proposal["action"] | undefined> = new Set(["answer", "new_address"]);

/** The actions that an alert offers, in the order of its buttons; none for what is only to be known. */
export function actionsOf(alert: {
  kind: string;
  about: string | null;
  payload: { invoices: unknown[]; details?: Pick<AlertDetails, "proposal"> };
}): readonly AlertAction[] {
  const { kind, about, payload } = alert;
  if (kind === "backlog") return ["release_backlog"];
  if (kind in MATTER_ACTIONS && about !== null) {
    const actions: readonly AlertAction[] = MATTER_ACTIONS[kind as keyof typeof MATTER_ACTIONS];
    const needsPerson = PERSONS_OWN.has(payload.details?.proposal?.action);
    return needsPerson ? actions.filter((action) => action !== "accept_proposal") : actions;
  }
  if (kind in INVOICE_ACTIONS && payload.invoices.length > 0)
    return INVOICE_ACTIONS[kind as keyof typeof INVOICE_ACTIONS];
  return [];
}

/** Kinds whose question is over once nothing is left to pay on their invoices. */
export const INVOICE_KINDS = Object.keys(INVOICE_ACTIONS);

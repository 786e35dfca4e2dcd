import type { AlertAction, AlertLook } from "./alert-actions.ts";
import type { CustomerAction } from "./customer-actions.ts";

/** What a button in Slack is for. */
export type Pressed = AlertAction | AlertLook | CustomerAction;

/** As what a colleague acts for a customer. */
export type Standing = "owner" | "deputy" | "finance";

const OWNERS: readonly Standing[] = ["owner", "deputy", "finance"];
const FINANCE: readonly Standing[] = ["finance"];

/** Who may do what: an account owner reports and pauses, money and firm letters are finance's. */
const ALLOWED: Record<Pressed, readonly Standing[]> = {
  received: OWNERS,
  not_received: OWNERS,
  in_approval: OWNERS,
  reported_paid: OWNERS,
  disputed: OWNERS,
  our_error: OWNERS,
  all_fine: OWNERS,
  send: OWNERS,
  talk_first: OWNERS,
  instalments: OWNERS,
  finance: OWNERS,
  pause_week: OWNERS,
  pause_until: OWNERS,
  report_paid: OWNERS,
  close_dispute: OWNERS,
  confirm_contact: OWNERS,
  decline_contact: OWNERS,
  accept_proposal: OWNERS,
  handle_reply: OWNERS,
  correct_contact: OWNERS,
  object_to_letter: OWNERS,
  preview_letter: OWNERS,
  it_left: OWNERS,
  it_stayed: OWNERS,
  log_call: OWNERS,
  copy_text: OWNERS,
  bring_evidence: OWNERS,
  take_over: OWNERS,
  hand_back: OWNERS,
  confirm_money: FINANCE,
  approve_letter: FINANCE,
  postpone_letter: FINANCE,
  decline_letter: FINANCE,
  accept_promise: FINANCE,
  decline_promise: FINANCE,
  agree_plan: FINANCE,
  change_plan: FINANCE,
  decline_plan: FINANCE,
  allocate_money: FINANCE,
  credit_rest: FINANCE,
  ask_for_rest: FINANCE,
  payments_complete: FINANCE,
  release_backlog: FINANCE,
};

/** Whether somebody of these standings may do this. */
export function mayDo(action: Pressed, standings: readonly Standing[]): boolean {
  return ALLOWED[action].some((allowed) => standings.includes(allowed));
}

/** Whether somebody decides as finance, whom the bounds of account owners do not bind. */
export function isFinance(standings: readonly Standing[]): boolean {
  return standings.includes("finance");
}

/** As whom somebody of these standings decides. */
export function decidesAs(standings: readonly Standing[]): "owner" | "finance" {
  return isFinance(standings) ? "finance" : "owner";
}

/** Who would have been right: finance alone, or the account owner too. */
export function isFinanceOnly(action: Pressed): boolean {
  return ALLOWED[action] === FINANCE;
}

/**
 * A colleague's standings for a customer, by e-mail addresses in lower case. `standsInFor`: for whom the colleague is deputy
 * today; a deputy of finance is finance.
 */
export function standingsOf(
  colleague: { email: string; standsInFor: readonly string[] },
  customer: { ownerEmail: string | null; alertsTo: string | null; financeOwner: string | null },
): Standing[] {
  const { email, standsInFor } = colleague;
  const { ownerEmail, alertsTo, financeOwner } = customer;
  const standings: Standing[] = [];
  if (email === ownerEmail || email === alertsTo) standings.push("owner");
  if (standsInFor.some((one) => one === ownerEmail || one === alertsTo)) standings.push("deputy");
  if (financeOwner !== null && [email, ...standsInFor].includes(financeOwner)) standings.push("finance");
  return standings;
}

import { waitsForShare } from "./backlog.ts";
import { formatCivilDay } from "./civil-date.ts";
import type { CustomerContext } from "./customer-context.ts";
import type { Decision } from "./decide.ts";
import type { InvoiceFacts } from "./facts.ts";
import { canHoldShare, isActive } from "./holds.ts";
import { formatDecimal } from "./money.ts";
import { minBalanceFor } from "./policy.ts";
import type { Reason } from "./reasons.ts";
import type { Instant } from "./zone.ts";

/** Sentences for a person about a decision: what it rests on, and what would change it. */
export function explain(context: CustomerContext, decision: Decision): string[] {
  const { reason, stage, stageDueOn, on, invoice } = decision;
  const said = reason ? SENTENCES[reason](context, decision) : `${stage!.key} leaves now.`;
  const sentences = [said];
  if (stage && stageDueOn !== null && reason !== "not_due") {
    sentences.push(`The next stage is ${stage.key}, due since or on ${formatCivilDay(stageDueOn)}.`);
  }
  if (decision.action !== "none" && decision.askedMinor > 0) sentences.push(...setAside(context, invoice));
  if (reason && on !== null) sentences.push(`If nothing changes it leaves on ${formatCivilDay(on)}.`);
  if (invoice.hasUnknownOutcome && reason !== "unknown_outcome") {
    sentences.push(outcomeUnknown(context, decision));
  }
  const missing = context.calendar.missingHolidayData(context.today);
  if (missing) sentences.push(missing);
  return sentences;
}

/** Shares that are promised or disputed, of an invoice of which the rest is asked for. */
function setAside({ today }: CustomerContext, { holds, currency }: InvoiceFacts): string[] {
  return holds.flatMap((hold) => {
    const { kind, until, amountMinor } = hold;
    if (!canHoldShare(kind) || amountMinor === null || !isActive(hold, today)) return [];
    const share = `${currency} ${formatDecimal(amountMinor, currency)}`;
    const through = until === null ? "" : ` through ${formatCivilDay(until)}`;
    return [`${share} of it is ${kind === "promise" ? "promised" : "disputed"} and not asked for${through}.`];
  });
}

type Sentence = (context: CustomerContext, decision: Decision) => string;

const outcomeUnknown: Sentence = (_, { invoice: { number } }) =>
  `Nobody knows yet whether the last reminder left. The mail service's events settle that, or a person: \`dunwell settle ${number} --as sent\` or \`--as not-sent\`.`;

const held = (what: string): Sentence => {
  return () => `It is on hold: ${what}. It goes on when that ends.`;
};

const SENTENCES: Record<Reason, Sentence> = {
  void: () => "The invoice is void or written off; nothing is ever sent.",
  consumer: () => "The customer is a consumer, for whom other law holds; nothing is ever sent.",
  no_due_date: () => "The invoice has no due date; importing one would start the reminders.",
  paid: () => "Nothing is left to pay, counting unallocated credit; a refund or reversal would change that.",
  below_minimum: ({ policy, openMinor }, { invoice, stage }) => {
    const { currency } = invoice;
    const minimum = stage ? minBalanceFor(policy, stage, currency) : (policy.minBalance[currency] ?? 0);
    const open = formatDecimal(openMinor.get(currency) ?? 0, currency);
    return `The customer's open, undisputed total of ${currency} ${open} is below the minimum of ${formatDecimal(minimum, currency)}; more to pay would change that.`;
  },
  ladder_done: () => "Every stage has been sent or waived; what follows is a person's decision.",
  held_insolvency: held("insolvency"),
  held_manual: held("a person paused it"),
  held_plan: held("instalments are agreed"),
  held_promise: held("payment is promised"),
  held_dispute: held("it is disputed, and nothing undisputed is left"),
  held_paid_reported: held("somebody said it is paid, which finance has to confirm"),
  held_reply: held("the customer answered, and a person has to read it"),
  unknown_outcome: outcomeUnknown,
  not_due: (_, { stage, stageDueOn }) => `${stage!.key} is due on ${formatCivilDay(stageDueOn!)}.`,
  stale_ledger: ({ world }, { invoice }) => {
    if (invoice.isMissing) return "It was absent from the last complete import; say what became of it.";
    const since =
      world.freshThrough === null ? "none ever came" : `complete up to ${minuteOf(world.freshThrough)}`;
    return `Payment data is too old to ask for money (${since}); importing payments, even an empty file, would change that.`;
  },
  awaiting_approval: () => "Finance has to approve it first.",
  backlog: (context, decision) => {
    const { backlog } = context.policy;
    const old = "It became due more than 7 days ago";
    if (backlog.mode === "send" || !waitsForShare(context, decision))
      return `${old}, so it waits until an operator releases the backlog.`;
    return `${old} and waits for its share of the backlog: at most ${backlog.perDay} such reminders leave a day, oldest first.`;
  },
  customer_escalated: () =>
    "A sterner letter to this customer is unsettled, so nothing softer leaves before its final date.",
  contact_gap: () =>
    "The customer was written to not long ago; the next reminder waits for the gap between contacts.",
  no_contact: () => "There is no contact to write to; adding one would change that.",
  suppressed: () => "Every contact's address bounced or complained; another address would change that.",
  not_a_sending_day: ({ calendar, today }) =>
    `Nothing is sent today${calendar.offDayName(today) ? ` (${calendar.offDayName(today)})` : ""}.`,
  outside_hours: ({ calendar }) =>
    `It leaves between ${calendar.rules.from} and ${calendar.rules.until} in ${calendar.zone} only.`,
  sending_limit: () => "The day's sending limit is reached.",
};

/** `2026-10-23 06:00 UTC` */
function minuteOf(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

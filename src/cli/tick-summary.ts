import type { Reason } from "../domain/reasons.ts";
import { REASONS } from "../domain/reasons.ts";
import type { Instant } from "../domain/zone.ts";
import type { TickReport } from "../reminders/sending/run.ts";

const OUTCOMES: Record<string, string> = {
  handed_out: "customers handed out in batches",
  refused: "refused by the mailer",
  deferred: "put off by the mailer",
  circuit_open: "held back while the mail service fails",
  unknown: "of unknown outcome",
};

const WORDS: Record<Reason, string> = {
  void: "void or written off",
  consumer: "of consumers",
  no_due_date: "without a due date",
  paid: "paid",
  below_minimum: "below the minimum",
  ladder_done: "past the last stage",
  held_insolvency: "held: insolvency",
  held_manual: "held by a person",
  held_plan: "held: plan",
  held_promise: "held: promise",
  held_dispute: "held: dispute",
  held_paid_reported: "held: reported paid",
  held_reply: "held: reply",
  unknown_outcome: "held: unknown outcome",
  not_due: "not due yet",
  stale_ledger: "waiting for payment data",
  awaiting_approval: "waiting for approval",
  backlog: "backlog",
  customer_escalated: "behind a sterner letter",
  contact_gap: "too soon after the last letter",
  no_contact: "without a contact",
  suppressed: "without a usable address",
  not_a_sending_day: "waiting for a sending day",
  outside_hours: "waiting for sending hours",
  sending_limit: "beyond the sending limit",
};

/** What a tick did, in one line: what left, why the rest it looked at did not, and what is to be said where it looked at nothing. */
export function summarise({ counts, sent, notices, left, backlog }: TickReport, quiet: string[]): string {
  const parts = [...describeRun({ counts, sent, left }), ...quiet, ...describeBacklog(backlog)];
  if (notices > 0) parts.splice(1, 0, notices === 1 ? "1 notice sent" : `${notices} notices sent`);
  return parts.join(", ");
}

/** The same, without the backlog that waits now. */
export function describeRun({ counts, sent, left }: Pick<TickReport, "counts" | "sent" | "left">): string[] {
  const parts = [`${sent} sent`];
  for (const [outcome, words] of Object.entries(OUTCOMES)) {
    if (counts[outcome]) parts.push(`${counts[outcome]} ${words}`);
  }
  parts.push(...describeReasons(counts));
  if (left > 0) parts.push(`${left} left for the next tick`);
  return parts;
}

/** Why what was looked at does not leave, without the backlog. */
export function describeReasons(counts: Record<string, number>): string[] {
  return REASONS.flatMap((reason) =>
    counts[reason] && reason !== "backlog" ? [`${counts[reason]} ${WORDS[reason]}`] : [],
  );
}

/** From when on the clock has something to look at; nothing where only news gives it that. */
export function describeNextLook(at: Instant | null): string[] {
  if (at === null) return [];
  return [
    `nothing is due for a look before ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`,
  ];
}

/** The backlog that waits and its way out; nothing where there is none. */
export function describeBacklog(backlog: number): string[] {
  return backlog > 0 ? [`${backlog} backlog: run \`dunwell tick --confirm-backlog\``] : [];
}

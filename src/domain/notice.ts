import type { Calendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import type { Creditor, Letter } from "./letter.ts";
import type { Instant } from "./zone.ts";

/** Mails that are no stage and no contact: confirmations, notes before an agreed day, agreements, answers, thanks. */
export const NOTICE_KINDS = [
  "promise_confirmed",
  "promise_changed",
  "promise_withdrawn",
  "promise_asked",
  "promise_declined",
  "promise_due",
  "promise_kept",
  "paid_reported",
  "dispute_opened",
  "dispute_answered",
  "invoice_resent",
  "instalments_offered",
  "plan_asked",
  "plan_agreed",
  "plan_declined",
  "plan_withdrawn",
  "plan_ended",
  "instalment_due",
  "contact_proposed",
  "link_renewed",
  "payment_thanks",
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** An invoice that a notice is about. */
export type NoticeItem = {
  number: string;
  currency: string;
  /** The share that it is about (promised, disputed, paid, in the plan), minor units. */
  amountMinor: number;
  /** Of a promise: whether more than its share is open. */
  isPart?: boolean;
  dueOn: CivilDay | null;
  invoiceUrl?: string | null;
};

export type NoticeInstalment = { on: CivilDay; amountMinor: number };

/** What a notice says, as facts. Days are civil days; texts are as people wrote them. */
export type NoticeBody = {
  items: NoticeItem[];
  /** The promised day; of an instalment that is due, its day. */
  on?: CivilDay;
  /** promise_changed: the day that was promised before. */
  formerOn?: CivilDay;
  /** The last day on which money counts as in time: the promised day plus grace. */
  lastDay?: CivilDay;
  /** promise_confirmed: false where the debtor cannot change the day once more alone. */
  canChange?: boolean;
  /** The whole plan, in order of days; of an ended plan, the instalments that were still open. */
  instalments?: NoticeInstalment[];
  /** Of the instalments. */
  currency?: string;
  /** Whether interest is waived while the plan is kept. */
  waivesInterest?: boolean;
  /** plan_agreed: the instalments are others than those that were asked for. */
  isChanged?: boolean;
  /** plan_ended: every instalment came; otherwise one did not. */
  isFulfilled?: boolean;
  /** dispute_answered. */
  outcome?: "accepted" | "rejected" | "settled";
  /** dispute_answered, accepted: what of the disputed share is credited, minor units; absent, all of it. */
  creditMinor?: number;
  /** The dispute's reason: goods, price, quantity, not_received, not_ordered, other. */
  reason?: string;
  /** What the debtor wrote. */
  note?: string | null;
  /** What we answer, in our people's words. */
  answer?: string | null;
  /** Who acted, or (contact_proposed) who was named. */
  name?: string | null;
  /** contact_proposed: the address that was named; invoice_resent: where the copy goes. */
  email?: string | null;
  paidOn?: CivilDay | null;
  /** paid_reported: the last day on which no reminder leaves; null: reminders go on meanwhile. */
  heldUntil?: CivilDay | null;
  reference?: string | null;
  /**
   * The calendar's event: `id` is the plan's, or that of the first promise and stays while its day changes; `sequence` counts the
   * changes (RFC 5545, 3.8.7.4). Absent: no calendar comes along.
   */
  event?: { id: string; sequence: number };
};

/** A copy of an invoice that comes with a notice. */
export type NoticeFile = { number: string; name: string; mediaType: string; content: Uint8Array };

/** Everything a notice says, as facts: no words, no formatting. */
export type Notice = {
  kind: NoticeKind;
  locale: string;
  /** The customer's civil day on which it leaves. */
  on: CivilDay;
  creditor: Creditor;
  debtor: Letter["debtor"];
  body: NoticeBody;
  files: NoticeFile[];
  /** The debtor's page. */
  pageUrl: string;
};

/** When a note on an agreed day is to leave: at the opening of the sending day before it. */
export function noteLeavesAt(on: CivilDay, calendar: Calendar): Instant {
  return calendar.opensAt(calendar.previous(on - 1));
}

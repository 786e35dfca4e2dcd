import type { NewAlert } from "../../db/alerts.ts";
import type { NoticeResult } from "../../db/notice-sending.ts";
import type { LedgerKind } from "../../domain/ledger.ts";
import type { Instant } from "../../domain/zone.ts";
import type { MailOutcome } from "../../ports.ts";

/** What is told of a notice: to the ledgers of its invoices, and to people. */
export type NoticeTold = {
  id: string;
  kind: string;
  customer: { id: string; ref: string; name: string; ownerEmail: string | null };
  invoices: { id: string; number: string }[];
};

const FIRST_RETRY_MS = 5 * 60 * 1000;
const LONGEST_RETRY_MS = 4 * 3600 * 1000;
/** A little over a day. */
const MOST_ATTEMPTS = 12;

type Sent = {
  at: Instant;
  to: string[];
  sha256: string;
  isRehearsal: boolean;
  /** Numbers of invoices whose copy did not fit. */
  tooLarge: string[];
};

/** What the mailer's answer comes to. What was not taken is tried again, later each time, and given up after about a day. */
export function resultOfSending(
  notice: NoticeTold & { attempts: number },
  outcome: MailOutcome,
  sent: Sent,
): NoticeResult {
  const { at, isRehearsal } = sent;
  if (outcome.kind === "accepted") return accepted(notice, outcome, sent);
  const { code, detail } = outcome;
  if (outcome.kind === "unknown") return unknown(notice, at, `${code}: ${detail}`);
  // The addresses are suppressed by now, so the next contact takes over.
  const isForNext = outcome.kind === "refused" && outcome.fault === "address" && !isRehearsal;
  if (isForNext && outcome.badAddresses) return again(notice, at, `${code}: ${detail}`);
  const mayPass = outcome.kind === "deferred" || outcome.fault === "account";
  if (mayPass && notice.attempts + 1 < MOST_ATTEMPTS) {
    return again(notice, at + retryAfterMs(notice.attempts), `${code}: ${detail}`);
  }
  return failed(notice, at, { because: "refused", code, detail });
}

/** A copy that was too large for it is the account owner's to send. */
function accepted(
  notice: NoticeTold,
  {
    messageId,
    providerId,
    badAddresses = [],
    openAddresses = [],
  }: Extract<MailOutcome, { kind: "accepted" }>,
  { at, to, sha256, tooLarge }: Sent,
): NoticeResult {
  const recipients = to.filter((address) => ![...badAddresses, ...openAddresses].includes(address));
  const open = openAddresses.length > 0 && { open_addresses: openAddresses };
  const data = { to: recipients, sha256, message_id: messageId, provider_id: providerId, ...open };
  const left = { ...notice, invoices: notice.invoices.filter(({ number }) => tooLarge.includes(number)) };
  const toEmail = notice.customer.ownerEmail;
  return {
    ...recorded(notice, at, "notice_sent", data),
    alert: tooLarge.length > 0 ? alertOf(left, { kind: "notice_failed", toEmail, note: "too_large" }) : null,
    state: "sent",
    messageId,
    providerId,
    recipients,
  };
}

/** It will not leave: the account owner is told, once. */
export function failed(
  notice: NoticeTold,
  at: Instant,
  why: { because: string; code?: string; detail?: string },
): NoticeResult {
  const { because, code, detail } = why;
  const failure = [code ?? because, detail].filter(Boolean).join(": ");
  return {
    ...recorded(notice, at, "notice_failed", { because, code, detail }),
    state: "failed",
    failure,
    alert: alertOf(notice, { kind: "notice_failed", toEmail: notice.customer.ownerEmail, note: because }),
  };
}

/** Nobody knows whether it left. Evidence may come; it is not sent again blindly. */
export function unknown(notice: NoticeTold, at: Instant, failure: string): NoticeResult {
  return {
    ...recorded(notice, at, "notice_failed", { because: "outcome_unknown" }),
    state: "unknown",
    failure,
  };
}

/** No evidence came: whoever runs the service finds out, and says so. */
export function unknownAlert(notice: NoticeTold): NewAlert {
  const alert = alertOf(notice, { kind: "notice_unknown", toEmail: null, note: null });
  return { ...alert, about: notice.id };
}

/** It leaves later. */
export function again(notice: NoticeTold, leavesAt: Instant, failure?: string): NoticeResult {
  return { id: notice.id, state: "planned", leavesAt, failure, invoiceIds: [], entry: null, alert: null };
}

/** There is nothing to say any more. */
export function cancelled(notice: NoticeTold, because: string): NoticeResult {
  return { id: notice.id, state: "cancelled", failure: because, invoiceIds: [], entry: null, alert: null };
}

/** That it left, with an entry in the ledgers of its invoices. */
export function recorded(
  { id, kind, invoices }: NoticeTold,
  at: Instant,
  entryKind: Extract<LedgerKind, "notice_sent" | "notice_failed">,
  data: Record<string, unknown>,
  author = "clock",
) {
  const entry = { at, kind: entryKind, author, data: { notice: id, kind, ...data } };
  return { id, invoiceIds: invoices.map((invoice) => invoice.id), entry, alert: null };
}

function alertOf(
  { id, kind, customer, invoices }: NoticeTold,
  { kind: alertKind, toEmail, note }: Pick<NewAlert, "kind" | "toEmail"> & { note: string | null },
): NewAlert {
  const line = { customer: customer.name, amount: "", dueOn: null, daysOverdue: 0, stage: kind };
  return {
    fact: `${alertKind} ${id}`,
    kind: alertKind,
    customerId: customer.id,
    invoiceId: null,
    toEmail,
    payload: {
      customer: { ref: customer.ref, name: customer.name },
      invoices: invoices.map(({ number }) => ({ number, ...line })),
      note,
    },
  };
}

function retryAfterMs(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS);
}

import type { Notice, NoticeKind } from "../domain/notice.ts";
import type { WordKey } from "./words.ts";

/** Whether the notice, agreed or not, comes to money that is to be paid: then it says where to. */
export function asksPayment({ kind, body }: Notice): boolean {
  if (kind === "plan_ended") return body.isFulfilled !== true;
  if (kind === "dispute_answered") return body.outcome !== "accepted" || body.creditMinor !== undefined;
  return ASKING.has(kind);
}

const ASKING: ReadonlySet<NoticeKind> = new Set([
  "promise_confirmed",
  "promise_changed",
  "promise_declined",
  "promise_due",
  "plan_agreed",
  "plan_declined",
  "instalment_due",
]);

/** What follows from it, in order; by these keys the words say it. */
export function sentencesAfter(notice: Notice): WordKey[] {
  return AFTER[notice.kind](notice);
}

const AFTER: Record<NoticeKind, (notice: Notice) => WordKey[]> = {
  promise_confirmed: (notice) => [
    "notice.quiet",
    "notice.promise_confirmed.change",
    ...calendar(notice, "notice.calendar"),
  ],
  promise_changed: (notice) => [
    "notice.quiet",
    "notice.promise_changed.change",
    ...calendar(notice, "notice.promise_changed.calendar"),
  ],
  promise_withdrawn: (notice) => [
    "notice.promise_withdrawn.next",
    ...calendar(notice, "notice.promise_withdrawn.calendar"),
  ],
  promise_asked: () => ["notice.promise_asked.next"],
  promise_declined: () => ["notice.promise_declined.next"],
  promise_due: () => ["notice.promise_due.change"],
  promise_kept: () => [],
  paid_reported: () => ["notice.paid_reported.next"],
  dispute_opened: () => ["notice.dispute_opened.next"],
  dispute_answered: () => ["notice.dispute_answered.next"],
  invoice_resent: () => ["notice.invoice_resent.next"],
  instalments_offered: () => ["notice.instalments_offered.next"],
  plan_asked: () => ["notice.plan_asked.next"],
  plan_agreed: (notice) => [
    ...(notice.body.isChanged ? ["notice.plan_agreed.changed" as const] : []),
    "notice.plan_agreed.pause",
    "notice.plan_agreed.interest",
    "notice.plan_agreed.default",
    "notice.plan_agreed.talk",
    ...calendar(notice, "notice.calendar"),
  ],
  plan_declined: () => ["notice.plan_declined.next"],
  plan_withdrawn: (notice) => [
    "notice.plan_withdrawn.next",
    ...calendar(notice, "notice.plan_ended.calendar"),
  ],
  plan_ended: (notice) =>
    notice.body.isFulfilled
      ? []
      : ["notice.plan_ended.next", ...calendar(notice, "notice.plan_ended.calendar")],
  instalment_due: () => ["notice.instalment_due.change"],
  contact_proposed: () => ["notice.contact_proposed.next"],
  link_renewed: () => ["notice.link_renewed.next"],
  payment_thanks: () => [],
};

function calendar({ body }: Notice, key: WordKey): WordKey[] {
  return body.event ? [key] : [];
}

/** What the button leads to, and what it says. */
export function buttonOf(notice: Notice): { key: WordKey; anchor: string } {
  const { kind, body } = notice;
  const isChangeable = kind === "promise_confirmed" && body.canChange !== false;
  if (isChangeable || kind === "promise_due") return { key: "notice.go.date", anchor: "#promise" };
  if (kind === "instalments_offered") return { key: "way.plan", anchor: "#plan" };
  if (ASKING_A_DATE.has(kind)) return { key: "way.promise", anchor: "#promise" };
  return { key: "notice.go.account", anchor: "" };
}

const ASKING_A_DATE: ReadonlySet<NoticeKind> = new Set([
  "promise_withdrawn",
  "promise_declined",
  "plan_declined",
  "plan_withdrawn",
]);

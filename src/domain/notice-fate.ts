import type { Calendar } from "./calendar.ts";
import type { CivilDay } from "./civil-date.ts";
import type { ContactFacts } from "./facts.ts";
import type { NoticeBody, NoticeKind } from "./notice.ts";
import { recipientsFor } from "./recipients.ts";
import { civilDayAt, type Instant } from "./zone.ts";

/** What is to become of a notice now. */
export type NoticeFate =
  | { action: "send"; to: ContactFacts[] }
  | { action: "wait"; until: Instant }
  | { action: "cancel"; because: string }
  | { action: "fail"; because: "no_contact" | "suppressed" };

/** Notes before an agreed day: on later days there is nothing to note any more. */
const NOTES: ReadonlySet<NoticeKind> = new Set(["promise_due", "instalment_due"]);

/** Nobody is waiting for these, as one is who just acted: they leave on sending days, in hours. */
const IN_HOURS: ReadonlySet<NoticeKind> = new Set([...NOTES, "promise_kept", "plan_ended", "payment_thanks"]);

/**
 * Decides about a planned notice at this moment. Billing contacts get it, else whoever is usable next; confirmations leave at once,
 * notes and thanks in hours. `isTrue`: what it says still holds.
 */
export function decideNotice(
  {
    kind,
    body,
    contacts,
    isTrue,
  }: { kind: NoticeKind; body: NoticeBody; contacts: ContactFacts[]; isTrue: boolean },
  calendar: Calendar,
  at: Instant,
): NoticeFate {
  if (!isTrue) return { action: "cancel", because: "what it says no longer holds" };
  const today = civilDayAt(at, calendar.zone);
  if (NOTES.has(kind) && body.on !== undefined && today > body.on) {
    return { action: "cancel", because: "the day that it notes is over" };
  }
  if (IN_HOURS.has(kind) && !(calendar.isSendingDay(today) && calendar.isOpenAt(at))) {
    return { action: "wait", until: nextOpening(calendar, today, at) };
  }
  const to = recipientsFor({ to: ["billing"] }, contacts);
  if (to.length > 0) return { action: "send", to };
  return { action: "fail", because: contacts.length === 0 ? "no_contact" : "suppressed" };
}

function nextOpening(calendar: Calendar, today: CivilDay, at: Instant): Instant {
  const opensToday = calendar.opensAt(calendar.next(today));
  return opensToday > at ? opensToday : calendar.opensAt(calendar.next(today + 1));
}

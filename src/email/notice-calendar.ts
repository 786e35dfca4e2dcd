import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";
import type { Notice, NoticeKind } from "../domain/notice.ts";
import type { Instant } from "../domain/zone.ts";
import { inertLine } from "./inert-text.ts";
import type { MimeAttachment } from "./mime-attachment.ts";
import { noticeArguments } from "./notice-arguments.ts";
import { type Words, wordsFor } from "./words.ts";

type Entry = { uid: string; on: CivilDay; title: string };

/**
 * The file that puts agreed days into a calendar, moves them or takes them out (RFC 5545 and 5546): a whole day for the promise, one
 * for each instalment. Null for a notice without an event. The domain of the unique ids is the sender's.
 */
export function noticeCalendar(notice: Notice, at: Instant): MimeAttachment | null {
  const { kind, body, creditor } = notice;
  const { event } = body;
  if (!event || !WITH_CALENDAR.has(kind)) return null;
  const words = wordsFor(notice.locale);
  const isCancelled = CANCELLING.has(kind);
  const method = isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH;
  const calendar = ical({ prodId: { company: "Dunwell", product: "Dunwell", language: "EN" }, method });
  for (const { uid, on, title } of entriesOf(notice, words, event.id)) {
    calendar.createEvent({
      id: uid,
      sequence: event.sequence,
      stamp: new Date(at),
      start: new Date(on * DAY_MS),
      end: new Date((on + 1) * DAY_MS),
      allDay: true,
      summary: title,
      description: words.say("notice.calendarText", noticeArguments(notice, words)),
      organizer: { name: inertLine(creditor.legalName), email: inertLine(creditor.contact.email) },
      status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return {
    name: `${words.say("notice.calendarFile")}.ics`,
    mediaType: `text/calendar; charset=utf-8; method=${method}`,
    content: Buffer.from(`${calendar.toString()}\r\n`, "utf8"),
  };
}

const CANCELLING: ReadonlySet<NoticeKind> = new Set(["promise_withdrawn", "plan_withdrawn", "plan_ended"]);

const WITH_CALENDAR: ReadonlySet<NoticeKind> = new Set([
  "promise_confirmed",
  "promise_changed",
  "plan_agreed",
  ...CANCELLING,
]);

function entriesOf(notice: Notice, words: Words, id: string): Entry[] {
  const { body, creditor } = notice;
  const domain = inertLine(creditor.contact.email).split("@").at(-1)!;
  const args = noticeArguments(notice, words);
  if (body.instalments === undefined) {
    const title = words.say("notice.calendarTitle", { ...args, amount: args.total });
    return body.on === undefined ? [] : [{ uid: `${id}@${domain}`, on: body.on, title }];
  }
  const currency = body.currency ?? body.items[0]!.currency;
  return body.instalments.map(({ on, amountMinor }) => {
    const amount = words.formats.money(amountMinor, currency);
    return {
      uid: `${id}-${on}@${domain}`,
      on,
      title: words.say("notice.calendarTitle", { ...args, amount }),
    };
  });
}

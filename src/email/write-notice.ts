import type { Notice } from "../domain/notice.ts";
import type { Envelope } from "../ports.ts";
import { buildMime } from "./mime.ts";
import { noticeCalendar } from "./notice-calendar.ts";
import { renderNotice } from "./render-notice.ts";
import { mimeOf } from "./write-letter.ts";

/** The finished mail of a notice, with a calendar file where a day is agreed. */
export function writeNotice(notice: Notice, envelope: Envelope): { subject: string; raw: Uint8Array } {
  const mail = mimeOf(renderNotice(notice), envelope);
  const calendar = noticeCalendar(notice, envelope.at);
  return { subject: mail.subject, raw: buildMime(calendar ? { ...mail, attachments: [calendar] } : mail) };
}

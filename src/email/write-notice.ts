import type { Notice } from "../domain/notice.ts";
import type { Envelope } from "../ports.ts";
import { buildMime } from "./mime.ts";
import { noticeCalendar } from "./notice-calendar.ts";
import { renderNotice } from "./render-notice.ts";
import { mimeOf } from "./write-letter.ts";

/** The finished mail of a notice, with the copies that come along, and a calendar file where a day is agreed. */
export function writeNotice(notice: Notice, envelope: Envelope): { subject: string; raw: Uint8Array } {
  const mail = mimeOf(renderNotice(notice), envelope);
  const attachments = [...notice.files, noticeCalendar(notice, envelope.at)].filter((file) => file !== null);
  return { subject: mail.subject, raw: buildMime({ ...mail, attachments }) };
}

import type { Notice } from "../domain/notice.ts";
import { type PreparedTemplate, plainSpaces, prepareTemplate } from "./fill-template.ts";
import { type NoticeView, noticeView } from "./notice-view.ts";
import type { RenderedLetter } from "./render-letter.ts";
import { NOTICE_TEMPLATE } from "./templates.generated.ts";
import { wordsFor } from "./words.ts";

const prepared = new Map<string, PreparedTemplate<NoticeView>>();

/** Puts a notice's facts into words: the HTML, its plain text twin and the subject, in the nearest locale there is. */
export function renderNotice(notice: Notice): RenderedLetter {
  const words = wordsFor(notice.locale);
  const view = noticeView(notice, words);
  const template = prepared.get(words.locale) ?? prepareTemplate<NoticeView>(NOTICE_TEMPLATE, words);
  prepared.set(words.locale, template);
  return {
    subject: plainSpaces(view.subject),
    html: template.html(view),
    text: template.text(view),
    locale: words.locale,
  };
}

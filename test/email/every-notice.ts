import { NOTICE_KINDS, type NoticeKind } from "../../src/domain/notice.ts";
import type { RenderedLetter } from "../../src/email/render-letter.ts";
import { renderNotice } from "../../src/email/render-notice.ts";
import { type SampleNotice, sampleNotices } from "../../src/email/sample-notices.ts";
import { LOCALES } from "./every-letter.ts";

type RenderedSample = SampleNotice & RenderedLetter & { kind: NoticeKind; title: string };

/** Every sample of every notice in every locale, rendered. */
export const EVERY_NOTICE: RenderedSample[] = LOCALES.flatMap((locale) =>
  NOTICE_KINDS.flatMap((kind) =>
    sampleNotices(kind, locale).map((sample) => ({
      ...sample,
      ...renderNotice(sample.notice),
      kind,
      title: `${kind}, ${sample.name}, ${locale}`,
    })),
  ),
);

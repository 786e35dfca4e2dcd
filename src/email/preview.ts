import { DAY_MS } from "../domain/civil-date.ts";
import { NOTICE_KINDS, type NoticeKind } from "../domain/notice.ts";
import { AppError } from "../errors.ts";
import type { Envelope } from "../ports.ts";
import { renderLetter } from "./render-letter.ts";
import { renderNotice } from "./render-notice.ts";
import { sampleLetters } from "./sample-letters.ts";
import { sampleNotices } from "./sample-notices.ts";
import { TEMPLATES, type TemplateName, WORDS } from "./templates.generated.ts";
import { writeLetter } from "./write-letter.ts";
import { writeNotice } from "./write-notice.ts";

export type MailPreview = { name: string; subject: string; html: string; text: string; raw: Uint8Array };

/** The stages of the standard policy, the kinds of notices, and the languages that mails are written in. */
export const PREVIEW_STAGES = Object.keys(TEMPLATES).map((name) => name.replaceAll("-", "_"));
export const PREVIEW_NOTICES: string[] = [...NOTICE_KINDS];
export const PREVIEW_LOCALES = Object.keys(WORDS);

/** The letters of a stage with sample facts, as they would leave. `stage` is a key of the standard policy or a template's name. */
export function previewLetters({ stage, locale }: { stage: string; locale: string }): MailPreview[] {
  const template = stage.replaceAll("_", "-");
  if (!isTemplate(template)) {
    throw new AppError(
      "invalid",
      `there is no stage "${stage}" to preview: choose one of ${PREVIEW_STAGES.join(", ")}`,
    );
  }
  return sampleLetters(template, locale).map(({ name, letter }) => {
    const full = `${template}.${name}`;
    const { html } = renderLetter(letter);
    return { name: full, html, ...writeLetter(letter, envelopeOf(full, letter)) };
  });
}

/** The notices of a kind with sample facts, as they would leave. */
export function previewNotices({ kind, locale }: { kind: string; locale: string }): MailPreview[] {
  if (!isNotice(kind)) {
    throw new AppError(
      "invalid",
      `there is no notice "${kind}" to preview: choose one of ${PREVIEW_NOTICES.join(", ")}`,
    );
  }
  return sampleNotices(kind, locale).map(({ name, notice }) => {
    const full = `${kind.replaceAll("_", "-")}.${name}`;
    const { html, text } = renderNotice(notice);
    return { name: full, html, text, ...writeNotice(notice, envelopeOf(full, notice)) };
  });
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

function isNotice(kind: string): kind is NoticeKind {
  return PREVIEW_NOTICES.includes(kind);
}

type Sample = { on: number; creditor: { from: string }; debtor: { contactName: string | null } };

function envelopeOf(name: string, { on, creditor, debtor }: Sample): Envelope {
  return {
    messageId: `<preview.${name}@acme.example>`,
    at: on * DAY_MS + SENT_AT_MS,
    from: creditor.from,
    to: [{ name: debtor.contactName, email: "billing@globex.example" }],
    replyTo: "reply+sample@acme.example",
    references: [],
    rehearsalFor: null,
  };
}

const SENT_AT_MS = 10 * 3_600_000;

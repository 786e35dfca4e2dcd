import { DAY_MS } from "../domain/civil-date.ts";
import { AppError } from "../errors.ts";
import { buildMime } from "./mime.ts";
import { renderLetter } from "./render-letter.ts";
import { type SampleLetter, sampleLetters } from "./sample-letters.ts";
import { TEMPLATES, type TemplateName, WORDS } from "./templates.generated.ts";

export type LetterPreview = { name: string; subject: string; html: string; text: string; raw: Uint8Array };

/** The stages of the standard policy, and the languages that letters are written in. */
export const PREVIEW_STAGES = Object.keys(TEMPLATES).map((name) => name.replaceAll("-", "_"));
export const PREVIEW_LOCALES = Object.keys(WORDS);

/** The letters of a stage with sample facts, as they would leave. `stage` is a key of the standard policy or a template's name. */
export function previewLetters({ stage, locale }: { stage: string; locale: string }): LetterPreview[] {
  const template = stage.replaceAll("_", "-");
  if (!isTemplate(template)) {
    throw new AppError(
      "invalid",
      `there is no stage "${stage}" to preview: choose one of ${PREVIEW_STAGES.join(", ")}`,
    );
  }
  return sampleLetters(template, locale).map((sample) => previewOf(sample, template));
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

function previewOf({ name, letter }: SampleLetter, template: TemplateName): LetterPreview {
  const { subject, html, text, locale } = renderLetter(letter);
  const raw = buildMime({
    messageId: `<preview.${template}.${name}@acme.example>`,
    date: letter.on * DAY_MS + SENT_AT_MS,
    from: letter.creditor.from,
    to: [{ name: letter.debtor.contactName, email: "billing@globex.example" }],
    replyTo: "reply+sample@acme.example",
    subject,
    text,
    html,
    locale,
    inReplyTo: null,
    references: [],
    headers: { "Auto-Submitted": "auto-generated" },
  });
  return { name: `${template}.${name}`, subject, html, text, raw };
}

const SENT_AT_MS = 10 * 3_600_000;

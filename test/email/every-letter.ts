import { renderLetter } from "../../src/email/render-letter.ts";
import { type SampleLetter, sampleLetters } from "../../src/email/sample-letters.ts";
import { TEMPLATES, type TemplateName, WORDS } from "../../src/email/templates.generated.ts";

export const LOCALES = Object.keys(WORDS);
export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

type RenderedSample = SampleLetter &
  ReturnType<typeof renderLetter> & { template: TemplateName; title: string };

/** Every sample of every template in every locale, rendered. */
export const EVERY_LETTER: RenderedSample[] = LOCALES.flatMap((locale) =>
  TEMPLATE_NAMES.flatMap((template) =>
    sampleLetters(template, locale).map((sample) => ({
      ...sample,
      ...renderLetter(sample.letter),
      template,
      title: `${template}, ${sample.name}, ${locale}`,
    })),
  ),
);

import type { Letter } from "../domain/letter.ts";
import { AppError } from "../errors.ts";
import { type PreparedTemplate, plainSpaces, prepareTemplate } from "./fill-template.ts";
import { type LetterView, letterView } from "./letter-view.ts";
import { TEMPLATES, type TemplateName } from "./templates.generated.ts";
import { type Words, wordsFor } from "./words.ts";

export type RenderedLetter = { subject: string; html: string; text: string; locale: string };

const prepared = new Map<string, PreparedTemplate<LetterView>>();

/** Puts a letter's facts into words: the HTML, its plain text twin and the subject, in the nearest locale there is. */
export function renderLetter(letter: Letter): RenderedLetter {
  if (!isTemplate(letter.template)) {
    throw new AppError("invalid", `there is no letter template named "${letter.template}"`);
  }
  const words = wordsFor(letter.locale);
  const view = letterView(letter, letter.template, words);
  const template = templateFor(letter.template, words);
  return {
    subject: plainSpaces(view.subject),
    html: template.html(view),
    text: template.text(view),
    locale: words.locale,
  };
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

function templateFor(name: TemplateName, words: Words): PreparedTemplate<LetterView> {
  const key = `${name} ${words.locale}`;
  let template = prepared.get(key);
  if (!template) {
    template = prepareTemplate<LetterView>(TEMPLATES[name], words);
    prepared.set(key, template);
  }
  return template;
}

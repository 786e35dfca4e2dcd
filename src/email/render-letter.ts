import Mustache from "mustache";
import type { Letter } from "../domain/letter.ts";
import { AppError } from "../errors.ts";
import { escapeHtml } from "./inert-text.ts";
import { type LetterView, letterView } from "./letter-view.ts";
import { TEMPLATES, type TemplateName } from "./templates.generated.ts";
import { type WordKey, type Words, wordsFor } from "./words.ts";

export type RenderedLetter = { subject: string; html: string; text: string; locale: string };

type Fill = (view: LetterView) => string;
type PreparedTemplate = { html: Fill; text: Fill };

const prepared = new Map<string, PreparedTemplate>();

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
    text: plainSpaces(template.text(view)),
    locale: words.locale,
  };
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name);
}

function plainSpaces(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
}

function templateFor(name: TemplateName, words: Words): PreparedTemplate {
  const key = `${name} ${words.locale}`;
  let template = prepared.get(key);
  if (!template) {
    const { html, text } = TEMPLATES[name];
    template = { html: prepare(html, words, escapeHtml), text: prepare(text, words, (plain) => plain) };
    prepared.set(key, template);
  }
  return template;
}

/** Words that depend on no fact are set in once per locale; what is left is parsed once and filled per letter. */
function prepare(source: string, words: Words, escapeText: (text: string) => string): Fill {
  const template = source.replace(/\[\[([\w.]+)\]\]/g, (_, key) => escapeText(words.say(key as WordKey)));
  const writer = new Mustache.Writer();
  // Mustache glues its texts together letter by letter; left so, every filling would walk those chains anew.
  const tokens: string[][] = JSON.parse(JSON.stringify(writer.parse(template)));
  return (view) =>
    writer.renderTokens(tokens, new Mustache.Context(view), undefined, undefined, { escape: escapeText });
}

import Mustache from "mustache";
import { escapeHtml } from "./inert-text.ts";
import type { WordKey, Words } from "./words.ts";

type Fill<View> = (view: View) => string;
export type PreparedTemplate<View> = { html: Fill<View>; text: Fill<View> };

/** Words that depend on no fact are set in once per locale; what is left is parsed once and filled per mail. */
export function prepareTemplate<View extends object>(
  { html, text }: { html: string; text: string },
  words: Words,
): PreparedTemplate<View> {
  const fillText = prepare<View>(text, words, (plain) => plain);
  return { html: prepare(html, words, escapeHtml), text: (view) => plainSpaces(fillText(view)) };
}

/** Text for where a narrow or unbreakable space would show as something else. */
export function plainSpaces(text: string): string {
  return text.replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
}

function prepare<View extends object>(
  source: string,
  words: Words,
  escapeText: (text: string) => string,
): Fill<View> {
  const template = source.replace(/\[\[([\w.]+)\]\]/g, (_, key) => escapeText(words.say(key as WordKey)));
  const writer = new Mustache.Writer();
  // Mustache glues its texts together letter by letter; left so, every filling would walk those chains anew.
  const tokens: string[][] = JSON.parse(JSON.stringify(writer.parse(template)));
  return (view) =>
    writer.renderTokens(tokens, new Mustache.Context(view), undefined, undefined, { escape: escapeText });
}

import { IntlMessageFormat } from "intl-messageformat";
import { createFormats, type Formats } from "./formats.ts";
import { WORDS } from "./templates.generated.ts";

export type WordKey = keyof typeof WORDS.en;
export type WordArguments = Record<string, string | number>;
export type Words = {
  /** The locale whose words these are, which may differ from the one asked for. */
  locale: string;
  formats: Formats;
  say(key: WordKey, args?: WordArguments): string;
};

const FALLBACK = "en";
const made = new Map<string, Words>();

/** The words for a locale: its own, else those of its language, else English. */
export function wordsFor(locale: string): Words {
  const chosen = chooseLocale(locale);
  const words = made.get(chosen) ?? createWords(chosen);
  made.set(chosen, words);
  return words;
}

function chooseLocale(locale: string): string {
  const wanted = locale.toLowerCase();
  const language = wanted.split("-")[0];
  const locales = Object.keys(WORDS);
  return (
    locales.find((name) => name.toLowerCase() === wanted) ??
    locales.find((name) => name.toLowerCase().split("-")[0] === language) ??
    FALLBACK
  );
}

function createWords(locale: string): Words {
  const messages: Record<WordKey, string> = WORDS[locale as keyof typeof WORDS];
  const formatters = new Map<WordKey, IntlMessageFormat>();
  return {
    locale,
    formats: createFormats(messages.format),
    say(key, args) {
      let formatter = formatters.get(key);
      if (!formatter) {
        formatter = new IntlMessageFormat(messages[key], messages.format, undefined, { ignoreTag: true });
        formatters.set(key, formatter);
      }
      return String(formatter.format(args));
    },
  };
}

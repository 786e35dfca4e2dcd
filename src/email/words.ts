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
  const formatters = formattersFor(messages.format);
  const said = new Map<WordKey, string | IntlMessageFormat>();
  return {
    locale,
    formats: createFormats(messages.format),
    say(key, args) {
      let message = said.get(key);
      if (message === undefined) {
        message = compile(messages[key], messages.format, formatters);
        said.set(key, message);
      }
      return typeof message === "string" ? message : String(message.format(args));
    },
  };
}

function compile(message: string, locale: string, formatters: Formatters): string | IntlMessageFormat {
  const compiled = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true, formatters });
  return message.includes("{") ? compiled : String(compiled.format());
}

type Formatters = NonNullable<NonNullable<ConstructorParameters<typeof IntlMessageFormat>[3]>["formatters"]>;

/** The library's own cache turns its arguments into JSON for every number it formats. */
function formattersFor(locale: string): Formatters {
  const number = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(locale);
  return {
    getNumberFormat: (_, options) => (options ? new Intl.NumberFormat(locale, options) : number),
    getPluralRules: (_, options) =>
      options?.type === "ordinal" ? new Intl.PluralRules(locale, options) : plural,
    getDateTimeFormat: (_, options) => new Intl.DateTimeFormat(locale, options),
  };
}

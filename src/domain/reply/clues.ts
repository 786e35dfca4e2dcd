import type { Language } from "./language.ts";
import { DE } from "./lexicon/de.ts";
import { EN } from "./lexicon/en.ts";
import { ES } from "./lexicon/es.ts";
import { FR } from "./lexicon/fr.ts";
import { JA } from "./lexicon/ja.ts";
import { type Clue, GUESS, type Lexicon, REPLY_KINDS, type ReplyKind } from "./lexicon/lexicon.ts";
import { ZH } from "./lexicon/zh.ts";

type CompiledClue = { says: RegExp; unless?: RegExp; surety: number };

/** A lexicon ready to be read with. */
export type CompiledLexicon = {
  clues: readonly (readonly [ReplyKind, readonly CompiledClue[]])[];
  /** Where nothing else is said. */
  guesses: readonly (readonly [ReplyKind, RegExp])[];
  negated: RegExp;
  conditional: RegExp;
  came: RegExp;
  billed: RegExp;
  future: RegExp;
  moves: RegExp;
  defers: RegExp;
  tells: RegExp;
  asks: RegExp;
  courtesy: RegExp;
};

const LEXICONS: Record<Language, Lexicon> = { en: EN, zh: ZH, de: DE, fr: FR, es: ES, ja: JA };
const SURETY = 0.85;
const GAP = 40;
// The small letters of Latin script: \p{L} in a thousand places takes a second to compile.
const LETTER = "[a-zß-öø-ƿ]";
const WORD = "[a-zß-öø-ƿ\\d]";
const known = new Map<Language, CompiledLexicon>();

/** The clues of a language, made at their first use. */
export function clues(language: Language): CompiledLexicon {
  const compiled = known.get(language) ?? compile(LEXICONS[language]);
  known.set(language, compiled);
  return compiled;
}

function compile(lexicon: Lexicon): CompiledLexicon {
  const pattern = (source: string) => compilePattern(source, lexicon.isSpaced);
  const clue = ({ says, unless, surety = SURETY }: Clue): CompiledClue => ({
    says: pattern(says),
    unless: unless === undefined ? undefined : pattern(unless),
    surety,
  });
  const kinds = REPLY_KINDS.filter((kind) => kind !== "other");
  const all = kinds.map((kind) => [kind, joined(lexicon.clues[kind]).map(clue)] as const);
  return {
    clues: all.map(([kind, list]) => [
      kind,
      list.filter(({ surety }) => surety > GUESS).toSorted((one, other) => other.surety - one.surety),
    ]),
    guesses: all.flatMap(([kind, list]) =>
      list.filter(({ surety }) => surety === GUESS).map(({ says }) => [kind, says] as const),
    ),
    negated: pattern(lexicon.negated),
    conditional: pattern(lexicon.conditional),
    came: pattern(lexicon.came),
    billed: pattern(lexicon.billed),
    future: pattern(lexicon.future),
    moves: pattern(lexicon.moves),
    defers: pattern(lexicon.defers),
    tells: pattern(lexicon.tells),
    asks: pattern(lexicon.asks),
    courtesy: pattern(lexicon.courtesy),
  };
}

/** One pattern of all that say so as surely: a hundred small ones take longer to make and to read with. */
function joined(list: readonly (string | Clue)[]): Clue[] {
  const all = list.map((one): Clue => (typeof one === "string" ? { says: one } : one));
  const bySurety = Map.groupBy(
    all.filter(({ unless }) => unless === undefined),
    ({ surety = SURETY }) => surety,
  );
  const plain = [...bySurety].map(([surety, same]) => ({
    says: same.map(({ says }) => says).join("|"),
    surety,
  }));
  return [...plain, ...all.filter(({ unless }) => unless !== undefined)];
}

/**
 * `~` is a gap of up to 40 characters, `~{12}` of up to 12: bounded, so that no text takes long to read. Where words are not
 * divided, a gap stays within its clause. `\w` stands for a letter.
 */
function compilePattern(source: string, isSpaced: boolean): RegExp {
  const between = isSpaced ? "." : "[^,;]";
  const edge = isSpaced ? `(?:(?<!${LETTER})|(?!${LETTER}))` : "";
  const gaps = source
    .replaceAll("\\w", LETTER)
    .replace(/~(?:\{(\d+)\})?/g, (_, length = GAP) => `(?:${edge}${between}{0,${length}}?${edge})`);
  return new RegExp(isSpaced ? `(?<!${WORD})(?:${gaps})(?!${WORD})` : `(?:${gaps})`, "u");
}

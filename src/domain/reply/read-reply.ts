import type { CivilDay } from "../civil-date.ts";
import { findAmounts } from "./amounts.ts";
import { classify, type ReadSentence } from "./classify.ts";
import { clues } from "./clues.ts";
import { type FoundDate, findDates } from "./dates.ts";
import { findInvoiceNumbers } from "./invoice-numbers.ts";
import { detectLanguage, type Language, languageOf } from "./language.ts";
import type { ReplyKind } from "./lexicon/lexicon.ts";
import { simplified } from "./lexicon/traditional.ts";
import type { DateSense } from "./resolve-date.ts";
import { splitSentences } from "./sentences.ts";

/** When and where a reply was written: the civil day in the sender's zone, the zone's offset from UTC, the locale if it is known. */
export type ReplySetting = { writtenOn: CivilDay; offsetMinutes: number; locale?: string };

/** What somebody promises to pay: each part null where it is not said or not understood. */
export type ReadPromise = { on: CivilDay | null; amount: string | null; currency: string | null };

/** What was understood of a reply; `sentence` is the one that says so, `confidence` goes from 0 to 1. */
export type ReadReply = {
  kind: ReplyKind;
  language: Language;
  sentence: string | null;
  promise: ReadPromise | null;
  invoices: string[];
  confidence: number;
};

const WEB_ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"']{1,2000}/giu;
const UNDATED_COSTS = 0.15;
const NEIGHBOUR_COSTS = 0.05;
const MONTH_FIRST = /(?<![\d/])(?:0?[1-9]|1[0-2])\/(?:1[3-9]|2\d|3[01])(?!\d)/;
const DAY_FIRST = /(?<![\d/])(?:1[3-9]|2\d|3[01])\/(?:0?[1-9]|1[0-2])(?!\d)/;
// Offsets of the Americas: where English puts the month first, as the United States do.
const AMERICA = { from: -10 * 60, to: -4 * 60 };

/**
 * Reads what a person wrote, quotes and signatures taken away before. Dates are read as of the day of writing in the sender's
 * zone; one that has passed is no promise. Takes any text.
 */
export function readReply(text: string, setting: ReplySetting): ReadReply {
  const { language, sense, sentences } = sentencesIn(text, setting);
  const { kind, sentence, confidence } = classify(sentences, language);
  const reply = {
    kind,
    language,
    sentence: sentence?.written ?? null,
    promise: null,
    invoices: findInvoiceNumbers(text),
    confidence,
  };
  if (kind !== "promise" || !sentence) return reply;
  return { ...reply, ...readPromise(sentence, sentences, { language, sense, confidence }) };
}

/** What a sentence of a text says where somebody else told its kind: what is promised is read from the text alone. */
export function readAs(
  kind: ReplyKind,
  written: string,
  { text, setting }: { text: string; setting: ReplySetting },
): Pick<ReadReply, "kind" | "sentence" | "promise"> {
  const { language, sense, sentences } = sentencesIn(text, setting);
  const sentence = sentences.find((one) => one.written === written);
  if (kind !== "promise" || !sentence) return { kind, sentence: written, promise: null };
  const { promise } = readPromise(sentence, sentences, { language, sense, confidence: 0 });
  return { kind, sentence: written, promise };
}

function sentencesIn(text: string, setting: ReplySetting) {
  const language = (setting.locale && languageOf(setting.locale)) || detectLanguage(text);
  const sense = dateSense(setting, language, text);
  const sentences = splitSentences(text).map((written) => readSentence(written, language, sense));
  return { language, sense, sentences };
}

/** One form of each character and of each negation, in small letters, so that a pattern has to know one. */
export function plainText(text: string): string {
  return text
    .replace(WEB_ADDRESS, " ")
    .normalize("NFKC")
    .replace(/[’‘`´]/g, "'")
    .replace(/\bwon'?t\b/gi, "will not")
    .replace(/\b(?:can'?t|can not)\b/gi, "cannot")
    .replace(/n't\b|(?<=\b(?:do|did|does|is|was|are|were|have|has|had|could|would|should))nt\b/gi, " not")
    .replace(/\b(i|we|they|you)ve\b/gi, "$1 have")
    .replace(/\b(it|that|there)s\b/gi, "$1's")
    .replace(/\s+/g, " ")
    .toLowerCase();
}

function readSentence(written: string, language: Language, sense: DateSense): ReadSentence {
  const plain = language === "zh" ? simplified(plainText(written)) : plainText(written);
  const days = findDates(plain, language, sense);
  const toCome = days.filter(({ on }) => on >= sense.writtenOn);
  return {
    written,
    plain,
    hasFutureDate: toCome.length > 0,
    hasLaterDate: toCome.some(({ on }) => on > sense.writtenOn),
    hasPastDate: toCome.length < days.length,
    mayBePast: toCome.length > 0 && toCome.every(({ isEither }) => isEither),
  };
}

/** Whether a text puts the day or the month first: as its own dates show, else as is done in its region. */
export function dateSense(
  { writtenOn, offsetMinutes, locale }: ReplySetting,
  language: Language,
  text: string,
): DateSense {
  if (MONTH_FIRST.test(text) !== DAY_FIRST.test(text)) return { writtenOn, isDayFirst: DAY_FIRST.test(text) };
  const region = locale?.split(/[-_]/)[1]?.toUpperCase();
  if (region) return { writtenOn, isDayFirst: region !== "US" };
  const isAmerican = language === "en" && offsetMinutes >= AMERICA.from && offsetMinutes <= AMERICA.to;
  return { writtenOn, isDayFirst: !isAmerican };
}

type Reader = { language: Language; sense: DateSense; confidence: number };

/** What the sentence does not name, the next one may: "We have approved it. The money leaves on Friday." */
function readPromise(
  sentence: ReadSentence,
  sentences: readonly ReadSentence[],
  { language, sense, confidence }: Reader,
): { promise: ReadPromise; confidence: number } {
  const next = sentences[sentences.indexOf(sentence) + 1];
  const amount = findAmounts(sentence.plain, language)[0];
  const own = promisedDay(sentence, language, sense);
  const on = own ?? (next ? promisedDay(next, language, sense) : null);
  const costs = on === null ? UNDATED_COSTS : own === null ? NEIGHBOUR_COSTS : 0;
  return {
    promise: { on, amount: amount?.amount ?? null, currency: amount?.currency ?? null },
    confidence: Math.round((confidence - costs) * 100) / 100,
  };
}

/**
 * "Approved this morning, paid on Friday": today is the day only where no other is named. "Early next week, likely Tuesday": a day
 * tells more than a period. "Signed on Friday, paid on the 30th": the day of something else counts least.
 */
function promisedDay({ plain }: ReadSentence, language: Language, sense: DateSense): CivilDay | null {
  const { defers } = clues(language);
  const doubt = ({ on, at, isPeriod, isEither }: FoundDate) =>
    [isEither, isPeriod, defers.test(clauseAt(plain, at)), on === sense.writtenOn].lastIndexOf(true);
  const days = findDates(plain, language, sense).filter(({ on }) => on >= sense.writtenOn);
  return days.toSorted((one, other) => doubt(one) - doubt(other))[0]?.on ?? null;
}

function clauseAt(plain: string, at: number): string {
  const start = Math.max(plain.lastIndexOf(",", at), plain.lastIndexOf(";", at)) + 1;
  const rest = plain.slice(at).search(/[,;]/);
  return plain.slice(start, rest < 0 ? undefined : at + rest);
}

import { type CompiledLexicon, clues } from "./clues.ts";
import type { Language } from "./language.ts";
import { GUESS, HINT, REPLY_KINDS, type ReplyKind } from "./lexicon/lexicon.ts";

/** A sentence as it was written, and as patterns read it: one form of each character, one kind of apostrophe. */
export type ReadSentence = {
  written: string;
  plain: string;
  /** Whether it names a day to come, the day of writing counted or not. */
  hasFutureDate: boolean;
  hasLaterDate: boolean;
  hasPastDate: boolean;
  /** Whether no day to come is named but by its weekday or number: "on Monday", "on the 12th" may be over. */
  mayBePast: boolean;
};

/** What a text says, the sentence that says so, and how surely, from 0 to 1. */
export type Classified = { kind: ReplyKind; sentence: ReadSentence | null; confidence: number };

type Evidence = { kind: ReplyKind; sentence: ReadSentence; surety: number };

const THRESHOLD = 0.5;
const NOTHING_SAID = 0.4;
const CONDITION_COSTS = 0.25;
const QUESTION_COSTS = 0.3;
const LATER_DAY_COSTS = 0.4;
const DOUBTED_DAY_COSTS = 0.1;
const DATE_GAINS = 0.08;
const RIVAL_COSTS = 0.12;
const SUREST = 0.98;
// A promise without a date, or only guessed, gives way to what explains why there is none.
const OUTRANKS_VAGUE_PROMISE: readonly ReplyKind[] = ["in_approval", "stop"];

/** What the sentences say as a whole: of all that is said, what matters most to whom it is owed. */
export function classify(sentences: readonly ReadSentence[], language: Language): Classified {
  const lexicon = clues(language);
  const said = sentences.flatMap((sentence) => evidenceOf(sentence, lexicon));
  const best =
    strongest(said.filter(({ surety }) => surety > GUESS)) ??
    strongest([...said, ...sentences.flatMap((sentence) => guessesOf(sentence, said, lexicon))]);
  if (!best) return { kind: "other", sentence: null, confidence: NOTHING_SAID };
  const isRivalled = said.some(
    ({ kind, surety }) => kind !== best.kind && kind !== "question" && surety >= best.surety,
  );
  const confidence = best.surety - (isRivalled ? RIVAL_COSTS : 0);
  return {
    kind: best.kind,
    sentence: best.sentence,
    confidence: Math.round(Math.min(SUREST, confidence) * 100) / 100,
  };
}

function evidenceOf(sentence: ReadSentence, lexicon: CompiledLexicon): Evidence[] {
  const { plain } = sentence;
  const found: Evidence[] = [];
  for (const [kind, list] of lexicon.clues) {
    const clue = list.find(({ says, unless }) => says.test(plain) && !unless?.test(plain));
    const surety = clue ? weigh(kind, clue.surety, sentence, lexicon) : 0;
    if (surety >= THRESHOLD) found.push({ kind, sentence, surety });
  }
  if (isMiscounted(plain, lexicon)) found.push({ kind: "dispute", sentence, surety: HINT });
  return found;
}

/** What a sentence that says nothing surely may mean: a question, two words that often meet, money that moves on a day to come. */
function guessesOf(sentence: ReadSentence, said: readonly Evidence[], lexicon: CompiledLexicon): Evidence[] {
  const { plain, hasFutureDate } = sentence;
  const guess = (kind: ReplyKind): Evidence => ({ kind, sentence, surety: GUESS });
  if (said.some((one) => one.sentence === sentence)) return [];
  if (isQuestion(plain, lexicon)) return lexicon.courtesy.test(plain) ? [] : [guess("question")];
  const meant = lexicon.guesses.filter(([, says]) => says.test(plain)).map(([kind]) => guess(kind));
  if (meant.length > 0) return meant;
  const isMoving = hasFutureDate && lexicon.moves.test(plain) && !lexicon.defers.test(plain);
  const isTakenBack = [lexicon.negated, lexicon.conditional, lexicon.tells].some((one) => one.test(plain));
  return isMoving && !isTakenBack && !isPast(sentence, lexicon) ? [guess("promise")] : [];
}

function isQuestion(plain: string, { asks }: CompiledLexicon): boolean {
  return /[?？]/.test(plain) || asks.test(plain);
}

/** Whether the day named, by its weekday or number alone, is over as nothing speaks of the future. */
function isPast({ mayBePast, plain }: ReadSentence, { future }: CompiledLexicon): boolean {
  return mayBePast && !future.test(plain);
}

/** "We got 38 and were charged for 50": what came, or was agreed, and what was billed differ. */
function isMiscounted(plain: string, { came, billed }: CompiledLexicon): boolean {
  const numbers = new Set(plain.match(/\d+(?:[.,]\d+)*/g));
  return numbers.size > 1 && billed.test(plain) && came.test(plain);
}

function weigh(kind: ReplyKind, surety: number, sentence: ReadSentence, lexicon: CompiledLexicon): number {
  const { plain, hasFutureDate, hasPastDate } = sentence;
  if (kind === "question") return isQuestion(plain, lexicon) ? surety : 0;
  if (kind !== "paid" && kind !== "promise") return surety;
  if (lexicon.negated.test(plain)) return 0;
  const costs =
    (lexicon.conditional.test(plain) ? CONDITION_COSTS : 0) +
    (isQuestion(plain, lexicon) ? QUESTION_COSTS : 0);
  if (kind === "paid") return surety - costs - costsOfDay(sentence, lexicon);
  if ((!hasFutureDate && hasPastDate) || lexicon.tells.test(plain)) return 0;
  return surety - costs + (hasFutureDate ? DATE_GAINS : -DATE_GAINS);
}

/** Paid on a day to come is not paid yet, unless a receipt is attached; a weekday or a number alone may be the last one. */
function costsOfDay(sentence: ReadSentence, lexicon: CompiledLexicon): number {
  if (!sentence.hasLaterDate || sentence.hasPastDate || isPast(sentence, lexicon)) return 0;
  return sentence.mayBePast ? DOUBTED_DAY_COSTS : LATER_DAY_COSTS;
}

function strongest(evidence: readonly Evidence[]): Evidence | undefined {
  const byKind = new Map<ReplyKind, Evidence>();
  for (const one of evidence) {
    const known = byKind.get(one.kind);
    if (!known || one.surety > known.surety) byKind.set(one.kind, one);
  }
  const paid = byKind.get("paid");
  const promise = byKind.get("promise");
  if (paid && promise && promise.surety > paid.surety + 0.1) byKind.delete("paid");
  const isVague = promise && (!promise.sentence.hasFutureDate || promise.surety < HINT);
  if (isVague && OUTRANKS_VAGUE_PROMISE.some((kind) => byKind.has(kind))) byKind.delete("promise");
  for (const kind of REPLY_KINDS) if (byKind.has(kind)) return byKind.get(kind);
  return undefined;
}

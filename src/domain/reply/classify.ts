import { type CompiledLexicon, clues } from "./clues.ts";
import type { Language } from "./language.ts";
import { REPLY_KINDS, type ReplyKind } from "./lexicon/lexicon.ts";

/** A sentence as it was written, and as patterns read it: one form of each character, one kind of apostrophe. */
export type ReadSentence = { written: string; plain: string; hasFutureDate: boolean; hasPastDate: boolean };

/** What a text says, the sentence that says so, and how surely, from 0 to 1. */
export type Classified = { kind: ReplyKind; sentence: ReadSentence | null; confidence: number };

type Evidence = { kind: ReplyKind; sentence: ReadSentence; surety: number };

const THRESHOLD = 0.5;
const NOTHING_SAID = 0.4;
const CONDITION_COSTS = 0.25;
const QUESTION_COSTS = 0.3;
const DATE_GAINS = 0.08;
const RIVAL_COSTS = 0.12;
const SUREST = 0.98;
// A promise without a date gives way to what explains why there is none.
const OUTRANKS_VAGUE_PROMISE: readonly ReplyKind[] = ["in_approval", "stop"];

/** What the sentences say as a whole: of all that is said, what matters most to whom it is owed. */
export function classify(sentences: readonly ReadSentence[], language: Language): Classified {
  const lexicon = clues(language);
  const evidence = sentences.flatMap((sentence) => evidenceOf(sentence, lexicon));
  const sure = evidence.filter(({ surety }) => surety >= THRESHOLD);
  const best = strongest(sure);
  if (!best) return { kind: "other", sentence: null, confidence: NOTHING_SAID };
  const isRivalled = sure.some(
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
  const isQuestion = /[?？]/.test(plain) || lexicon.asks.test(plain);
  const isConditional = lexicon.conditional.test(plain);
  const isNegated = lexicon.negated.test(plain);
  const found: Evidence[] = [];
  for (const [kind, list] of lexicon.clues) {
    const surety = list.find(({ says, unless }) => says.test(plain) && !unless?.test(plain))?.surety;
    if (surety === undefined) continue;
    const weighed = weigh(kind, surety, { sentence, isQuestion, isConditional, isNegated });
    if (weighed > 0) found.push({ kind, sentence, surety: weighed });
  }
  const asksOnly =
    isQuestion && !found.some(({ surety }) => surety >= THRESHOLD) && !lexicon.courtesy.test(plain);
  if (asksOnly) found.push({ kind: "question", sentence, surety: 0.6 });
  return found;
}

type Circumstances = {
  sentence: ReadSentence;
  isQuestion: boolean;
  isConditional: boolean;
  isNegated: boolean;
};

function weigh(
  kind: ReplyKind,
  surety: number,
  { sentence, isQuestion, isConditional, isNegated }: Circumstances,
): number {
  if (kind === "question") return isQuestion ? surety : 0;
  if (kind !== "paid" && kind !== "promise") return surety;
  if (isNegated) return 0;
  const costs = (isConditional ? CONDITION_COSTS : 0) + (isQuestion ? QUESTION_COSTS : 0);
  if (kind === "paid") return surety - costs - (sentence.hasFutureDate && !sentence.hasPastDate ? 0.1 : 0);
  if (!sentence.hasFutureDate && sentence.hasPastDate) return 0;
  return surety - costs + (sentence.hasFutureDate ? DATE_GAINS : -DATE_GAINS);
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
  if (promise && !promise.sentence.hasFutureDate && OUTRANKS_VAGUE_PROMISE.some((kind) => byKind.has(kind))) {
    byKind.delete("promise");
  }
  for (const kind of REPLY_KINDS) if (byKind.has(kind)) return byKind.get(kind);
  return undefined;
}

/** What a reply from a debtor can say. */
export const REPLY_KINDS = [
  "insolvency",
  "dispute",
  "wrong_person",
  "not_received",
  "paid",
  "hardship",
  "promise",
  "in_approval",
  "stop",
  "question",
  "other",
] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

/**
 * A phrase that says so. `~` in a pattern stands for up to forty characters; where words are divided by blanks a pattern begins and
 * ends with one. `surety` from 0 to 1 is 0.85 unless told.
 */
export type Clue = { says: string; unless?: string; surety?: number };

/** How surely a phrase says so that may mean something else too. */
export const HINT = 0.7;

/** How surely it is said where two words meet that often say so together: counts where nothing else is said. */
export const GUESS = 0.6;

type Clues<Kind extends ReplyKind> = Readonly<Record<Kind, readonly (string | Clue)[]>>;
export type Objections = Clues<"insolvency" | "wrong_person" | "not_received" | "stop">;
export type Disputes = Clues<"dispute">;
export type MoneyClues = Clues<"paid" | "hardship" | "in_approval" | "promise">;

/** The words of a language for what debtors answer. Data alone: one engine reads them all. */
export type Lexicon = {
  isSpaced: boolean;
  clues: Objections & Disputes & MoneyClues & Clues<"question">;
  /** Takes back what `paid` and `promise` say: "have not paid". */
  negated: string;
  /** What hangs on a condition is said less surely: "once you send the invoice". */
  conditional: string;
  /** What came, was done or was agreed, and what was billed: with two numbers that differ they make a dispute. */
  came: string;
  billed: string;
  /** What speaks of a day to come, so that a bare weekday beside it is none that has passed. */
  future: string;
  /** The words by which money moves: beside a day to come they hint at a promise. */
  moves: string;
  /** What comes on a day and is no payment: a return, a call, an answer, the day it is due. */
  defers: string;
  /** Who says, asks or looks on a day does not pay on it: "I will tell you on Monday when it is paid". */
  tells: string;
  /** A question without a question mark. */
  asks: string;
  /** What is said out of courtesy and says nothing. */
  courtesy: string;
};

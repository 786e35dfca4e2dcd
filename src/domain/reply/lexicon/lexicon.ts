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

/** The words of a language for what debtors answer. Data alone: one engine reads them all. */
export type Lexicon = {
  isSpaced: boolean;
  clues: Readonly<Record<Exclude<ReplyKind, "other">, readonly (string | Clue)[]>>;
  /** Takes back what `paid` and `promise` say: "have not paid". */
  negated: string;
  /** What hangs on a condition is said less surely: "once you send the invoice". */
  conditional: string;
  /** A question without a question mark. */
  asks: string;
  /** What is said out of courtesy and says nothing. */
  courtesy: string;
};

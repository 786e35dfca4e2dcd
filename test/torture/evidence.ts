import type { RecordedMail } from "../support/ses-recorder.ts";

/** A process that was started: its path tells its mails apart from others'. */
export type Run = {
  path: string;
  what: string;
  /** The moment it was told that it is (ms). */
  at: number;
  /** By the machine's clock (ms). */
  startedAt: number;
  endedAt: number;
  /** By what: the moment that the kill was aimed at; null where it ended by itself. */
  killedAt: string | null;
  code: number | null;
  errors: string;
};

/** Money as whoever paid it knows it, and when, by the machine's clock, it was told and when that was confirmed. */
export type BookEntry = {
  invoice: string | null;
  customer: string;
  kind: "payment" | "credit_note" | "refund";
  currency: string;
  amountMinor: number;
  reference: string;
  /** The day of the payment, since 1970; null before it is told for the first time. */
  paidOn: number | null;
  begunAt: number;
  ackedAt: number | null;
};

/** What a run of the torture leaves to its auditor, beside the database. */
export type Evidence = {
  seed: number;
  database: string;
  /** What SES took, in the order in which it did. */
  mails: RecordedMail[];
  runs: Run[];
  book: BookEntry[];
  /** When, by the machine's clock, it was known for sure that nothing may go to an address any more. */
  suppressedAt: Record<string, number>;
  /** From when on nothing changed any more but the clock, and the last moment of it. */
  quietFrom: number;
  endsAt: number;
};

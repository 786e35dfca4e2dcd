/** What became of one record of a batch: stored (with or without a change), or refused with what would be right. */
export type RecordOutcome =
  | { ok: true; changed: boolean }
  | { ok: false; column: string; value: string; error: string };

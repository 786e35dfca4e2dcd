/** How long what is open is past its due date, in days. */
export const AGE_BUCKETS = ["not_due", "1_30", "31_60", "61_90", "over_90"] as const;
export type AgeBucket = (typeof AGE_BUCKETS)[number];

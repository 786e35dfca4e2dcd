/** What an account owner answers to the account check: whether a due invoice arrived, is right, is approved there, is paid. */
export const ACCOUNT_CHECK_ANSWERS = [
  "received",
  "not_received",
  "in_approval",
  "reported_paid",
  "disputed",
  "our_error",
  "all_fine",
] as const;
export type AccountCheckAnswer = (typeof ACCOUNT_CHECK_ANSWERS)[number];

/** What an account owner answers to the warning before a firm letter. */
export const WARNING_ANSWERS = ["send", "talk_first", "instalments", "finance"] as const;
export type WarningAnswer = (typeof WARNING_ANSWERS)[number];

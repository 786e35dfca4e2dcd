/** What a person can do about a customer that nobody asked about. */
const CUSTOMER_ACTIONS = [
  "pause_week",
  "pause_until",
  "log_call",
  "copy_text",
  "take_over",
  "hand_back",
] as const;

export type CustomerAction = (typeof CUSTOMER_ACTIONS)[number];

/** The actions that fit: whom nothing is sent to is handed back, anybody else is paused or taken over. */
export function customerActions({ isPaused }: { isPaused: boolean }): CustomerAction[] {
  return isPaused
    ? ["log_call", "copy_text", "pause_until", "hand_back"]
    : ["log_call", "copy_text", "pause_week", "pause_until", "take_over"];
}

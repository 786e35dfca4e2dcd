import { canMove, REMINDER_STATES, type ReminderState, statesThat } from "../domain/reminder-life.ts";

/** States as SQL has them in a list. */
export function listOf(states: readonly ReminderState[]): string {
  return states.map((state) => `'${state}'`).join(", ");
}

export const COUNTING = listOf(statesThat(({ counts }) => counts));
export const NOT_COUNTING = listOf(statesThat(({ counts }) => !counts));
export const IN_HAND = listOf(statesThat(({ isInHand }) => isInHand));
export const REACHED_NOBODY = listOf(statesThat(({ reachedNobody }) => reachedNobody));
/** What the mailer's answer may still decide. */
export const ANSWERABLE = listOf(REMINDER_STATES.filter((state) => canMove(state, "deferred")));

/** The condition of the index over what is under way: a query without it reads every reminder ever sent. */
export const UNDER_WAY = `state in (${IN_HAND}, 'awaiting_approval')`;

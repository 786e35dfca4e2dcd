import { AppError } from "../errors.ts";

/** What can happen to a thing in each of its states, and the state that it has then; what is not listed is not legal. */
export type Moves<State extends string, Event extends string> = Record<
  State,
  Partial<Record<Event, NoInfer<State>>>
>;

/** The state after the event. Throws `conflict` where that is no legal move; `what` names the thing, as in `promise prm_1`. */
export function moved<State extends string, Event extends string>(
  moves: Moves<State, Event>,
  state: State,
  event: Event,
  what: string,
): State {
  const next = moves[state][event];
  if (next !== undefined) return next;
  const possible = Object.keys(moves[state]);
  const way = possible.length === 0 ? "nothing can follow" : `it can be ${possible.join(", ")}`;
  throw new AppError("conflict", `${what} is ${said(state)} and cannot be ${said(event)}: ${way}`);
}

function said(word: string): string {
  return word.replaceAll("_", " ");
}

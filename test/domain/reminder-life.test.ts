import { describe, expect, test } from "vitest";
import {
  canMove,
  meaningOf,
  move,
  REMINDER_STATES,
  type ReminderState,
  statesThat,
} from "../../src/domain/reminder-life.ts";

/** Every move that a reminder's life has; what is not here is refused. */
const MOVES: Record<ReminderState, ReminderState[]> = {
  planned: ["awaiting_approval", "claimed", "cancelled"],
  awaiting_approval: ["claimed", "cancelled"],
  claimed: ["sending", "cancelled"],
  sending: ["sent", "delivered", "bounced", "complained", "deferred", "failed", "unknown"],
  unknown: ["sent", "delivered", "bounced", "complained", "deferred", "failed"],
  sent: ["delivered", "bounced", "complained"],
  delivered: ["bounced", "complained"],
  bounced: ["delivered", "complained"],
  complained: [],
  deferred: ["sent", "delivered", "bounced", "complained"],
  failed: ["sent", "delivered", "bounced", "complained"],
  cancelled: [],
};
const PAIRS = REMINDER_STATES.flatMap((from) => REMINDER_STATES.map((to) => [from, to] as const));
const isLegal = ([from, to]: readonly [ReminderState, ReminderState]) => MOVES[from].includes(to);

describe("a reminder", () => {
  test.each(PAIRS.filter(isLegal))("that is %s may become %s", (from, to) => {
    expect(canMove(from, to)).toBe(true);
    expect(move(from, to)).toBe(to);
  });

  test.each(PAIRS.filter((pair) => !isLegal(pair)))("that is %s never becomes %s", (from, to) => {
    expect(canMove(from, to)).toBe(false);
    expect(() => move(from, to)).toThrow(`a reminder that is ${from} cannot become ${to}`);
  });

  test("once claimed never waits again: it leaves, or is cancelled", () => {
    const waiting = statesThat(
      ({ isInHand, hasLeft, reachedNobody }) => !isInHand && !hasLeft && !reachedNobody,
    );
    expect(waiting).toEqual(["planned", "awaiting_approval", "cancelled"]);
    for (const from of REMINDER_STATES.filter((state) => !waiting.includes(state)))
      for (const to of ["planned", "awaiting_approval"] as const) expect(canMove(from, to)).toBe(false);
  });
});

describe("for the decisions to come", () => {
  test.each([
    [
      "counts as the stage and as a contact",
      "counts",
      ["claimed", "sending", "sent", "delivered", "complained", "unknown"],
    ],
    ["has its invoices wait for its outcome", "isInHand", ["claimed", "sending", "unknown"]],
    ["was tried in vain, and is tried again", "reachedNobody", ["bounced", "deferred", "failed"]],
    ["was taken by the provider", "hasLeft", ["sent", "delivered", "bounced", "complained"]],
  ] as const)("what %s", (_, meaning, states) => {
    expect(statesThat((of) => of[meaning])).toEqual(states);
  });

  test("what reached nobody never counts", () => {
    for (const state of REMINDER_STATES) {
      const { counts, reachedNobody } = meaningOf(state);
      expect(counts && reachedNobody).toBe(false);
    }
  });
});

import type { Chat, ChatMessage, ChatOutcome } from "../../src/ports.ts";

export type FakeChat = Chat & {
  /** What was posted, in order; deferred messages are not among them. */
  posts: ChatMessage[];
  /** What it answers from now on; undefined posts again. */
  answer(outcome: ChatOutcome | ((message: ChatMessage) => ChatOutcome | undefined) | undefined): void;
};

/** A chat that keeps what it is given. */
export function createFakeChat(): FakeChat {
  const posts: ChatMessage[] = [];
  let told: (message: ChatMessage) => ChatOutcome | undefined = () => undefined;
  return {
    name: "log",
    posts,
    answer(outcome) {
      told = typeof outcome === "function" ? outcome : () => outcome;
    },
    async post(message) {
      const answer = told(message);
      if (answer?.kind === "deferred") return answer;
      posts.push(message);
      return answer ?? { kind: "posted", channel: "C0FAKE", ts: `${posts.length}.000000` };
    },
  };
}

import type { Chat, Log } from "../ports.ts";
import { plainText } from "./plain-text.ts";

/** Without Slack, what people would be told is one event in the log. */
export function createLogChat(log: Log): Chat {
  return {
    name: "log",
    async post({ text }) {
      log("info", "chat_message", { text: plainText(text) });
      return { kind: "posted", channel: "log", ts: "" };
    },
  };
}

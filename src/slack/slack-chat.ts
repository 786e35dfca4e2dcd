import type { types } from "@slack/bolt";
import type { Chat, ChatMessage, ChatOutcome, Clock, Log } from "../ports.ts";
import { createSlackApp, type Slack, type SlackSettings } from "./app.ts";
import { deferredBy, slackErrorCode } from "./failure.ts";
import { createPeople } from "./people.ts";

const NOT_WRITABLE = [
  "channel_not_found",
  "user_not_found",
  "cannot_dm_bot",
  "messages_tab_disabled",
  "is_archived",
  "user_disabled",
];

/** Posts to the person's own messages from the app; to the fallback channel where there is no such person. */
export function createSlackChat(settings: SlackSettings, { log, clock }: { log: Log; clock: Clock }): Chat {
  const { client } = createSlackApp(settings, { log });
  const slack: Slack = { client, token: settings.SLACK_BOT_TOKEN!, clock, log };
  const findUser = createPeople(slack);
  const isShared = createSharedChannelGuard(slack);

  async function postToFallback(message: ChatMessage): Promise<ChatOutcome> {
    const channel = settings.SLACK_FALLBACK_CHANNEL;
    if (!channel) return { kind: "deferred", code: "no_channel", retryAfterMs: null };
    if (await isShared(channel)) return { kind: "deferred", code: "shared_channel", retryAfterMs: null };
    return post(slack, channel, addressed(message));
  }

  return {
    name: "slack",
    async post(message) {
      try {
        const user = message.toEmail ? await findUser(message.toEmail) : null;
        const posted = user ? await postToPerson(slack, user, message) : null;
        return posted ?? (await postToFallback(message));
      } catch (error) {
        return deferredBy(error);
      }
    },
  };
}

async function postToPerson(slack: Slack, user: string, message: ChatMessage): Promise<ChatOutcome | null> {
  try {
    return await post(slack, user, message);
  } catch (error) {
    if (NOT_WRITABLE.includes(slackErrorCode(error) ?? "")) return null;
    throw error;
  }
}

async function post(
  { client, token }: Slack,
  channel: string,
  { text, blocks }: ChatMessage,
): Promise<ChatOutcome> {
  const answer = await client.chat.postMessage({
    token,
    channel,
    text,
    blocks: blocks as unknown as types.KnownBlock[],
    unfurl_links: false,
    unfurl_media: false,
  });
  return { kind: "posted", channel: answer.channel ?? channel, ts: answer.ts ?? "" };
}

/** Says, in a channel that many read, for whom it was meant. */
function addressed(message: ChatMessage): ChatMessage {
  if (!message.toEmail) return message;
  const name = `→ ${message.toEmail.replace(/[&<>\s]/g, "")}`;
  const context = { type: "context", elements: [{ type: "plain_text", text: name.slice(0, 200) }] };
  return { ...message, text: `${name}\n${message.text}`, blocks: [...message.blocks, context] };
}

/**
 * Whether other companies read the channel (Slack Connect). A channel that cannot be looked at, for want of a scope or
 * because the setting is a name, counts as ours: an alert is not lost for that.
 */
function createSharedChannelGuard({ client, token, log }: Slack) {
  const verdicts = new Map<string, boolean>();
  return async (channel: string): Promise<boolean> => {
    const known = verdicts.get(channel);
    if (known !== undefined) return known;
    try {
      const { channel: info } = await client.conversations.info({ token, channel });
      verdicts.set(channel, Boolean(info?.is_ext_shared || info?.is_pending_ext_shared));
    } catch (error) {
      const code = slackErrorCode(error);
      if (!code) throw error;
      log("warn", "slack_channel_unchecked", { code });
      verdicts.set(channel, false);
    }
    if (verdicts.get(channel)) log("error", "slack_fallback_channel_is_shared");
    return verdicts.get(channel)!;
  };
}

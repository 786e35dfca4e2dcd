import type { types } from "@slack/bolt";
import type { Instant } from "../domain/zone.ts";
import type { Chat, ChatMessage, ChatOutcome, Clock, Log, Posted } from "../ports.ts";
import { createSlackApp, type Slack, type SlackSettings } from "./app.ts";
import { deferredBy, slackErrorCode, unpostedBy } from "./failure.ts";
import { findPerson } from "./people.ts";

const NOT_WRITABLE = [
  "channel_not_found",
  "user_not_found",
  "cannot_dm_bot",
  "messages_tab_disabled",
  "is_archived",
  "user_disabled",
];

/** What marks a message as the one about this: https://docs.slack.dev/messaging/message-metadata */
const EVENT_TYPE = "dunwell_message";
/** Ours and Slack's clock. */
const CLOCKS_DIFFER_MS = 60_000;
const MOST_LOOKED_THROUGH = 200;
/** A channel may be shared at any time. */
const VERDICT_LASTS_MS = 10 * 60_000;

/** Posts to a person's own messages from the app, into a channel, or to the fallback channel where neither takes it. */
export function createSlackChat(settings: SlackSettings, { log, clock }: { log: Log; clock: Clock }): Chat {
  const { client } = createSlackApp(settings, { log });
  const slack: Slack = { client, token: settings.SLACK_BOT_TOKEN!, clock, log };
  const isShared = createSharedChannelGuard(slack);

  async function postToChannel(channel: string | undefined, message: ChatMessage): Promise<ChatOutcome> {
    if (!channel) return { kind: "deferred", code: "no_channel", retryAfterMs: null };
    if (await isShared(channel)) return { kind: "deferred", code: "shared_channel", retryAfterMs: null };
    return post(slack, channel, addressed(message));
  }

  return {
    name: "slack",
    async post(message) {
      try {
        const { userId, channel } = message;
        if (userId) return await post(slack, userId, message);
        if (channel) return await postToChannel(channel, message);
      } catch (error) {
        if (!NOT_WRITABLE.includes(slackErrorCode(error) ?? "")) return unpostedBy(error);
      }
      try {
        const elsewhere = { ...message, thread: undefined };
        return await postToChannel(settings.SLACK_FALLBACK_CHANNEL, elsewhere);
      } catch (error) {
        return unpostedBy(error);
      }
    },
    update: (posted, message) => update(slack, posted, message),
    findPosted: (message, since) =>
      findPosted(slack, message, { since, fallback: settings.SLACK_FALLBACK_CHANNEL }),
    findPerson: (by) => findPerson(slack, by),
  };
}

async function post({ client, token }: Slack, reader: string, message: ChatMessage): Promise<ChatOutcome> {
  const { text, blocks, thread, isBroadcast, id } = message;
  const answer = await client.chat.postMessage({
    token,
    channel: thread?.channel ?? reader,
    text,
    blocks: blocks as unknown as types.KnownBlock[],
    unfurl_links: false,
    unfurl_media: false,
    ...(thread && under(thread.ts, isBroadcast)),
    ...(id && { metadata: { event_type: EVENT_TYPE, event_payload: { id } } }),
  });
  return { kind: "posted", channel: answer.channel ?? reader, ts: answer.ts ?? "" };
}

function under(thread_ts: string, isBroadcast = false) {
  return isBroadcast ? { thread_ts, reply_broadcast: true as const } : { thread_ts };
}

async function update(
  { client, token }: Slack,
  { channel, ts }: Posted,
  { text, blocks }: Pick<ChatMessage, "text" | "blocks">,
): Promise<ChatOutcome> {
  try {
    await client.chat.update({ token, channel, ts, text, blocks: blocks as unknown as types.KnownBlock[] });
    return { kind: "posted", channel, ts };
  } catch (error) {
    // Whoever took the message away does not miss what it says, and what nobody may change stays as it is.
    if (GONE.includes(slackErrorCode(error) ?? "")) return { kind: "posted", channel, ts };
    return unpostedBy(error);
  }
}

/**
 * Looks for what may have been posted, by what it carries with it. Without the scope to look nobody can know: then it is posted again,
 * for twice is better than never.
 */
async function findPosted(
  slack: Slack,
  { id, thread, channel, userId }: ChatMessage,
  { since, fallback }: { since: Instant; fallback: string | undefined },
): Promise<ChatOutcome | null> {
  const { client, token, log } = slack;
  const oldest = String((since - CLOCKS_DIFFER_MS) / 1000);
  const range = { token, oldest, include_all_metadata: true, limit: MOST_LOOKED_THROUGH };
  try {
    const where = thread?.channel ?? (userId ? await openConversation(slack, userId) : (channel ?? fallback));
    if (!where) return null;
    const { messages = [] } = thread
      ? await client.conversations.replies({ ...range, channel: where, ts: thread.ts })
      : await client.conversations.history({ ...range, channel: where });
    const found = messages.find(({ metadata }) => (metadata?.event_payload as { id?: string })?.id === id);
    return found?.ts ? { kind: "posted", channel: where, ts: found.ts } : null;
  } catch (error) {
    if (slackErrorCode(error) !== "missing_scope") return deferredBy(error);
    log("error", "slack_scope_missing", { scope: "im:history, channels:history" });
    return null;
  }
}

async function openConversation({ client, token }: Slack, users: string): Promise<string | undefined> {
  return (await client.conversations.open({ token, users })).channel?.id;
}

const GONE = [
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "channel_not_found",
  "not_in_channel",
  "is_archived",
];

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
function createSharedChannelGuard({ client, token, clock, log }: Slack) {
  const verdicts = new Map<string, { isShared: boolean; until: Instant }>();
  return async (channel: string): Promise<boolean> => {
    const known = verdicts.get(channel);
    if (known && clock() < known.until) return known.isShared;
    let isShared = false;
    try {
      const { channel: info } = await client.conversations.info({ token, channel });
      isShared = Boolean(info?.is_ext_shared || info?.is_pending_ext_shared);
    } catch (error) {
      const code = slackErrorCode(error);
      if (!code) throw error;
      log("warn", "slack_channel_unchecked", { code });
    }
    verdicts.set(channel, { isShared, until: clock() + VERDICT_LASTS_MS });
    if (isShared) log("error", "slack_fallback_channel_is_shared");
    return isShared;
  };
}

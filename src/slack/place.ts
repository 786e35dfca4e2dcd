import type { App, BlockAction, RespondFn } from "@slack/bolt";
import type { AnswerWords } from "./answer-words.ts";
import { slackErrorCode } from "./failure.ts";

export type Client = App["client"];
type View = Parameters<Client["views"]["open"]>[0]["view"];

/** Where somebody pressed, and how to speak to that one alone there. */
export type Place = {
  client: Client;
  userId: string;
  channel?: string;
  threadTs?: string;
  /** The form or page over which another one opens, or that is to be shown anew. */
  viewId?: string;
  /** Answers what only one person sees, in channels too to which the app does not belong. */
  respond?: RespondFn;
};

export function pressedAt(body: BlockAction, client: Client, respond: RespondFn): Place {
  const { user, channel, message, view, container } = body;
  return {
    client,
    userId: user.id,
    channel: channel?.id,
    threadTs: message?.thread_ts,
    viewId: view?.type === "modal" ? view.id : undefined,
    respond: container?.is_ephemeral ? respond : undefined,
  };
}

/** To whoever pressed alone: beside what was pressed, or in the app's own messages. */
export async function tell(place: Place, text: string): Promise<void> {
  const { client, userId, channel, threadTs, respond } = place;
  if (respond) await respond({ text, response_type: "ephemeral", replace_original: false });
  else if (channel) await client.chat.postEphemeral({ channel, user: userId, text, thread_ts: threadTs });
  else await client.chat.postMessage({ channel: userId, text });
}

/** Opens a form or a page, over the one that is open; what opened too late is said. */
export async function open(
  place: Place,
  trigger_id: string,
  view: View,
  words: Pick<AnswerWords, "tooSlow">,
): Promise<void> {
  const { views } = place.client;
  try {
    await (place.viewId ? views.push({ trigger_id, view }) : views.open({ trigger_id, view }));
  } catch (error) {
    if (slackErrorCode(error) !== "expired_trigger_id") throw error;
    await tell(place, words.tooSlow);
  }
}

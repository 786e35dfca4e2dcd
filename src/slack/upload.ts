import { deferredBy } from "./failure.ts";
import type { Client } from "./place.ts";

/** The work behind an answer has half a minute on a Worker. */
const PATIENCE_MS = 25_000;
const SLACKS = /(^|\.)slack(-gov)?\.com$/;

/**
 * Puts a file into a conversation, under a message where there is one. Answers null, or the code of what went wrong.
 * https://docs.slack.dev/messaging/working-with-files#upload
 */
export async function upload(
  client: Client,
  { name, content, comment }: { name: string; content: Blob; comment: string },
  { channel, threadTs }: { channel: string; threadTs?: string },
): Promise<string | null> {
  try {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({
      filename: name,
      length: content.size,
    });
    const address = new URL(upload_url!);
    if (!isSlacks(address, new URL(client.slackApiUrl))) return "upload_address_not_slacks";
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(address, { method: "POST", body: content, redirect: "manual", signal });
    if (!answer.ok) return `http_${answer.status}`;
    await client.files.completeUploadExternal({
      ...(threadTs ? { channel_id: channel, thread_ts: threadTs } : { channel_id: channel }),
      files: [{ id: file_id!, title: name }],
      initial_comment: comment,
    });
    return null;
  } catch (error) {
    return deferredBy(error).code;
  }
}

/** Whether an address is one to give a file to: Slack's own, or where its API was set to be. */
function isSlacks({ protocol, hostname, origin }: URL, api: URL): boolean {
  return origin === api.origin || (protocol === "https:" && SLACKS.test(hostname));
}

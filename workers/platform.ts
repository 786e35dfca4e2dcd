// What the Worker uses of Cloudflare's platform: https://developers.cloudflare.com/workers/runtime-apis/

export type Queue<Body = unknown> = {
  send(body: Body): Promise<unknown>;
  sendBatch(messages: { body: Body }[]): Promise<unknown>;
};

export type RateLimit = { limit(options: { key: string }): Promise<{ success: boolean }> };

export type Fetcher = { fetch(url: string): Promise<Response> };

export type Context = { waitUntil(work: Promise<unknown>): void };

/** https://developers.cloudflare.com/email-routing/email-workers/runtime-api/ */
export type RoutedMail = { raw: ReadableStream<Uint8Array>; to: string };

export type QueueMessage = { id: string; body: unknown; ack(): void; retry(): void };
export type QueueBatch = { queue: string; messages: QueueMessage[] };

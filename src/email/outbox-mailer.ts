import type { Mailer } from "../ports.ts";

/** Sends nothing: every message is on record anyway and can be read at `/outbox`. */
export function createOutboxMailer(): Mailer {
  return {
    name: "outbox",
    concurrency: 50,
    async send({ id, raw }) {
      return { kind: "accepted", providerId: id, messageId: messageIdOf(raw) ?? `<${id}@outbox.invalid>` };
    },
  };
}

function messageIdOf(raw: Uint8Array): string | undefined {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("latin1");
  const headers = text.slice(0, text.indexOf("\r\n\r\n") + 2).replace(/\r\n[ \t]+/g, " ");
  return /^message-id:\s*(<[^<>\s]+>)/im.exec(headers)?.[1];
}

import type { MiddlewareHandler } from "hono";
import { ProblemError } from "./problem.ts";

const MEBIBYTE = 1024 * 1024;

/** What a form may weigh without its files. */
export const LARGEST_FORM_BYTES = 64 * 1024;

/**
 * Refuses a body of more than `maxBytes` before anything reads it: by its length where that is told, else by reading no
 * further. Hono's own limit copies the raw request, which the Node server's cannot be.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const { headers, method } = c.req.raw;
    const length = headers.has("Transfer-Encoding") ? null : headers.get("Content-Length");
    if (Number(length) > maxBytes) throw tooLarge(maxBytes);
    const stream = length === null ? c.req.raw.body : null;
    if (stream) {
      const body = await readUpTo(stream, maxBytes);
      c.req.raw = new Request(c.req.url, { method, headers, body });
    }
    await next();
  };
}

async function readUpTo(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): ProblemError {
  const most = maxBytes < MEBIBYTE ? `${maxBytes / 1024} KiB` : `${Math.floor(maxBytes / MEBIBYTE)} MiB`;
  return new ProblemError(413, `A body has at most ${most}.`);
}

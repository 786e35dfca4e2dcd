import type { MiddlewareHandler } from "hono";
import { ProblemError } from "./problem.ts";

const MEBIBYTE = 1024 * 1024;

/** What a form may weigh without its files. */
export const LARGEST_FORM_BYTES = 64 * 1024;

/** How many times the limit is still received, and thrown away, so that the sender gets to read the refusal. */
const HEARD_OUT_TIMES = 8;

/**
 * Refuses a body of more than `maxBytes` before anything uses it: by its length where that is told, else by keeping no
 * more. An answer before the end of what is sent looks like a broken connection to browsers (RFC 9112, 9.6), so the rest
 * is read and dropped within bounds. Hono's own limit copies the raw request, which the Node server's cannot be.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const { headers, method } = c.req.raw;
    const length = headers.has("Transfer-Encoding") ? null : headers.get("Content-Length");
    if (Number(length) > maxBytes) {
      await hearOut(c.req.raw.body?.getReader(), maxBytes);
      throw tooLarge(maxBytes);
    }
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
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > maxBytes) {
      await hearOut(reader, maxBytes);
      throw tooLarge(maxBytes);
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

async function hearOut(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  maxBytes: number,
): Promise<void> {
  let left = HEARD_OUT_TIMES * maxBytes;
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    left -= read.value.length;
    if (left < 0) return reader?.cancel();
  }
}

function tooLarge(maxBytes: number): ProblemError {
  const most = maxBytes < MEBIBYTE ? `${maxBytes / 1024} KiB` : `${Math.floor(maxBytes / MEBIBYTE)} MiB`;
  return new ProblemError(413, `A body has at most ${most}.`);
}

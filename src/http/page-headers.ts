import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { STYLE } from "./pages/style.ts";

const PAGE_POLICY = pagePolicy();

/** What a page may do: nothing but look as it does, and run the one script that is named by its content. */
export function pagePolicy({ script }: { script?: string } = {}): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashOf(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** Headers of every answer: nothing is sniffed, framed, or told to others. A route may set a policy of its own. */
export const pageHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const set = (name: string, value: string) => c.res.headers.has(name) || c.res.headers.set(name, value);
  set("Content-Security-Policy", PAGE_POLICY);
  set("X-Content-Type-Options", "nosniff");
  set("Referrer-Policy", "no-referrer");
  set("Cross-Origin-Opener-Policy", "same-origin");
  set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
};

/** For what only its reader may see: neither a browser nor anything between keeps it. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set("Cache-Control", "no-store");
};

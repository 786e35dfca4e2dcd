import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Settings } from "../config.ts";
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

const HEADERS = {
  "Content-Security-Policy": PAGE_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
};
const TWO_YEARS_S = 63_072_000;

/**
 * Headers of every answer: nothing is sniffed, framed, or told to others, and where the public address is https, nobody comes by
 * anything less. A route may set a policy of its own. No answer lets a page elsewhere read it (CORS), since none says so.
 */
export function pageHeaders({ PUBLIC_URL }: Pick<Settings, "PUBLIC_URL">): MiddlewareHandler {
  const isSecure = PUBLIC_URL?.startsWith("https:");
  const transport = isSecure && { "Strict-Transport-Security": `max-age=${TWO_YEARS_S}` };
  const headers = Object.entries({ ...HEADERS, ...transport });
  return async (c, next) => {
    await next();
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
}

/** For what only its reader may see: neither a browser nor anything between keeps it. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set("Cache-Control", "no-store");
};

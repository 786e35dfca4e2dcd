import type { Context } from "hono";

/**
 * Whether a form came from a page of ours, as far as the browser tells. `Origin: null` tells nothing: browsers say that of our own
 * pages too, since their referrer policy is `no-referrer`.
 */
export function isFromOwnSite(c: Context, publicUrl: string | undefined): boolean {
  const site = c.req.header("Sec-Fetch-Site");
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = c.req.header("Origin");
  if (origin === undefined || origin === "null") return true;
  const hosts = [c.req.header("Host") ?? new URL(c.req.url).host, publicUrl && new URL(publicUrl).host];
  return hosts.includes(URL.parse(origin)?.host);
}

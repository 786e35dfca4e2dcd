import { isPublicAddress, refuseUrl } from "../domain/outside-address.ts";
import type { Poster } from "../ports.ts";

const ANSWER_WITHIN_MS = 10_000;

/**
 * Posts by `fetch`, follows no redirect and reads no answer but its status. Hosts within one's own network are refused unless they
 * are named: by their name, and on Node by every address that it has just now. A Worker reaches no private network.
 */
export function createPoster({
  privateHosts,
  answerWithinMs = ANSWER_WITHIN_MS,
}: {
  privateHosts: string[];
  answerWithinMs?: number;
}): Poster {
  return {
    async post({ url, headers, body }) {
      if (refuseUrl(url, privateHosts)) return { status: null, error: "not_allowed" };
      const { hostname } = new URL(url);
      try {
        if (!privateHosts.includes(hostname) && !(await isOutside(hostname)))
          return { status: null, error: "private_address" };
        const signal = AbortSignal.timeout(answerWithinMs);
        const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
        await response.body?.cancel();
        return { status: response.status, error: null };
      } catch (error) {
        return { status: null, error: codeOf(error) };
      }
    },
  };
}

async function isOutside(hostname: string): Promise<boolean> {
  if (navigator.userAgent === "Cloudflare-Workers") return true;
  const { lookup } = await import("node:dns/promises");
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ""), { all: true });
  return addresses.every(({ address }) => isPublicAddress(address));
}

/** A code, never a message, which may tell more than is anybody's business. */
function codeOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: unknown; cause?: { code?: unknown } };
  if (name === "TimeoutError") return "timeout";
  return String(cause?.code ?? code ?? "unreachable");
}

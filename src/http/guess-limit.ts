import type { Context, MiddlewareHandler } from "hono";
import type { Instant } from "../domain/zone.ts";
import type { Services } from "../services.ts";
import { ProblemError } from "./problem.ts";
import type { Runtime } from "./runtime.ts";

/** Notes a wrong guess from an address; true where that address has made too many of late. */
export type GuessLimit = (address: string | null, at: Instant) => boolean | Promise<boolean>;

const WINDOW_MS = 600_000;
/** As many as on Workers: above what the retries of a sender with a wrong secret come to, far below what is a load. */
export const MOST_IN_WINDOW = 300;
const MOST_NETWORKS = 10_000;
const REFUSALS = [401, 403];

/** A sliding window of ten minutes a network, in this process alone and bounded in memory: the one quiet for longest is forgotten first. */
export function createGuessLimit(): GuessLimit {
  const guesses = new Map<string, Instant[]>();
  return (address, at) => {
    const network = networkOf(address);
    const recent = (guesses.get(network) ?? []).filter((guessedAt) => guessedAt > at - WINDOW_MS);
    const isOver = recent.length >= MOST_IN_WINDOW;
    if (!isOver) recent.push(at);
    guesses.delete(network);
    guesses.set(network, recent);
    if (guesses.size > MOST_NETWORKS) guesses.delete(guesses.keys().next().value!);
    return isOver;
  };
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
export function networkOf(address: string | null): string {
  if (address === null) return "";
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  return address.includes(":") ? groupsOf(address).slice(0, 4).join(":") : address;
}

/** The groups of an IPv6 address, however it is written; `::` stands for all those of zero that are left out. */
function groupsOf(address: string): string[] {
  const [before = [], after] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const left = after ? 8 - before.length - after.length : 0;
  const groups = [...before, ...Array<string>(left).fill("0"), ...(after ?? [])];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

/** The address that guesses are counted by: on Workers, what Cloudflare saw. */
export function addressOf(c: Context, runtime: Runtime): string | null {
  return runtime.isWorker ? (c.req.header("CF-Connecting-IP") ?? null) : runtime.remoteAddress(c);
}

/**
 * Tells whoever was refused too often for a wrong key or signature to wait. Who has the right one is never kept out by what others at
 * the same address tried: nobody finds one by guessing, so this only keeps guessing from becoming a load.
 */
export function limitGuesses(
  { clock }: Pick<Services, "clock">,
  { runtime, guesses }: { runtime: Runtime; guesses: GuessLimit },
): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (REFUSALS.includes(c.res.status) && (await guesses(addressOf(c, runtime), clock()))) {
      throw new ProblemError(429, "Too many wrong keys or signatures came from this address.");
    }
  };
}

import type { Instant } from "../../domain/zone.ts";

/** Notes a wrong link from an address; true where that address has tried too many within ten minutes. */
export type GuessLimit = (address: string | null, at: Instant) => boolean;

const WINDOW_MS = 600_000;
const MOST_IN_WINDOW = 30;
const MOST_NETWORKS = 10_000;

/** A sliding window per network, in this process alone and bounded in memory: the network quiet for longest is forgotten first. */
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
function networkOf(address: string | null): string {
  if (address === null) return "";
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  return address.includes(":") ? address.split(":").slice(0, 4).join(":") : address;
}

export type Random = {
  /** A whole number from `least` through `most`. */
  whole(least: number, most: number): number;
  /** Whether something of this likelihood happens. */
  chance(likelihood: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** The name of one of these, as likely as its weight, a whole number. */
  weighted<K extends string>(weights: Record<K, number>): K;
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: Random = {
    whole: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (likelihood) => next() < likelihood,
    pick: (from) => from[random.whole(0, from.length - 1)]!,
    weighted: <K extends string>(weights: Record<K, number>) => random.pick(urnOf(weights) as K[]),
  };
  return random;
}

const urns = new WeakMap<Record<string, number>, string[]>();

function urnOf(weights: Record<string, number>): string[] {
  const urn =
    urns.get(weights) ?? Object.entries(weights).flatMap(([name, weight]) => Array(weight).fill(name));
  urns.set(weights, urn);
  return urn;
}

const FIRST_SLOTS = 1 << 12;
const FULLEST = 0.75;

export type Seen = {
  /** The slot of a key, new or known. Valid until the next call. */
  slotOf(key: string): number;
  has(key: string): boolean;
  get(slot: number, lane: number): number;
  set(slot: number, lane: number, value: number): void;
};

/**
 * Remembers keys and a few 32-bit numbers for each, 0 at first, in flat arrays: 8 bytes a key and 4 a lane, at most three times
 * over. A key is its 64-bit hash: among a million, two share one with a chance of 1 to 37 million.
 */
export function createSeen(lanes: number): Seen {
  let slots = FIRST_SLOTS;
  let keys = new Uint32Array(slots * 2);
  let values = new Uint32Array(slots * lanes);
  let count = 0;

  function find(a: number, b: number): number {
    let slot = a & (slots - 1);
    while (keys[slot * 2] !== 0 || keys[slot * 2 + 1] !== 0) {
      if (keys[slot * 2] === a && keys[slot * 2 + 1] === b) return slot;
      slot = (slot + 1) & (slots - 1);
    }
    return slot;
  }

  function grow(): void {
    const [oldKeys, oldValues, oldSlots] = [keys, values, slots];
    slots *= 2;
    keys = new Uint32Array(slots * 2);
    values = new Uint32Array(slots * lanes);
    for (let old = 0; old < oldSlots; old++) {
      const [a, b] = [oldKeys[old * 2]!, oldKeys[old * 2 + 1]!];
      if (a === 0 && b === 0) continue;
      const slot = find(a, b);
      keys[slot * 2] = a;
      keys[slot * 2 + 1] = b;
      for (let lane = 0; lane < lanes; lane++) values[slot * lanes + lane] = oldValues[old * lanes + lane]!;
    }
  }

  const isTaken = (slot: number) => keys[slot * 2] !== 0 || keys[slot * 2 + 1] !== 0;
  return {
    slotOf(key) {
      const [a, b] = hash64(key);
      const slot = find(a, b);
      if (isTaken(slot)) return slot;
      if (++count > slots * FULLEST) grow();
      const free = find(a, b);
      keys[free * 2] = a;
      keys[free * 2 + 1] = b;
      return free;
    },
    has: (key) => isTaken(find(...hash64(key))),
    get: (slot, lane) => values[slot * lanes + lane]!,
    set: (slot, lane, value) => {
      values[slot * lanes + lane] = value;
    },
  };
}

/** A hash of 32 bits of a row's columns and cells, never 0. */
export function hashRow(row: Record<string, string>): number {
  let hash = 0x2545f491;
  for (const column in row) hash = mix(mix(hash, column), row[column]!);
  return (hash ^ (hash >>> 15)) >>> 0 || 1;
}

function mix(start: number, text: string): number {
  let hash = Math.imul(start ^ text.length, 2246822507);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return hash ^ (hash >>> 13);
}

// Two multiplicative lanes, each mixed with the other at the end (after MurmurHash3's finaliser).
function hash64(text: string): [number, number] {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0 || 1];
}

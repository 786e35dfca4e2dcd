import fc from "fast-check";
import { expect, test } from "vitest";
import { createSeen } from "../../src/imports/seen.ts";

test("it remembers like a map", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.integer({ min: 0, max: 2 ** 32 - 1 })), { maxLength: 300 }),
      (entries) => {
        const seen = createSeen(2);
        const map = new Map<string, number>();
        for (const [key, value] of entries) {
          expect(seen.has(key)).toBe(map.has(key));
          expect(seen.get(seen.slotOf(key), 1)).toBe(map.get(key) ?? 0);
          seen.set(seen.slotOf(key), 1, value);
          map.set(key, value);
        }
        for (const [key, value] of map) expect(seen.get(seen.slotOf(key), 1)).toBe(value);
      },
    ),
  );
});

test("it keeps a million numbers that differ by little apart", () => {
  const seen = createSeen(1);
  for (let i = 0; i < 1_000_000; i++) {
    const slot = seen.slotOf(`INV-${i}`);
    if (seen.get(slot, 0) !== 0) throw new Error(`INV-${i} was taken for another`);
    seen.set(slot, 0, i + 1);
  }
  expect(seen.get(seen.slotOf("INV-999999"), 0)).toBe(1_000_000);
});

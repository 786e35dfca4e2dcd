import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPace } from "../../../src/reminders/sending/pace.ts";

async function pass(pace: (units: number) => Promise<void>, units: number[]): Promise<number[]> {
  const startedAt = performance.now();
  return Promise.all(units.map((count) => pace(count).then(() => performance.now() - startedAt)));
}

test("units pass one after the other, in the order in which they came, after the start", async () => {
  const passed = await pass(createPace({ perSecond: 50, startsInMs: 100 }), [1, 3, 1]);
  expect(passed[0]).toBeGreaterThan(95);
  expect(passed[1]! - passed[0]!).toBeGreaterThan(10);
  expect(passed[2]!).toBeGreaterThan(95 + 4 * 20);
});

test("what was held up is not made up for by a burst", async () => {
  const pace = createPace({ perSecond: 100, startsInMs: 0 });
  await pace(1);
  await pause(300);
  const passed = await pass(pace, Array(20).fill(1));
  expect(passed.at(-1)!).toBeGreaterThan(100);
});

test("without a limit everything passes at once", async () => {
  const passed = await pass(createPace({ perSecond: null, startsInMs: 0 }), Array(1000).fill(50));
  expect(Math.max(...passed)).toBeLessThan(1000);
});

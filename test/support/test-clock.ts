import type { Clock } from "../../src/ports.ts";

const MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

export type TestClock = Clock & {
  set(iso: string): void;
  advance(by: { days?: number; hours?: number; minutes?: number }): void;
};

/** A clock that stands still until it is told otherwise. */
export function createTestClock(start: string): TestClock {
  let now = instant(start);
  const clock = () => now;
  return Object.assign(clock, {
    set(iso: string) {
      now = instant(iso);
    },
    advance(by: { days?: number; hours?: number; minutes?: number }) {
      for (const unit of ["days", "hours", "minutes"] as const) now += (by[unit] ?? 0) * MS[unit];
    },
  });
}

function instant(iso: string): number {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) throw new Error(`${iso} is no instant`);
  return at;
}

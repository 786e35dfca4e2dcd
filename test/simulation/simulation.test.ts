import { expect, test } from "vitest";
import { REASONS } from "../../src/domain/reasons.ts";
import { LADDER } from "./policies.ts";
import { type Sights, simulateCompany } from "./run.ts";

// Where each invariant of the specification is checked over generated histories: 1 to 9 here, in memory, by `invariants.ts` and
// `letter-sums.ts` after each send and each tick. What opens a link (10), takes an event (11) or keeps a message (12) is the database's
// to prove: 10 and 12 in `record.test.ts`, 11 in `told-again.test.ts` and, for the pure part, in `test/domain/delivery.test.ts`.

// Each seed is a company of its own: `DUNWELL_SEEDS=100000` looks at more of them, `DUNWELL_SEED=7` at one.
const SEEDS = Number(process.env.DUNWELL_SEEDS ?? 2000);
const ONLY = process.env.DUNWELL_SEED;
const BLOCK = 200;

const sights: Sights = { reasons: new Map(), stages: new Map() };

const blocks = ONLY
  ? [[Number(ONLY), Number(ONLY)]]
  : Array.from({ length: Math.ceil(SEEDS / BLOCK) }, (_, i) => [
      i * BLOCK + 1,
      Math.min(SEEDS, (i + 1) * BLOCK),
    ]);

test.each(blocks)(
  "companies %i to %i keep every promise, whatever happens to them",
  (first, last) => {
    for (let seed = first!; seed <= last!; seed++) {
      try {
        simulateCompany(seed, sights);
      } catch (error) {
        throw new Error(`DUNWELL_SEED=${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
  },
  300_000,
);

test.skipIf(ONLY)("they met every reason not to send, and sent every stage often", () => {
  // What is void is not loaded, and the sending limit is the mail service's.
  const unmet = REASONS.filter((reason) => !sights.reasons.has(reason));
  expect(unmet).toEqual(["void", "sending_limit"]);
  for (const stage of LADDER)
    expect([stage, (sights.stages.get(stage) ?? 0) > SEEDS / 2]).toEqual([stage, true]);
});

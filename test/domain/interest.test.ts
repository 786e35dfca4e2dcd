import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InterestClaim, simpleDailyInterest } from "../../src/domain/interest.ts";

const RULE = { kind: "daily", rate: 0.0002, basis: "contract clause 7.2" } as const;
const claim = (over: Partial<InterestClaim>): InterestClaim => ({
  rule: RULE,
  dueOn: 100,
  throughOn: 160,
  principalMinor: 1_000_000,
  changes: [],
  ...over,
});

describe("simple daily interest", () => {
  test("runs from the day after the due date through the sending day", () => {
    expect(simpleDailyInterest(claim({}))).toEqual({
      fromOn: 101,
      toOn: 160,
      days: 60,
      rate: 0.0002,
      basis: "contract clause 7.2",
      periods: [{ principalMinor: 1_000_000, fromOn: 101, toOn: 160, days: 60 }],
      interestMinor: 12_000,
    });
  });

  test("is not asked for without a rule", () => {
    expect(simpleDailyInterest(claim({ rule: { kind: "none" } }))).toBeNull();
  });

  test("has not begun on the due date, and is one day's on the day after", () => {
    expect(simpleDailyInterest(claim({ throughOn: 100 }))).toBeNull();
    expect(simpleDailyInterest(claim({ throughOn: 99 }))).toBeNull();
    expect(simpleDailyInterest(claim({ throughOn: 101 }))).toMatchObject({ days: 1, interestMinor: 200 });
  });

  test("changes its principal on payment dates, down and up", () => {
    const changes = [
      { on: 141, amountMinor: 100_000 },
      { on: 121, amountMinor: -400_000 },
    ];
    const charge = simpleDailyInterest(claim({ changes }));
    expect(charge?.periods).toEqual([
      { principalMinor: 1_000_000, fromOn: 101, toOn: 120, days: 20 },
      { principalMinor: 600_000, fromOn: 121, toOn: 140, days: 20 },
      { principalMinor: 700_000, fromOn: 141, toOn: 160, days: 20 },
    ]);
    expect(charge?.interestMinor).toBe(4000 + 2400 + 2800);
  });

  test("takes a payment up to the due date as part of the principal, and one after the letter as not made", () => {
    const changes = [
      { on: 100, amountMinor: -500_000 },
      { on: 161, amountMinor: -500_000 },
    ];
    expect(simpleDailyInterest(claim({ changes }))?.interestMinor).toBe(12_000);
  });

  test("leaves out the days on which nothing was owed, and never turns negative", () => {
    const changes = [
      { on: 111, amountMinor: -1_200_000 },
      { on: 151, amountMinor: 700_000 },
    ];
    const charge = simpleDailyInterest(claim({ changes }));
    expect(charge?.periods.map(({ principalMinor, days }) => [principalMinor, days])).toEqual([
      [1_000_000, 10],
      [500_000, 10],
    ]);
    expect(simpleDailyInterest(claim({ principalMinor: 0 }))).toBeNull();
  });

  test.each([
    [2499, 0],
    [2500, 1],
    [7499, 1],
    [7500, 2],
  ])("rounds half up: %i for one day at 0.0002 is %i", (principalMinor, interestMinor) => {
    expect(simpleDailyInterest(claim({ throughOn: 101, principalMinor }))?.interestMinor).toBe(interestMinor);
  });

  test("rounds once over all periods, not once a period", () => {
    const changes = [{ on: 102, amountMinor: -1 }];
    const charge = simpleDailyInterest(claim({ throughOn: 102, principalMinor: 1251, changes }));
    expect(charge?.interestMinor).toBe(1);
  });

  test("is exact where binary fractions drift, and for the smallest rates", () => {
    const rule = { ...RULE, rate: 0.000245 };
    expect(simpleDailyInterest(claim({ rule, principalMinor: 9_007_199_254_740_000 }))?.interestMinor).toBe(
      132_405_829_044_678,
    );
    expect(
      simpleDailyInterest(claim({ rule: { ...RULE, rate: 5e-7 }, principalMinor: 100_000 }))?.interestMinor,
    ).toBe(3);
  });

  test("is the sum of every single day, however often the principal changes", () => {
    const changes = fc.array(
      fc.record({
        on: fc.integer({ min: 90, max: 170 }),
        amountMinor: fc.integer({ min: -400_000, max: 300_000 }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        changes,
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 1, max: 330 }),
        (changes, principalMinor, ppm) => {
          let minorDays = 0n;
          for (let day = 101; day <= 160; day++) {
            const past = changes.filter(({ on }) => on > 100 && on <= day);
            const owed = past.reduce((sum, change) => sum + change.amountMinor, principalMinor);
            minorDays += BigInt(Math.max(0, owed));
          }
          const expected = Number((minorDays * BigInt(ppm) + 500_000n) / 1_000_000n);
          const charge = simpleDailyInterest(
            claim({ rule: { ...RULE, rate: ppm / 1_000_000 }, principalMinor, changes }),
          );
          expect(charge?.interestMinor ?? 0).toBe(expected);
        },
      ),
    );
  });
});

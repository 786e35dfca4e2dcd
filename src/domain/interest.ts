import type { CivilDay } from "./civil-date.ts";

/** What late payment costs by contract: nothing asked for, or a fraction of the principal a day and the clause it rests on. */
export type InterestRule = { kind: "none" } | { kind: "daily"; rate: number; basis: string };

/** A stretch of days, both ends included, over which the principal stayed the same. */
export type InterestPeriod = { principalMinor: number; fromOn: CivilDay; toOn: CivilDay; days: number };

/** Interest as a letter states it: the span with both ends included, the formula's parts, and the sum. */
export type InterestCharge = {
  fromOn: CivilDay;
  toOn: CivilDay;
  days: number;
  rate: number;
  basis: string;
  periods: InterestPeriod[];
  interestMinor: number;
};

export type InterestClaim = {
  rule: InterestRule;
  dueOn: CivilDay;
  /** The last day that bears interest: the day on which the letter leaves. */
  throughOn: CivilDay;
  /** What was owed at the end of the due date. */
  principalMinor: number;
  /** What changed it after the due date: payments and credit negative, refunds positive. */
  changes: { on: CivilDay; amountMinor: number }[];
};

/**
 * Simple daily interest: the sum of principal × days × rate from the day after the due date, in exact arithmetic and rounded
 * half up once. A payment lowers the principal from the day on which it was made. Null where none is asked for or none has accrued days.
 */
export function simpleDailyInterest(claim: InterestClaim): InterestCharge | null {
  const { rule, dueOn, throughOn } = claim;
  if (rule.kind === "none" || throughOn <= dueOn) return null;
  const periods = principalPeriods(claim);
  if (periods.length === 0) return null;
  return {
    fromOn: dueOn + 1,
    toOn: throughOn,
    days: throughOn - dueOn,
    rate: rule.rate,
    basis: rule.basis,
    periods,
    interestMinor: interestOn(periods, rule.rate),
  };
}

function principalPeriods({ dueOn, throughOn, principalMinor, changes }: InterestClaim): InterestPeriod[] {
  const relevant = changes.filter(({ on }) => on > dueOn && on <= throughOn).sort((a, b) => a.on - b.on);
  const periods: InterestPeriod[] = [];
  let owed = principalMinor;
  let fromOn = dueOn + 1;
  const close = (toOn: CivilDay) => {
    if (owed > 0 && toOn >= fromOn)
      periods.push({ principalMinor: owed, fromOn, toOn, days: toOn - fromOn + 1 });
  };
  for (const { on, amountMinor } of relevant) {
    close(on - 1);
    fromOn = on;
    owed += amountMinor;
  }
  close(throughOn);
  return periods;
}

function interestOn(periods: InterestPeriod[], rate: number): number {
  const { numerator, denominator } = exactFraction(rate);
  const minorDays = periods.reduce(
    (sum, period) => sum + BigInt(period.principalMinor) * BigInt(period.days),
    0n,
  );
  return Number((2n * minorDays * numerator + denominator) / (2n * denominator));
}

/** The decimal that the rate was written as, not the binary number next to it. */
function exactFraction(rate: number): { numerator: bigint; denominator: bigint } {
  const [mantissa = "0", exponent = "0"] = rate.toString().split("e");
  const [whole = "0", decimals = ""] = mantissa.split(".");
  const scale = decimals.length - Number(exponent);
  const digits = BigInt(whole + decimals);
  if (scale <= 0) return { numerator: digits * 10n ** BigInt(-scale), denominator: 1n };
  return { numerator: digits, denominator: 10n ** BigInt(scale) };
}

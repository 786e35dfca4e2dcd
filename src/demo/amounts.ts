import { formatDecimal, minorDigits } from "../domain/money.ts";

/** The currency's code and the amount with thousands apart: `JPY 655,000`, `KWD 1,245.500`. */
export function formatAmount(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${format.format(formatDecimal(minor, currency) as `${number}`)}`;
}

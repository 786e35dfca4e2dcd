import { type CivilDay, DAY_MS } from "../domain/civil-date.ts";
import { formatDecimal, minorDigits } from "../domain/money.ts";

export type Formats = {
  /** Minor units as the locale writes money, with exactly the currency's decimals. */
  money(minor: number, currency: string): string;
  /** The day with its month in words, so that nobody takes the month for the day. */
  day(day: CivilDay): string;
  percent(rate: number): string;
  list(items: string[]): string;
};

const REMEMBERED_DAYS = 2_000;
const NO_BREAK = "\u00a0";

export function createFormats(locale: string): Formats {
  const currencies = new Map<string, Intl.NumberFormat>();
  const days = new Map<CivilDay, string>();
  // Each takes milliseconds to make: with its first use, and none while a Worker starts.
  let date: Intl.DateTimeFormat | undefined;
  let percentage: Intl.NumberFormat | undefined;
  let conjunction: Intl.ListFormat | undefined;
  return {
    money(minor, currency) {
      let format = currencies.get(currency);
      if (!format) {
        format = moneyFormat(locale, currency);
        currencies.set(currency, format);
      }
      return format.format(formatDecimal(minor, currency) as `${number}`);
    },
    day(day) {
      let text = days.get(day);
      if (text === undefined) {
        if (days.size === REMEMBERED_DAYS) days.clear();
        date ??= new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
        text = date.format(day * DAY_MS).replace(" ", NO_BREAK);
        days.set(day, text);
      }
      return text;
    },
    percent(rate) {
      percentage ??= new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits: 12 });
      return percentage.format(rate);
    },
    list(items) {
      conjunction ??= new Intl.ListFormat(locale, { type: "conjunction" });
      return items.length === 1 ? items[0]! : conjunction.format(items);
    },
  };
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  // The decimals are those of ISO 4217: Intl has its own opinion about some currencies (IQD, LBP).
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

import { parseCivilDay } from "../domain/civil-date.ts";
import { isCountry } from "../domain/country.ts";
import { isCurrency } from "../domain/money.ts";

export type Decimal = "point" | "comma";
export type DateOrder = "dmy" | "mdy";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const CENTURY_PIVOT = 70;
const REMEMBERED_DAYS = 5000;
const TIME = "(?:[T,\\s]\\s*\\d{1,2}:\\d{2}.*)?";
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.年])(\\d{1,2})[-/.月](\\d{1,2})日?${TIME}$`);
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`);
const DAY_MONTH = new RegExp(`^(\\d{1,2})[\\s./-]*([A-Za-z]{3,9})\\.?[\\s,/-]*(\\d{4}|\\d{2})${TIME}$`);
const MONTH_DAY = new RegExp(`^([A-Za-z]{3,9})\\.?\\s*(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TIME}$`, "i");
const AMOUNT =
  /^([-−–+(]?)\s*([\p{L}\p{Sc}]{0,4}\.?)\s*([-−–]?)\s*(\d[\d.,'’\s]*|[.,]\d+)\s*([\p{L}\p{Sc}]{0,4}\.?)\s*([-−)]?)$/u;
// Nearly all amounts are written like this, and need no closer look.
const PLAIN = /^-?\d+(?:\.\d+)?$/;
const CENTS = /^-?\d+\.\d\d$/;
const SIGNED_CURRENCIES: Record<string, string> = {
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  "₽": "RUB",
  "₺": "TRY",
  "₩": "KRW",
  "₪": "ILS",
  "₫": "VND",
  人民币: "CNY",
  RMB: "CNY",
  美元: "USD",
  欧元: "EUR",
  港币: "HKD",
  港元: "HKD",
  日元: "JPY",
  英镑: "GBP",
};

const days = { dmy: new Map<string, string | null>(), mdy: new Map<string, string | null>() };

/** A date as people and programs write it, as `YYYY-MM-DD`; null for what is none. `order` reads 3/4/2026 and its like. */
export function readLocalDate(text: string, order: DateOrder): string | null {
  const known = days[order].get(text);
  if (known !== undefined) return known;
  if (days[order].size >= REMEMBERED_DAYS) days[order].clear();
  const day = parseDay(text, order);
  days[order].set(text, day);
  return day;
}

function parseDay(text: string, order: DateOrder): string | null {
  const first = YEAR_FIRST.exec(text);
  if (first) return isoDay(first[1]!, first[3]!, first[4]!);
  const compact = COMPACT.exec(text);
  if (compact) return isoDay(compact[1]!, compact[2]!, compact[3]!);
  const last = YEAR_LAST.exec(text);
  if (last) {
    const isDayFirst = order === "dmy" || last[2] === ".";
    return isoDay(last[4]!, last[isDayFirst ? 3 : 1]!, last[isDayFirst ? 1 : 3]!);
  }
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth) return isoDay(dayMonth[3]!, monthOf(dayMonth[2]!), dayMonth[1]!);
  const monthDay = MONTH_DAY.exec(text);
  return monthDay && isoDay(monthDay[3]!, monthOf(monthDay[1]!), monthDay[2]!);
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);
}

function isoDay(year: string, month: string, day: string): string | null {
  const century = year.length === 4 ? "" : Number(year) < CENTURY_PIVOT ? "20" : "19";
  const iso = `${century}${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return parseCivilDay(iso) === null ? null : iso;
}

/** An amount with a currency's sign, brackets or a trailing minus, as `-1234.56`; null for what is none. */
export function readLocalAmount(text: string, decimal: Decimal): string | null {
  if (decimal === "point" && PLAIN.test(text)) return text;
  const match = AMOUNT.exec(text.normalize("NFKC").trim());
  if (!match) return null;
  const [, before, , inner, number, after, behind] = match as unknown as string[];
  const [mark, other] = decimal === "point" ? [".", ","] : [",", "."];
  const parts = number!.trim().split(mark!);
  if (parts.length > 2 || !/^\d*$/.test(parts[1] ?? "")) return null;
  const groups = parts[0]!.split(new RegExp(`[${other}'’\\s]`));
  const isGrouped = groups
    .slice(1)
    .every((group, i, all) => group.length === 3 || (group.length === 2 && i < all.length - 1));
  if (!isGrouped || (groups.length > 1 && !/^\d{1,3}$/.test(groups[0]!))) return null;
  const isNegative = [before, inner, behind].some((sign) => /[-−–()]/.test(sign!)) || /^cr\.?$/i.test(after!);
  return `${isNegative ? "-" : ""}${groups.join("") || "0"}${parts[1] ? `.${parts[1]}` : ""}`;
}

/** What an amount shows of its decimal sign; `either` for 1.500 and 1,500, null where it has none. */
export function decimalShown(text: string): Decimal | "either" | null {
  if (CENTS.test(text)) return "point";
  const number = AMOUNT.exec(text.normalize("NFKC").trim())?.[4]?.trim();
  const signs = number?.match(/[.,]/g);
  if (!number || !signs) return null;
  const last = signs.at(-1)!;
  const [asDecimal, asGroup] = last === "." ? (["point", "comma"] as const) : (["comma", "point"] as const);
  if (signs.some((sign) => sign !== last)) return asDecimal;
  if (signs.length > 1) return asGroup;
  const [whole, rest] = number.split(last) as [string, string];
  if (rest.length !== 3 || whole.length > 3 || /^0*$/.test(whole) || /\D/.test(whole)) return asDecimal;
  return "either";
}

/** The currency that an amount shows beside its number, as an ISO code; undefined for `$` and whatever stands for several. */
export function currencyShown(text: string): string | undefined {
  if (PLAIN.test(text)) return undefined;
  const match = AMOUNT.exec(text.normalize("NFKC").trim());
  return match ? currencyCode(match[2]! || match[5]!) : undefined;
}

/** The ISO code in `usd`, `USD US Dollar`, `€` or `人民币`; undefined where there is none. */
export function currencyCode(text: string): string | undefined {
  const word = text.trim().toUpperCase();
  const code = /^\(?([A-Z]{3})(?![A-Z])/.exec(word)?.[1];
  if (code && isCurrency(code)) return code;
  return SIGNED_CURRENCIES[word];
}

let countries: Map<string, string> | undefined;

/** The ISO code of a country told by code or by its English, German or Chinese name; undefined where it is none. */
export function countryCode(text: string): string | undefined {
  const word = text.trim();
  if (isCountry(word.toUpperCase())) return word.toUpperCase();
  countries ??= countryNames();
  return countries.get(word.toLowerCase());
}

function countryNames(): Map<string, string> {
  const names = new Map([
    ["usa", "US"],
    ["uk", "GB"],
    ["great britain", "GB"],
    ["england", "GB"],
    ["scotland", "GB"],
    ["wales", "GB"],
  ]);
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isCountry);
  for (const language of ["en", "de", "zh-CN"]) {
    const display = new Intl.DisplayNames(language, { type: "region" });
    for (const code of codes) names.set(display.of(code)!.toLowerCase(), code);
  }
  return names;
}

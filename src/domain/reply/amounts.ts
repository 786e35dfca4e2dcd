import { formatDecimal, isCurrency, minorDigits } from "../money.ts";
import type { Language } from "./language.ts";

/** An amount as a decimal text with its currency's decimals; two where no currency is told. */
export type FoundAmount = { amount: string; currency: string | null; at: number };

// The yen sign is Japan's and China's, the dollar sign America's unless a letter says otherwise.
const SIGNS: Record<string, string> = {
  "€": "EUR",
  "£": "GBP",
  us$: "USD",
  hk$: "HKD",
  a$: "AUD",
  au$: "AUD",
  c$: "CAD",
  ca$: "CAD",
  s$: "SGD",
  nz$: "NZD",
  nt$: "TWD",
  r$: "BRL",
  $: "USD",
  "₩": "KRW",
  "₹": "INR",
  "₽": "RUB",
  "₺": "TRY",
  zł: "PLN",
  "฿": "THB",
  "₫": "VND",
  "¥": "",
  元: "CNY",
  块: "CNY",
  块钱: "CNY",
  人民币: "CNY",
  人民幣: "CNY",
  rmb: "CNY",
  圆: "CNY",
  円: "JPY",
  日元: "JPY",
  美元: "USD",
  美金: "USD",
  欧元: "EUR",
  港币: "HKD",
  港元: "HKD",
  英镑: "GBP",
  ドル: "USD",
  ユーロ: "EUR",
  euro: "EUR",
  euros: "EUR",
  dollars: "USD",
  dólares: "USD",
  pounds: "GBP",
  quid: "GBP",
  yen: "JPY",
  yuan: "CNY",
  franken: "CHF",
  "fr.": "CHF",
  sfr: "CHF",
};
const CODES =
  "USD|EUR|GBP|CNY|JPY|CHF|HKD|AUD|CAD|SGD|NZD|TWD|SEK|NOK|DKK|PLN|CZK|HUF|INR|BRL|MXN|KRW|ZAR|AED|SAR|TRY|THB|RON|KWD|BHD|MYR|IDR|PHP|VND|COP|CLP|PEN|ARS";
const SIGN = `${Object.keys(SIGNS)
  .sort((one, other) => other.length - one.length)
  .map((sign) => sign.replace(/[$.]/g, "\\$&"))
  .join("|")}|${CODES}`;
const NUMBER = "\\d{1,15}(?:[.,'’ ]\\d{1,3}(?!\\d)){0,5}(?:[.,]\\d{1,4})?";
const AMOUNT = new RegExp(
  `(?:(?<!\\d)(?<before>${SIGN})\\s?)?(?<![A-Za-zÀ-ɏ\\d/#-]|\\d[.,]|\\d[ '’])(?<number>${NUMBER})(?<scale>\\s?(?:万|萬|億|亿|千|k(?![\\p{L}])))?(?<rest>\\d{1,4})?(?<small>千)?` +
    `(?:,-|\\.-)?\\s?(?<after>(?:${SIGN})(?:(?<=[\\u4e00-\\u9fff])|(?![\\p{L}\\d](?<![\\u3040-\\u30ff\\u4e00-\\u9fff]))))?(?:(?<=[\\u4e00-\\u9fff])|(?!\\s?%|[\\d/]))`,
  "giu",
);
const SCALES: Record<string, number> = {
  万: 10_000,
  萬: 10_000,
  億: 100_000_000,
  亿: 100_000_000,
  千: 1000,
  k: 1000,
};

/**
 * The amounts of money in a text, in its order: with a currency, in thousands or more by a word ("2万", "5k"), or written as money is (thousands grouped,
 * two decimals). The
 * language tells what a yen sign means.
 */
export function findAmounts(text: string, language: Language): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const groups = match.groups!;
    const sign = groups.after ?? groups.before;
    const currency = sign === undefined ? null : currencyOf(sign, language);
    if (currency === null && groups.scale === undefined && !isMoneyLike(groups.number!)) continue;
    const amount = decimalOf(groups, currency);
    if (amount !== null) found.push({ amount, currency, at: match.index });
  }
  return found;
}

function currencyOf(sign: string, language: Language): string {
  const code = SIGNS[sign.toLowerCase()];
  if (code === "") return language === "ja" ? "JPY" : "CNY";
  const known = code ?? sign.toUpperCase();
  return isCurrency(known) ? known : "USD";
}

function isMoneyLike(number: string): boolean {
  return (
    /^\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{2})?$|^\d+[.,]\d{2}$/.test(number) && !/^\d{1,2}\.\d{2}$/.test(number)
  );
}

function decimalOf(groups: Record<string, string | undefined>, currency: string | null): string | null {
  const scale = SCALES[groups.scale?.trim().toLowerCase() ?? ""] ?? 1;
  const rest = groups.rest && scale > 1 ? Number(groups.rest) * (groups.small ? 1000 : 1) : 0;
  const unit = currency ?? "USD";
  const digits = minorDigits(unit);
  const plain = plainNumber(groups.number!, digits);
  if (plain === null) return null;
  const minor = Math.round((plain * scale + rest) * 10 ** digits);
  return Number.isSafeInteger(minor) && minor > 0 ? formatDecimal(minor, unit) : null;
}

/** A last group of one, two or four digits holds decimals; one of three does so where the currency has three (KWD). */
function plainNumber(text: string, digits: number): number | null {
  const trimmed = text.replace(/[.,'’ ]$/, "");
  const decimals = /[.,](\d{1,2}|\d{4})$/.exec(trimmed);
  const signs = new Set(trimmed.match(/[.,]/g) ?? []);
  const last = Math.max(trimmed.lastIndexOf("."), trimmed.lastIndexOf(","));
  const isDecimal =
    decimals !== null || (signs.size === 2 && (digits === 3 || trimmed.length - last - 1 !== 3));
  const whole = isDecimal ? trimmed.slice(0, last) : trimmed;
  const value = Number(`${whole.replace(/\D/g, "")}.${isDecimal ? trimmed.slice(last + 1) : "0"}`);
  return Number.isFinite(value) ? value : null;
}

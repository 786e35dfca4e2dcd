import { AppError } from "../errors.ts";

// ISO 4217, list one as of 2026, without the codes that have no minor unit (metals, XDR, XTS, XXX).
const TWO_DIGITS =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY " +
  "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS " +
  "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR " +
  "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP " +
  "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG";
const OTHER_DIGITS: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

const DIGITS = new Map<string, number>(TWO_DIGITS.split(" ").map((code) => [code, 2]));
for (const [digits, codes] of Object.entries(OTHER_DIGITS)) {
  for (const code of codes.split(" ")) DIGITS.set(code, Number(digits));
}

/** Whether the text is an active ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return DIGITS.has(code);
}

/** How many decimals the currency has: 2 for most, 0 for JPY, 3 for KWD. Refuses an unknown code. */
export function minorDigits(code: string): number {
  const digits = DIGITS.get(code);
  if (digits === undefined) throw new AppError("invalid", `unknown currency "${code}"`);
  return digits;
}

const AMOUNT = {
  point: /^(-?)(\d*|[1-9]\d{0,2}(?:([, '’\u00a0\u202f])\d{3}(?:\3\d{3})*))(?:\.(\d+))?$/,
  comma: /^(-?)(\d*|[1-9]\d{0,2}(?:([. '’\u00a0\u202f])\d{3}(?:\3\d{3})*))(?:,(\d+))?$/,
};

/** Why a text is no amount: not written as one, more decimals than the currency has (other than zeros), or beyond 2^53. */
export type AmountFault = "malformed" | "too_many_decimals" | "too_large";

/**
 * Reads a decimal amount into minor units. Thousands may be separated by the other sign, a space or an apostrophe, in groups
 * of three. A text that cannot be taken answers its fault.
 */
export function readMinor(text: string, currency: string, decimal: "point" | "comma"): number | AmountFault {
  const match = AMOUNT[decimal].exec(text.trim());
  if (!match) return "malformed";
  const [, sign, grouped = "", , decimals = ""] = match;
  if (grouped === "" && decimals === "") return "malformed";
  const digits = minorDigits(currency);
  if (/[1-9]/.test(decimals.slice(digits))) return "too_many_decimals";
  const minor = Number(grouped.replace(/\D/g, "") + decimals.slice(0, digits).padEnd(digits, "0"));
  if (!Number.isSafeInteger(minor)) return "too_large";
  return sign && minor !== 0 ? -minor : minor;
}

/** Like readMinor; null for whatever cannot be taken. */
export function parseAmount(
  text: string,
  currency: string,
  decimal: "point" | "comma" = "point",
): number | null {
  const minor = readMinor(text, currency, decimal);
  return typeof minor === "number" ? minor : null;
}

/** The amount with a decimal point and exactly the currency's decimals: `1234.56`, `1234` for JPY. */
export function formatDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  if (digits === 0) return sign + text;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

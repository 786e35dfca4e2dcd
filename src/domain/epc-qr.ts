import { compactIban, hasValidCheckDigits } from "./iban.ts";
import { formatDecimal } from "./money.ts";

// The area of SEPA credit transfers (EPC409-09), without territories that have a code of their own and no IBAN.
const SEPA =
  "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM VA";
const MOST_MINOR = 99_999_999_999;
const LONGEST_NAME = 70;
const LONGEST_TEXT = 140;

export type Transfer = {
  holder: string;
  iban: string;
  bic: string | null;
  currency: string;
  amountMinor: number;
  /** What the transfer says; cut to the 140 characters that there are. */
  text: string;
};

/**
 * The text of a QR code that fills in a SEPA credit transfer, error correction level M (EPC069-12, version 002); null where none can
 * be made: another currency than the euro, an account elsewhere, or an amount that the format does not carry.
 */
export function epcPayload({ holder, iban, bic, currency, amountMinor, text }: Transfer): string | null {
  const account = compactIban(iban);
  const isInArea = SEPA.split(" ").includes(account.slice(0, 2)) && hasValidCheckDigits(account);
  if (currency !== "EUR" || !isInArea || amountMinor < 1 || amountMinor > MOST_MINOR) return null;
  return [
    "BCD",
    "002",
    "1",
    "SCT",
    bic?.replace(/\s/g, "") ?? "",
    line(holder, LONGEST_NAME),
    account,
    `EUR${formatDecimal(amountMinor, "EUR")}`,
    "",
    "",
    line(text, LONGEST_TEXT),
  ].join("\n");
}

function line(text: string, most: number): string {
  return [...text.replace(/\s+/g, " ").trim()].slice(0, most).join("");
}

import type { Creditor } from "../domain/letter.ts";
import { inertLine } from "./inert-text.ts";
import type { Words } from "./words.ts";

export type BankLine = { label: string; value: string };

const REFERENCES_SPELT_OUT = 4;

/** Where to pay, with the invoices' numbers as the reference; none where no bank is on record. */
export function bankLines(bank: Creditor["bank"], numbers: string[], words: Words): BankLine[] {
  if (bank === null) return [];
  const reference =
    numbers.length > REFERENCES_SPELT_OUT ? words.say("pay.referenceMany") : numbers.join(words.say("comma"));
  const lines: BankLine[] = [
    { label: words.say("pay.holder"), value: bank.holder },
    { label: words.say("pay.bank"), value: bank.name ?? "" },
    { label: words.say("pay.account"), value: bank.account ?? "" },
    { label: words.say("pay.bankCode"), value: bank.bankCode ?? "" },
    { label: words.say("pay.iban"), value: bank.iban ?? "" },
    { label: words.say("pay.bic"), value: bank.bic ?? "" },
    { label: words.say("pay.reference"), value: reference },
  ];
  return lines
    .map(({ label, value }) => ({ label, value: inertLine(value) }))
    .filter(({ value }) => value !== "");
}

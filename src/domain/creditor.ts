import { z } from "zod";
import { AppError } from "../errors.ts";
import { isCountry } from "./country.ts";
import { hasValidCheckDigits } from "./iban.ts";
import type { Creditor } from "./letter.ts";
import { isZone } from "./zone.ts";

const text = z.string("a text").trim().min(1, "a text that is not empty");
const email = z.email("an e-mail address").transform((address) => address.toLowerCase());
// One line, since it becomes a header; `Name <address>` or the bare address.
const mailbox = text.regex(
  /^(?:[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
  "like Acme Accounts <ar@acme.example>",
);

const bankSchema = z
  .strictObject({
    holder: text,
    iban: text.optional(),
    bic: text.optional(),
    name: text.optional(),
    account: text.optional(),
    bank_code: text.optional(),
  })
  .refine(
    (bank) => bank.iban !== undefined || bank.account !== undefined,
    "an object with an iban, or an account",
  );

const schema = z.strictObject({
  legal_name: text,
  address: text,
  country: text.toUpperCase().refine(isCountry, "an ISO 3166 country, two letters like DE"),
  timezone: text.refine(isZone, "an IANA time zone like Europe/Berlin").default("UTC"),
  locale: text.refine(isLocale, "a language tag like en or zh-CN").default("en"),
  from: mailbox,
  contact: z.strictObject({ name: text, email, phone: text.optional() }),
  bank: bankSchema.optional(),
  finance_owner: email,
});

/** Reads a creditor file (snake_case, as in the file). Throws AppError `invalid` with one line a mistake. */
export function parseCreditor(json: unknown): Creditor {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new AppError("invalid", describeMistakes(parsed.error).join("\n"));
  const { legal_name, address, country, timezone, locale, from, contact, bank, finance_owner } = parsed.data;
  return {
    legalName: legal_name,
    address,
    country,
    timezone,
    locale,
    from,
    contact: { name: contact.name, email: contact.email, phone: contact.phone ?? null },
    bank: bank
      ? {
          holder: bank.holder,
          iban: bank.iban ?? null,
          bic: bank.bic ?? null,
          name: bank.name ?? null,
          account: bank.account ?? null,
          bankCode: bank.bank_code ?? null,
        }
      : null,
    financeOwner: finance_owner,
  };
}

/** What is allowed and yet looks wrong: an IBAN whose check digits do not fit (ISO 13616, remainder of 97). */
export function warningsOfCreditor({ bank }: Creditor): string[] {
  if (!bank?.iban || hasValidCheckDigits(bank.iban)) return [];
  return ["bank.iban does not fit its check digits: compare it with the bank's own paper"];
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function describeMistakes(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.join(".") || "the creditor file";
    if (issue.code === "unrecognized_keys") return `${path}: unknown ${issue.keys.join(", ")}`;
    if (issue.code === "invalid_type" && issue.path.length === 0) return `${path} must be a JSON object`;
    const must = issue.message.startsWith("Invalid") ? "an object" : issue.message;
    return `${path} is missing or wrong: it must be ${must}`;
  });
}

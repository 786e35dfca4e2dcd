import { type CivilDay, parseCivilDay } from "../../domain/civil-date.ts";
import type { LetterInvoice } from "../../domain/letter.ts";
import { formatDecimal, readMinor } from "../../domain/money.ts";
import type { WordArguments, WordKey } from "../../email/words.ts";
import { all, type Filled, one } from "./filled.ts";
import type { Mistake, Page } from "./way.ts";

const LONGEST_YEAR = 366;
const EXAMPLE_MINOR = 123_456;

/** Reads fields one by one, noting in the reader's words what is wrong; what cannot be read is undefined. */
export type Reader = {
  mistakes: Mistake[];
  wrong(field: string, key: WordKey, args?: WordArguments): undefined;
  /** A day from today on, within a year. */
  comingDay(field: string): CivilDay | undefined;
  /** A day up to today, within the last year. */
  pastDay(field: string): CivilDay | undefined;
  /** Above zero, at most `mostMinor`; null where nothing is written. */
  amount(field: string, invoice: { currency: string; mostMinor: number }): number | null | undefined;
  /** A text of at most `most` characters; empty where nothing is written. */
  text(field: string, most: number): string | undefined;
  /** Those of `eligible` that were chosen; the only one where nothing was. */
  invoices(field: string, eligible: LetterInvoice[]): LetterInvoice[] | undefined;
};

export function createReader(filled: Filled, { words, account }: Page): Reader {
  const mistakes: Mistake[] = [];
  const { formats } = words;
  const wrong = (field: string, key: WordKey, args?: WordArguments): undefined => {
    mistakes.push({ field, text: words.say(key, args) });
  };
  const day = (field: string): CivilDay | undefined => {
    const found = parseCivilDay(one(filled, field).normalize("NFKC"));
    return found ?? wrong(field, "page.mistake.day", { like: "2026-03-31" });
  };
  const bounded = (field: string, is: (on: CivilDay) => WordKey | null): CivilDay | undefined => {
    const on = day(field);
    const fault = on === undefined ? null : is(on);
    return fault === null ? on : wrong(field, fault, { day: formats.day(on!) });
  };
  const today = account.on;
  return {
    mistakes,
    wrong,
    comingDay: (field) =>
      bounded(field, (on) => {
        if (on < today) return "page.mistake.past";
        return on > today + LONGEST_YEAR ? "page.mistake.far" : null;
      }),
    pastDay: (field) =>
      bounded(field, (on) => {
        if (on > today) return "page.mistake.future";
        return on < today - LONGEST_YEAR ? "page.mistake.long_ago" : null;
      }),
    amount(field, { currency, mostMinor }) {
      const text = one(filled, field);
      if (text === "") return null;
      const minor = readMinor(withoutUnit(text.normalize("NFKC"), currency), currency, "point");
      if (typeof minor !== "number") {
        return wrong(field, "page.mistake.amount", { like: formatDecimal(EXAMPLE_MINOR, currency) });
      }
      if (minor > 0 && minor <= mostMinor) return minor;
      return wrong(field, "page.mistake.most", { most: formats.money(mostMinor, currency) });
    },
    text(field, most) {
      const text = one(filled, field);
      return [...text].length <= most ? text : wrong(field, "page.mistake.long", { most });
    },
    invoices(field, eligible) {
      const chosen = new Set(all(filled, field));
      const isOnlyOne = chosen.size === 0 && eligible.length === 1;
      const found = isOnlyOne ? eligible : eligible.filter(({ number }) => chosen.has(number));
      return found.length > 0 ? found : wrong(field, "page.mistake.invoices");
    },
  };
}

/** People write the currency beside an amount. Any other letter may change what the figures mean ("1e3", "5万"), so it stays. */
function withoutUnit(text: string, currency: string): string {
  const before = String.raw`^\s*(?:${currency}|[A-Z]{0,3}\p{Sc})+\s*`;
  const behind = String.raw`\s*(?:${currency}|\p{Sc}|[元円])+\s*$`;
  return text.replace(new RegExp(`${before}|${behind}`, "giu"), "");
}

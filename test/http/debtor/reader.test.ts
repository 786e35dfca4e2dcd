import { expect, test } from "vitest";
import { wordsFor } from "../../../src/email/words.ts";
import { createReader } from "../../../src/http/debtor/reader.ts";
import type { Page } from "../../../src/http/debtor/way.ts";

test.each([
  ["1,234.50", "EUR", 123_450],
  ["€ 12", "EUR", 1_200],
  ["12 eur", "EUR", 1_200],
  ["US$12.00", "USD", 1_200],
  ["￥１００元", "CNY", 10_000],
  ["500円", "JPY", 500],
  ["KWD 1.005", "KWD", 1_005],
])("an amount may be written with its currency: %s", (written, currency, minor) => {
  expect(read(written, currency)).toEqual({ minor, mistakes: 0 });
});

test.each(["1e3", "0x10", "5万", "1k", "2 mio", "NaN", "12 USD"])(
  "an amount with other letters is asked for again, never guessed: %s",
  (written) => {
    expect(read(written, "EUR")).toEqual({ minor: undefined, mistakes: 1 });
  },
);

function read(written: string, currency: string) {
  const page = { words: wordsFor("en"), account: { on: 0 } } as unknown as Page;
  const reader = createReader(new Map([["amount", [written]]]), page);
  const minor = reader.amount("amount", { currency, mostMinor: 1_000_000 });
  return { minor, mistakes: reader.mistakes.length };
}

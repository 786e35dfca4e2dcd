import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDecimal, isCurrency, minorDigits, parseAmount } from "../../src/domain/money.ts";

describe("currencies", () => {
  test.each([
    ["EUR", 2],
    ["CNY", 2],
    ["JPY", 0],
    ["KWD", 3],
    ["CLF", 4],
    ["ISK", 0],
    ["IQD", 3],
  ])("%s has %i decimals", (code, digits) => {
    expect(isCurrency(code)).toBe(true);
    expect(minorDigits(code)).toBe(digits);
  });

  test.each(["eur", "EU", "RMB", "DEM", "XXX", "XAU", "", "constructor"])("%j is none", (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => minorDigits(code)).toThrow("unknown currency");
  });
});

describe("an amount", () => {
  test.each([
    ["1234.56", "EUR", 123456],
    ["1,234.56", "EUR", 123456],
    ["1,234,567.8", "EUR", 123456780],
    ["1234", "EUR", 123400],
    ["0.05", "EUR", 5],
    [".5", "EUR", 50],
    ["007", "EUR", 700],
    ["-12.30", "EUR", -1230],
    ["-0.00", "EUR", 0],
    ["12.3400", "EUR", 1234],
    [" 12.34 ", "EUR", 1234],
    ["1 234.56", "EUR", 123456],
    ["1'234.56", "CHF", 123456],
    ["1\u202f234.56", "EUR", 123456],
    ["1,234", "JPY", 1234],
    ["1234.00", "JPY", 1234],
    ["1.234", "KWD", 1234],
    ["90071992547409.91", "EUR", 9007199254740991],
  ])("reads %j %s as %i", (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  test.each([
    ["1234,56", "EUR", 123456],
    ["1.234,56", "EUR", 123456],
    ["1.234.567,8", "EUR", 123456780],
    ["1.234", "EUR", 123400],
    ["1 234,56", "EUR", 123456],
    ["0,123", "KWD", 123],
    ["1.234", "JPY", 1234],
  ])("reads %j %s with a decimal comma as %i", (text, currency, minor) => {
    expect(parseAmount(text, currency, "comma")).toBe(minor);
  });

  test.each([
    ["", "EUR"],
    [".", "EUR"],
    ["-", "EUR"],
    ["1.", "EUR"],
    ["abc", "EUR"],
    ["1.234", "EUR"],
    ["1,23", "EUR"],
    ["1,2345", "EUR"],
    ["1,234,56", "EUR"],
    ["12,34,567", "EUR"],
    ["1234,567", "EUR"],
    ["0,123", "EUR"],
    ["1,234 567", "EUR"],
    ["1,,234", "EUR"],
    ["1.2.3", "EUR"],
    ["1e3", "EUR"],
    ["+5", "EUR"],
    ["--5", "EUR"],
    ["5-", "EUR"],
    ["(5)", "EUR"],
    ["€5", "EUR"],
    ["0x10", "EUR"],
    ["NaN", "EUR"],
    ["Infinity", "EUR"],
    ["１２", "EUR"],
    ["12.345", "EUR"],
    ["12.5", "JPY"],
    ["1.2345", "KWD"],
    ["90071992547409.92", "EUR"],
    ["9007199254740992", "JPY"],
    ["1.234,56", "EUR"],
  ])("refuses %j %s", (text, currency) => {
    expect(parseAmount(text, currency)).toBeNull();
  });

  test("refuses a decimal point where the comma is the decimal sign", () => {
    expect(parseAmount("1234.56", "EUR", "comma")).toBeNull();
    expect(parseAmount("1,234.56", "EUR", "comma")).toBeNull();
  });

  test("survives being written and read in every currency", () => {
    const minor = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(minor, fc.constantFrom("EUR", "JPY", "KWD", "CLF"), (minor, currency) => {
        expect(parseAmount(formatDecimal(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  test.each([
    [123456, "EUR", "1234.56"],
    [5, "EUR", "0.05"],
    [-5, "EUR", "-0.05"],
    [0, "EUR", "0.00"],
    [1234, "JPY", "1234"],
    [1, "KWD", "0.001"],
  ])("writes %i %s as %s", (minor, currency, text) => {
    expect(formatDecimal(minor, currency)).toBe(text);
  });
});

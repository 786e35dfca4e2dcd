import { describe, expect, test } from "vitest";
import { parseCreditor, warningsOfCreditor } from "../../src/domain/creditor.ts";
import { ACME } from "../support/cast.ts";

describe("parseCreditor", () => {
  test("reads a creditor file", () => {
    expect(parseCreditor(ACME)).toMatchObject({
      legalName: "Acme GmbH",
      timezone: "Europe/Berlin",
      contact: { phone: "+49 30 1234567" },
      bank: { iban: "DE89370400440532013000", account: null, bankCode: null },
      financeOwner: "fin@acme.example",
    });
  });

  test("takes an account and a bank code instead of an IBAN", () => {
    const bank = { holder: "Acme Inc", account: "123456789", bank_code: "021000021" };
    expect(parseCreditor({ ...ACME, bank }).bank).toMatchObject({
      account: "123456789",
      bankCode: "021000021",
      iban: null,
    });
  });

  test.each([
    ["a zone that does not exist", { timezone: "Europe/Berlingo" }, "timezone"],
    ["a country in words", { country: "Germany" }, "country"],
    ["a From header with a line break", { from: "Acme <ar@acme.example>\r\nBcc: x@y.example" }, "from"],
    ["a From header without an address", { from: "Acme Accounts" }, "from"],
    ["a finance owner without an address", { finance_owner: "Frieda" }, "finance_owner"],
    ["a bank without an account", { bank: { holder: "Acme" } }, "bank"],
    ["a contact that is missing", { contact: undefined }, "contact"],
    ["a field that does not exist", { legalname: "Acme" }, "legalname"],
  ])("refuses %s and names it", (_name, wrong, named) => {
    expect(() => parseCreditor({ ...ACME, ...wrong })).toThrow(named);
  });

  test("names every mistake, one a line", () => {
    const parse = () => parseCreditor({ ...ACME, country: "Germany", timezone: "Mars" });
    expect(parse).toThrow(/country.*\n.*timezone/);
  });

  test("refuses what is no object", () => {
    expect(() => parseCreditor("Acme")).toThrow("object");
  });
});

test("warns of an IBAN that does not fit its check digits", () => {
  expect(warningsOfCreditor(parseCreditor(ACME))).toEqual([]);
  const mistyped = { ...ACME, bank: { ...ACME.bank, iban: "DE89370400440532013001" } };
  expect(warningsOfCreditor(parseCreditor(mistyped))).toHaveLength(1);
});

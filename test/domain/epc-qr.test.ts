import { describe, expect, test } from "vitest";
import { epcPayload, type Transfer } from "../../src/domain/epc-qr.ts";

const transfer: Transfer = {
  holder: "Red Cross of Belgium",
  iban: "BE72 0000 0000 1616",
  bic: "BPOTBEB1",
  currency: "EUR",
  amountMinor: 100,
  text: "Urgency fund",
};

describe("the text of a code for a SEPA transfer", () => {
  test("is as the European Payments Council's guidelines show it", () => {
    expect(epcPayload(transfer)?.split("\n")).toEqual([
      "BCD",
      "002",
      "1",
      "SCT",
      "BPOTBEB1",
      "Red Cross of Belgium",
      "BE72000000001616",
      "EUR1.00",
      "",
      "",
      "Urgency fund",
    ]);
  });

  test("keeps to the lengths that the format has", () => {
    const long = epcPayload({ ...transfer, holder: "ü".repeat(99), text: "ß ".repeat(200) })!.split("\n");
    expect([[...long[5]!].length, [...long[10]!].length]).toEqual([70, 140]);
  });

  test.each<[string, Partial<Transfer>]>([
    ["another currency", { currency: "CHF" }],
    ["an account elsewhere", { iban: "AE07 0331 2345 6789 0123 456" }],
    ["an account number with a slip", { iban: "BE72 0000 0000 1617" }],
    ["nothing to pay", { amountMinor: 0 }],
    ["more than the format carries", { amountMinor: 100_000_000_000 }],
  ])("is not made for %s", (_, given) => {
    expect(epcPayload({ ...transfer, ...given })).toBeNull();
  });
});

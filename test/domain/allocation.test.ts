import { describe, expect, test } from "vitest";
import { allocate, reduceDisputes } from "../../src/domain/allocation.ts";

const claim = { status: "open" as const, amountMinor: 100, balanceMinor: 100, restMinor: 0 };

describe("allocate", () => {
  test.each([
    ["a payment up to the balance", "payment", 60, claim, 60],
    ["an overpayment leaves the rest as credit", "payment", 130, claim, 100],
    ["a payment without an invoice is credit", "payment", 60, null, 0],
    ["a payment for a void invoice is credit", "payment", 60, { ...claim, status: "void" as const }, 0],
    [
      "a payment for a written-off invoice is credit",
      "payment",
      60,
      { ...claim, status: "written_off" as const },
      0,
    ],
    [
      "a credit note belongs to its invoice, void or not",
      "credit_note",
      60,
      { ...claim, status: "void" as const },
      60,
    ],
    ["a credit note beyond the balance is credit", "credit_note", 60, { ...claim, balanceMinor: 20 }, 20],
    ["a refund raises the balance", "refund", 30, { ...claim, balanceMinor: 40 }, -30],
    ["a refund beyond what was paid is refused", "refund", 61, { ...claim, balanceMinor: 40 }, null],
    [
      "a refund of what was overpaid leaves the invoice paid",
      "refund",
      50,
      { ...claim, balanceMinor: 0, restMinor: 50 },
      0,
    ],
    [
      "a refund takes the overpaid part first",
      "refund",
      80,
      { ...claim, balanceMinor: 0, restMinor: 50 },
      -30,
    ],
    ["a refund without an invoice comes off the credit", "refund", 50, null, 0],
    ["a refund beyond the credit is refused", "refund", 51, null, null],
  ] as const)("%s", (_name, kind, amountMinor, on, expected) => {
    expect(allocate({ kind, amountMinor, claim: on, creditMinor: 50 })).toBe(expected);
  });
});

describe("reduceDisputes", () => {
  const disputes = [
    { id: "a", amountMinor: 30 },
    { id: "b", amountMinor: 20 },
  ];
  test.each([
    ["a credit note reduces the oldest dispute first", "credit_note", 40, 60, [0, 10]],
    ["a payment of the undisputed part leaves disputes alone", "payment", 50, 50, [30, 20]],
    ["a payment beyond it leaves less to dispute", "payment", 75, 25, [25, 0]],
  ] as const)("%s", (_name, kind, allocatedMinor, balanceMinor, expected) => {
    const left = reduceDisputes(disputes, { kind, allocatedMinor, balanceMinor });
    expect(left.map((share) => share.amountMinor)).toEqual(expected);
  });

  test("a dispute of the whole stays whole", () => {
    const money = { kind: "credit_note" as const, allocatedMinor: 40, balanceMinor: 60 };
    expect(reduceDisputes([{ id: "a", amountMinor: null }], money)).toEqual([{ id: "a", amountMinor: null }]);
  });
});

import { SwissQRCode } from "swissqrbill/svg";
import { encode } from "uqr";
import { expect, test } from "vitest";
import { parseCreditor } from "../../../src/domain/creditor.ts";
import type { LetterInvoice } from "../../../src/domain/letter.ts";
import { paymentCodes } from "../../../src/http/debtor/payment-codes.ts";
import type { DebtorAccount } from "../../../src/reminders/links/debtor-account.ts";
import { ACME } from "../../support/cast.ts";

const SWISS = {
  address: "Bahnhofstrasse 1, 8001 Zürich",
  country: "CH",
  bank: { holder: "Acme AG", iban: "CH93 0076 2011 6238 5295 7" },
};

function account(creditor: object, invoices: Partial<LetterInvoice>[]): DebtorAccount {
  const answers = { promises: new Map(), promisesMade: new Map(), disputes: new Map(), plans: [] };
  const open = invoices.map((own, index) => ({
    number: `A-${index + 1}`,
    currency: "EUR",
    askedMinor: 1000,
    heldMinor: 0,
    ...own,
  }));
  return {
    creditor: parseCreditor({ ...ACME, ...creditor }),
    invoices: open,
    answers,
  } as unknown as DebtorAccount;
}

test("a code pays all that is open in euros, but for what is contested or paid by a plan", () => {
  const debtor = account({}, [{}, { heldMinor: 500 }, { number: "C" }, { number: "P" }, { currency: "USD" }]);
  debtor.answers.disputes.set("C", { id: "dsp_0", amountMinor: 400, reason: "price" });
  const plan = { id: "pln_0", state: "agreed" as const, currency: "EUR", numbers: ["P"], instalments: [] };
  debtor.answers.plans.push(plan);
  const [code, ...others] = paymentCodes(debtor);
  expect(others).toEqual([]);
  expect(code).toMatchObject({ kind: "epc", currency: "EUR", amountMinor: 3100 });
  const payload = [
    "BCD",
    "002",
    "1",
    "SCT",
    "COBADEFFXXX",
    "Acme GmbH",
    "DE89370400440532013000",
    "EUR31.00",
    "",
    "",
    "A-1, A-2, C",
  ];
  expect(code!.rows).toEqual(encode(payload.join("\n"), { ecc: "M", boostEcc: false, border: 0 }).data);
});

test("a code for Swiss francs is the one of the Swiss payment standards, module by module", () => {
  const [code] = paymentCodes(account(SWISS, [{ currency: "CHF", askedMinor: 123_450 }]));
  expect(code).toMatchObject({ kind: "swiss", currency: "CHF", amountMinor: 123_450 });
  const bank = { account: "CH9300762011623852957", name: "Acme AG", country: "CH" };
  const creditor = { ...bank, address: "Bahnhofstrasse 1", zip: "8001", city: "Zürich" };
  const judge = new SwissQRCode({ currency: "CHF", amount: 1234.5, message: "A-1", creditor }).toString();
  const size = code!.rows.length;
  const rects = [...judge.matchAll(/x="([\d.]+)mm" y="([\d.]+)mm" width="([\d.]+)mm"/g)].map((found) =>
    found.slice(1).map((mm) => (Number(mm) * size) / 46),
  );
  const dark = rects.filter(([, , width]) => Math.abs(width! - 1) < 0.01);
  expect(code!.rows.flat().filter(Boolean)).toHaveLength(dark.length);
  for (const [x, y] of dark) expect(code!.rows[Math.round(y!)]![Math.round(x!)]).toBe(true);
});

test.each([
  ["without a bank", { bank: undefined }, "EUR"],
  ["with an account number that is no IBAN", { bank: { holder: "Acme", account: "12345678" } }, "EUR"],
  ["in another currency", {}, "USD"],
  ["for francs to an account in Germany", {}, "CHF"],
  ["for francs where the address has no town", { ...SWISS, address: "Bahnhofstrasse 1" }, "CHF"],
  [
    "for francs to a QR-IBAN, which asks for a reference",
    { ...SWISS, bank: { holder: "Acme AG", iban: "CH44 3199 9123 0008 8901 2" } },
    "CHF",
  ],
])("there is no code %s", (_, creditor, currency) => {
  expect(paymentCodes(account(creditor, [{ currency }]))).toEqual([]);
});

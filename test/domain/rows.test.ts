import { describe, expect, test } from "vitest";
import { parseCivilDay } from "../../src/domain/civil-date.ts";
import { compileDateFormat } from "../../src/domain/date-format.ts";
import { parseCustomerRow, parseInvoiceRow, parsePaymentRow } from "../../src/domain/rows.ts";

const INVOICE = {
  invoice_number: "RE-17",
  customer_ref: "K-1",
  currency: "EUR",
  amount: "1234.5",
  issued_on: "2026-01-05",
  due_on: "2026-02-04",
};
const PAYMENT = { invoice_number: "RE-17", amount: "10", currency: "EUR", paid_on: "2026-02-01" };

test("an invoice row becomes a record in minor units and civil days, and says what was understood", () => {
  const parsed = parseInvoiceRow({
    ...INVOICE,
    currency: " eur ",
    disputed: "No",
    po_number: "",
    paid_amount: "0",
  });
  expect(parsed).toEqual({
    ok: true,
    record: {
      number: "RE-17",
      customerRef: "K-1",
      currency: "EUR",
      amountMinor: 123450,
      paidMinor: 0,
      issuedOn: parseCivilDay("2026-01-05"),
      dueOn: parseCivilDay("2026-02-04"),
      isDisputed: false,
    },
    row: { ...INVOICE, amount: "1234.50", paid_amount: "0.00", disputed: "no" },
  });
});

describe("a bad cell refuses the row and says what would be right:", () => {
  test.each([
    ["a day that is none", { due_on: "2026-02-30" }, "due_on", "2026-02-30 is no date; write YYYY-MM-DD"],
    ["a day in another form", { due_on: "31/02/2026" }, "due_on", "31/02/2026 is no date; write YYYY-MM-DD"],
    ["a year out of reach", { due_on: "0026-02-03" }, "due_on", "write a year from 1900 to 2199"],
    [
      "a due date before the issue date",
      { due_on: "2026-01-04" },
      "due_on",
      "before it was issued on 2026-01-05",
    ],
    [
      "a negative amount",
      { amount: "-5" },
      "amount",
      "-5 is negative; write an amount of 0 or more, like 1234.56",
    ],
    ["an amount that is none", { amount: "12,34.5" }, "amount", "is no amount in EUR; write"],
    [
      "decimals that a currency lacks",
      { currency: "JPY" },
      "amount",
      "1234.5 has more decimals than JPY, which has none; write an amount of 0 or more, like 1234",
    ],
    [
      "a third decimal",
      { amount: "1.005" },
      "amount",
      "1.005 has more decimals than EUR, which has 2; write",
    ],
    [
      "an amount beyond counting",
      { amount: "90071992547409.92" },
      "amount",
      "90071992547409.92 is too large to be counted exactly; write",
    ],
    [
      "a currency that is none",
      { currency: "EURO" },
      "currency",
      "EURO is no ISO 4217 currency; write a code like EUR",
    ],
    ["an amount without currency", { currency: "" }, "currency", "write an ISO 4217 code"],
    ["no number", { invoice_number: "  " }, "invoice_number", "is empty; write the invoice's number"],
    ["no customer", { customer_ref: "" }, "customer_ref", "is empty"],
    ["an address that is none", { customer_email: "a@b" }, "customer_email", "a@b is no e-mail address"],
    [
      "a header smuggled into an address",
      { customer_email: "a@b.example\r\nBcc: c@d.example" },
      "customer_email",
      "control character",
    ],
    ["a script for a link", { payment_url: "javascript:alert(1)" }, "payment_url", "starts with https://"],
    ["an unknown status", { status: "paid" }, "status", "write open, void or written_off"],
    ["neither yes nor no", { disputed: "perhaps" }, "disputed", "write yes, no"],
    ["an unknown column", { duedate: "x" }, "duedate", "unknown; there are invoice_number"],
    ["a name turned around", { customer_name: "abc\u202egpj.exe" }, "customer_name", "control character"],
    ["a name too long", { customer_name: "x".repeat(201) }, "customer_name", "at most 200"],
  ])("%s", (_, cells, column, error) => {
    const parsed = parseInvoiceRow({ ...INVOICE, ...cells } as Record<string, string>);
    expect(parsed).toMatchObject({ ok: false, column, error: expect.stringContaining(error) });
  });
});

test("an amount of an invoice that is known already needs no currency", () => {
  const currencyOf = (number: string) => (number === "RE-17" ? "JPY" : undefined);
  const { currency: _, ...row } = { ...INVOICE, amount: "500" };
  expect(parseInvoiceRow(row, { currencyOf })).toMatchObject({ ok: true, record: { amountMinor: 500 } });
  expect(parseInvoiceRow({ ...row, invoice_number: "other" }, { currencyOf })).toMatchObject({
    ok: false,
    column: "currency",
  });
});

test("amounts with a decimal comma are read, and said back with a point", () => {
  const parsed = parseInvoiceRow({ ...INVOICE, amount: "1.234,56" }, { decimal: "comma" });
  expect(parsed).toMatchObject({ ok: true, record: { amountMinor: 123456 }, row: { amount: "1234.56" } });
  const wrong = parseInvoiceRow({ ...INVOICE, amount: "1,234.56" }, { decimal: "comma" });
  expect(wrong).toMatchObject({
    ok: false,
    column: "amount",
    error: expect.stringContaining("like 1234,56"),
  });
});

test("a payment needs an amount above nothing, a day, and whom it is for", () => {
  expect(parsePaymentRow(PAYMENT)).toMatchObject({
    ok: true,
    record: { kind: "payment", amountMinor: 1000, occurrence: 0 },
  });
  expect(parsePaymentRow({ ...PAYMENT, amount: "0" })).toMatchObject({ ok: false, column: "amount" });
  expect(parsePaymentRow({ ...PAYMENT, paid_on: "" })).toMatchObject({ ok: false, column: "paid_on" });
  expect(parsePaymentRow({ ...PAYMENT, invoice_number: "" })).toMatchObject({
    ok: false,
    column: "invoice_number",
  });
  expect(parsePaymentRow({ ...PAYMENT, invoice_number: "", customer_ref: "K-1" })).toMatchObject({
    ok: true,
  });
});

test("a customer row carries at most one contact, whose role is billing unless told", () => {
  const row = {
    customer_ref: "K-1",
    name: "Müller",
    address: "Weg 1\r\n20095 Hamburg",
    country: "de",
    timezone: "Europe/Berlin",
  };
  expect(parseCustomerRow({ ...row, contact_email: "a@b.example" })).toMatchObject({
    ok: true,
    record: {
      country: "DE",
      address: "Weg 1\n20095 Hamburg",
      contact: { email: "a@b.example", role: "billing" },
    },
  });
  const wrong = [
    [{ contact_name: "Ann" }, "contact_email"],
    [{ country: "XX" }, "country"],
    [{ timezone: "Mars/Base" }, "timezone"],
    [{ locale: "zh_CN" }, "locale"],
    [{ kind: "firm" }, "kind"],
    [{ contact_role: "boss" }, "contact_role"],
  ] as const;
  for (const [cells, column] of wrong)
    expect(parseCustomerRow({ ...row, ...cells })).toMatchObject({ ok: false, column });
});

test.each([
  ["M/D/YYYY", "2/1/2013", "2013-02-01"],
  ["M/D/YYYY", "12/31/2013", "2013-12-31"],
  ["M/D/YYYY", "31/02/2026", null],
  ["DD.MM.YYYY", "05.11.2026", "2026-11-05"],
  ["DD.MM.YYYY", "5.11.2026", null],
  ["dd.mm.yyyy", "05.11.2026", "2026-11-05"],
  ["YYYYMMDD", "20261105", "2026-11-05"],
  ["D-MMM-YYYY", "5-nov-2026", "2026-11-05"],
  ["D-MMM-YYYY", "5-foo-2026", null],
  ["D.M.YY", "5.11.69", "2069-11-05"],
  ["D.M.YY", "5.11.70", "1970-11-05"],
  ["YYYY年M月D日", "2026年11月5日", "2026-11-05"],
])("a date in the form %s: %s is %s", (format, text, iso) => {
  expect(compileDateFormat(format)!.parse(text)).toBe(iso && parseCivilDay(iso));
});

test("a form without a year, with two months, or with letters of no meaning is none", () => {
  for (const format of ["M/D", "M/M/D/YYYY", "YYYY-MM-DD HH", "", "2026-MM-DD"])
    expect(compileDateFormat(format)).toBeNull();
});

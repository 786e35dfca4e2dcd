import { expect, it } from "vitest";
import { findAmounts } from "../../src/domain/reply/amounts.ts";
import { findInvoiceNumbers } from "../../src/domain/reply/invoice-numbers.ts";
import type { Language } from "../../src/domain/reply/language.ts";

it.each<[string, Language, string[]]>([
  ["1,200.00", "en", ["1200.00"]],
  ["usd 1,200", "en", ["1200.00 USD"]],
  ["$4,310.50", "en", ["4310.50 USD"]],
  ["eur 1200", "en", ["1200.00 EUR"]],
  ["£980", "en", ["980.00 GBP"]],
  ["5k eur", "en", ["5000.00 EUR"]],
  ["kwd 1,234.567", "en", ["1234.567 KWD"]],
  ["1.200,00 €", "de", ["1200.00 EUR"]],
  ["1.200 eur", "de", ["1200.00 EUR"]],
  ["chf 1'200.50", "de", ["1200.50 CHF"]],
  ["1 200,00 €", "fr", ["1200.00 EUR"]],
  ["1.200,00 euros", "es", ["1200.00 EUR"]],
  ["¥38,600", "ja", ["38600 JPY"]],
  ["38,600円", "ja", ["38600 JPY"]],
  ["3万8千円", "ja", ["38000 JPY"]],
  ["¥38,600", "zh", ["38600.00 CNY"]],
  ["支付3.86万元", "zh", ["38600.00 CNY"]],
  ["5000元和3000元", "zh", ["5000.00 CNY", "3000.00 CNY"]],
  ["rmb 12,000", "zh", ["12000.00 CNY"]],
  ["一半", "zh", []],
  ["half of it", "en", []],
  ["20 %", "en", []],
  ["on 27.11.2026", "de", []],
  ["invoice inv-1044", "en", []],
  ["call 020 7946 0000", "en", []],
])("%s in %s is %j", (text, language, amounts) => {
  const found = findAmounts(text, language).map(({ amount, currency }) =>
    [amount, currency].filter(Boolean).join(" "),
  );
  expect(found).toEqual(amounts);
});

it("finds the numbers of invoices, named or shaped as such, each once", () => {
  expect(findInvoiceNumbers("Invoice no. 2026-0815 and INV-7001, again INV-7001")).toEqual([
    "2026-0815",
    "INV-7001",
  ]);
  expect(findInvoiceNumbers("Rechnung Nr. 4711 vom 12.11.")).toEqual(["4711"]);
  expect(findInvoiceNumbers("发票号：20261119")).toEqual(["20261119"]);
  expect(findInvoiceNumbers("We pay on 27 November.")).toEqual([]);
});

const MOST = 20;
const NAMED =
  /(?:invoices?|inv|bill|rechnung(?:en|snummer|snr)?|rg|facture|factura|fattura|fatura|factuur|发票号?码?|發票|请求书|請求書|番号|単据|单号|账单)\s?(?:numbers?|no|nr|n[°º]|nummer|num|núm|numéro|número|番号|号)?[.:：#\s]{0,4}(?<number>(?:[A-Za-z]{1,6}[-/#]?)?\d[\w/-]{1,24})/giu;
const SHAPED =
  /(?<![\p{L}\d@./-])(?<number>(?:inv|re|rg|rn|f|fac|fa|si|ar|bill)[-/_#]?\d[\w/-]{2,20})(?![\p{L}\d@])/giu;

/** What looks like invoice numbers in a text, in its order and each once; whether there are such invoices is for others to say. */
export function findInvoiceNumbers(text: string): string[] {
  const sample = text.slice(0, 20_000);
  const found = [...sample.matchAll(NAMED), ...sample.matchAll(SHAPED)].sort(
    (one, other) => one.index - other.index,
  );
  const numbers = found.map((match) => match.groups!.number!.replace(/[-/_.]+$/, ""));
  return [...new Set(numbers)].filter((number) => number.length > 2).slice(0, MOST);
}

/** Those of our invoice numbers that a text names; a number of digits alone only where it is called one, or is longer than a date. */
export function invoicesNamed(text: string, numbers: readonly string[]): string[] {
  const sample = text.slice(0, 20_000).normalize("NFKC").toLowerCase();
  const called = new Set(findInvoiceNumbers(text).map((number) => number.normalize("NFKC").toLowerCase()));
  return numbers.filter((number) => {
    const plain = number.normalize("NFKC").toLowerCase();
    return called.has(plain) || (!/^\d{0,8}$/.test(plain) && stands(sample, plain));
  });
}

/** Whether it stands there on its own, not within another word or number. */
function stands(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const around = (text[at - 1] ?? " ") + (text[at + number.length] ?? " ");
    if (!/[\p{L}\d]/u.test(around)) return true;
  }
  return false;
}

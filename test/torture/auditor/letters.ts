import PostalMime from "postal-mime";

const MONEY = /(?:US\$|CN¥|JP¥|GB£|[€$£¥]|\b(?:KWD|EUR|USD|GBP|CNY|JPY)\b)[\s\u00a0]?([\d,]+(?:\.\d+)?)/;

/** What a letter asks for an invoice, minor units, as its reader finds it: the first sum below the invoice's number. */
export async function askedInLetter(
  raw: string,
): Promise<(number: string, currency: string) => number | null> {
  const { text = "" } = await PostalMime.parse(raw);
  const lines = text.split(/\r?\n/);
  return (number, currency) => {
    const start = lines.findIndex(
      (line) => line.startsWith(number) && !/[\d-]/.test(line[number.length] ?? ""),
    );
    if (start < 0) return null;
    for (const line of lines.slice(start + 1)) {
      if (line.trim() === "") return null;
      const digits = MONEY.exec(line)?.[1]?.replaceAll(",", "");
      if (digits !== undefined) return toMinor(digits, currency);
    }
    return null;
  };
}

/** Exact: the decimal point is moved, nothing is calculated. */
export function toMinor(decimal: string, currency: string): number {
  const places = currency === "JPY" ? 0 : currency === "KWD" ? 3 : 2;
  const [whole = "0", rest = ""] = decimal.split(".");
  return Number(whole + rest.padEnd(places, "0").slice(0, places));
}

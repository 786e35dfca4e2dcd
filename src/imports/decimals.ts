// Plain decimals (`-1234.5`) of any currency, exact: counted in units of 10^-8.
const PLACES = 8;
const ONE = 10n ** BigInt(PLACES);

export function addDecimals(decimals: string[]): string {
  return format(decimals.reduce((sum, decimal) => sum + parse(decimal), 0n));
}

/** The product less a share in percent, rounded to cents as a bill rounds its lines. */
export function priceOf(quantity: string, price: string, percentOff: string): string {
  const exact = parse(quantity) * parse(price) * (100n * ONE - parse(percentOff));
  const cent = ONE ** 3n;
  const half = exact < 0n ? -cent / 2n : cent / 2n;
  return format(((exact + half) / cent) * (ONE / 100n));
}

export function isZero(decimal: string): boolean {
  return parse(decimal) === 0n;
}

function parse(decimal: string): bigint {
  const [, sign, whole, places = ""] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(decimal)!;
  const value = BigInt(whole || "0") * ONE + BigInt(places.slice(0, PLACES).padEnd(PLACES, "0"));
  return sign ? -value : value;
}

function format(value: bigint): string {
  const absolute = value < 0n ? -value : value;
  const places = String(absolute % ONE)
    .padStart(PLACES, "0")
    .replace(/0{1,6}$/, "");
  return `${value < 0n ? "-" : ""}${absolute / ONE}.${places}`;
}

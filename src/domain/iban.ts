/** The account number without spaces, in capitals. */
export function compactIban(iban: string): string {
  return iban.replace(/\s/g, "").toUpperCase();
}

/** ISO 13616: with its first four signs at the end and letters as numbers, the remainder of 97 is 1. */
export function hasValidCheckDigits(iban: string): boolean {
  const compact = compactIban(iban);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  const digits = (compact.slice(4) + compact.slice(0, 4)).replace(/[A-Z]/g, (c) =>
    String(c.charCodeAt(0) - 55),
  );
  return BigInt(digits) % 97n === 1n;
}

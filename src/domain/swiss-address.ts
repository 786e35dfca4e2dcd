/** An address as Swiss payment codes have it. */
export type SwissAddress = { street: string; zip: string; city: string };

/**
 * The parts of a free address, "Bahnhofstrasse 1, 8001 Zürich" or in lines; null where they do not show. The Swiss codes carry no
 * other form since November 2025 (SIX Implementation Guidelines QR-bill 2.3).
 */
export function readSwissAddress(address: string): SwissAddress | null {
  const parts = address.split(/[\n,]+/).map((part) => part.trim());
  const at = parts.findLastIndex((part) => /^(?:CH-|LI-|FL-)?\d{4} \S/.test(part));
  if (at < 1) return null;
  const [, zip, city] = /(\d{4}) (.+)$/.exec(parts[at]!)!;
  return { street: parts[at - 1]!, zip: zip!, city: city! };
}

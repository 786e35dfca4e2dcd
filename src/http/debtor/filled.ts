import { inertLines } from "../../email/inert-text.ts";

/** What was filled in, by field; empty texts are left out. */
export type Filled = ReadonlyMap<string, readonly string[]>;

/** Takes the fields whose names fit: as lines without control or direction characters, in one form of Unicode. */
export function readFilled(form: Iterable<[string, unknown]>, fields: RegExp): Filled {
  const filled = new Map<string, string[]>();
  for (const [name, value] of form) {
    if (typeof value !== "string" || !fields.test(name)) continue;
    const text = inertLines(value.normalize("NFC")).join("\n");
    if (text !== "") filled.set(name, [...(filled.get(name) ?? []), text]);
  }
  return filled;
}

export function one(filled: Filled, field: string): string {
  return filled.get(field)?.[0] ?? "";
}

export function all(filled: Filled, field: string): readonly string[] {
  return filled.get(field) ?? [];
}

/** In the order of the names and without empty ones, so that equal contents have one form. */
export function entriesOf(filled: Filled): [string, readonly string[]][] {
  return [...filled].filter(([, texts]) => texts.length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
}

import { AppError } from "../errors.ts";
import { parseCivilDay } from "./civil-date.ts";
import { parseAmount } from "./money.ts";
import type { Instalment } from "./plan.ts";

const LINE = /^(?<currency>[A-Z]{3})\s+(?<amount>\S+)\s+(?<on>\d{4}-\d{2}-\d{2})$/;

/** Reads instalments as a person writes them, one a line: `EUR 1,200.00 2026-03-13`. Throws `invalid` for anything else, with the line. */
export function parseInstalments(text: string): Instalment[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => {
    const { currency = "", amount = "", on = "" } = LINE.exec(line)?.groups ?? {};
    const day = parseCivilDay(on);
    const amountMinor = day === null ? null : parseAmount(amount, currency);
    if (day === null || amountMinor === null)
      throw new AppError("invalid", `write each instalment like “EUR 300.00 2026-03-13”, not “${line}”`);
    return { on: day, amountMinor };
  });
}
